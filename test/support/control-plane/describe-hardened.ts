import { describeUnless } from '../lack';
import { availability } from './availability';
import { binaries } from './binaries';
import { opensslLack } from './certificates';
import { HardenedControlPlane, type HardenedOptions } from './hardened';
import type { Version } from './versions';

/** A `describe` whose tests share a control plane of their own. Where it cannot be had they are skipped, and the name says why. */
export function describeHardened(
  name: string,
  version: Version,
  make: HardenedOptions['make'],
  body: (plane: () => HardenedControlPlane) => void,
): void {
  const state = availability(version);
  // For the whole file, whatever it has set before: no less than any of them asks for.
  jest.setTimeout(300_000);
  describeUnless('skipped' in state ? state : opensslLack(), `${name}, on Kubernetes ${version}`, () => {
    let plane: HardenedControlPlane | undefined;
    beforeAll(async () => {
      const programs = await binaries(version);
      if ('skipped' in programs) throw new Error(programs.skipped);
      plane = await HardenedControlPlane.start({ version, binaries: programs.found, make });
    });
    afterAll(() => plane?.stop());
    body(() => {
      if (!plane) throw new Error('The control plane has not come up.');
      return plane;
    });
  });
}
