/** Annotations are refused as a real API server refuses them. */
import * as fc from 'fast-check';
import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { checkValidity } from '../../../core/policy';
import { describeCluster } from '../../support/control-plane';
import { concurrently } from '../../support/pod-security';

const seed = 20_261_122;
const part = fc.string({
  unit: fc.constantFrom('a', 'b', 'Z', '9', '-', '_', '.', ' ', 'ä'),
  minLength: 0,
  maxLength: 4,
});
const key = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
  fc.constantFrom(
    'a'.repeat(63),
    'a'.repeat(64),
    `${'a.'.repeat(126)}a/b`,
    `${'a.'.repeat(127)}a/b`,
    'Example.COM/Owner',
  ),
);
const value = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 5 }) },
  { arbitrary: fc.jsonValue({ maxDepth: 1 }), weight: 1 },
);
const annotations = fc.dictionary(key, value, { minKeys: 1, maxKeys: 2 });
const large = (bytes: number) => ({ a: 'x'.repeat(bytes - 1) });

describeCluster('annotations', (cluster) => {
  it('are judged as the API server judges them, on objects and on templates', async () => {
    const namespace = await cluster().namespace('annotated');
    const cases = [...fc.sample(annotations, { seed, numRuns: 400 }), large(262_144), large(262_145)];
    const objects = cases.flatMap((given): readonly KubernetesObject[] => {
      const metadata = { name: 'a', namespace, annotations: given as never };
      const labels = { app: 'a' };
      const containers = [{ name: 'a', image: 'registry.example/a:1' }];
      const template = { metadata: { labels, annotations: given }, spec: { containers } };
      return [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata },
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'a', namespace },
          spec: { selector: { matchLabels: labels }, template },
        } as KubernetesObject,
      ];
    });
    const answers = await concurrently(objects, async (object) => {
      const { status, message } = await cluster().client.create(object, { dryRun: true });
      const ours = checkValidity(object, ClusterTarget.of('1.36')).filter(({ rule }) => rule === 'annotation-valid');
      return { object, isRefused: status !== 201, message, ours };
    });
    expect(answers.filter(({ isRefused, ours }) => isRefused !== ours.length > 0)).toEqual([]);
    const refused = answers.filter(({ isRefused }) => isRefused).length;
    expect(refused).toBeGreaterThan(objects.length / 10);
    expect(refused).toBeLessThan((objects.length * 9) / 10);
  });
});
