import { inUnits } from '../../../core/manifest/in-units';
import { Quantity } from '../../../core/manifest/quantity';

test.each([
  [512, '512Mi'],
  [1_024, '1Gi'],
  [1_536, '1536Mi'],
  [10 * 1_024, '10Gi'],
  [1_024 ** 2, '1Ti'],
  [1_025 * 1_024, '1025Gi'],
])('%d MiB are written as %s, as Kubernetes writes them back', (mebibytes, written) => {
  expect(inUnits(mebibytes)).toBe(written);
  expect(Quantity.parse(`${mebibytes}Mi`).toString()).toBe(written);
});
