/** Subresources that roles may name: all that API servers serve, and those that the kubelet asks about. */
import { apiKinds } from '../../../core/cluster/api-kinds';
import { pluralOf, resourceNamed, subresourcesOf } from '../../../core/rbac';
import { describeCluster, expectOk, VERSIONS } from '../../support/control-plane';

interface List {
  readonly resources: readonly { readonly name: string }[];
}

for (const version of VERSIONS)
  describeCluster(
    'subresources',
    (cluster) => {
      it('are known, all that are served', async () => {
        const get = async (path: string) =>
          (expectOk(await cluster().client.request<List>('GET', path)) as unknown as List).resources;
        const groups = Object.entries(apiKinds).flatMap(([group, kinds]) =>
          [...new Set(Object.values(kinds).flatMap(({ versions }) => Object.keys(versions)))].map((each) => ({
            group,
            path: group === '' ? `/api/${each}` : `/apis/${group}/${each}`,
          })),
        );
        const served = new Map<string, Set<string>>();
        for (const { group, path } of groups) {
          if ((await cluster().client.request('GET', path)).status !== 200) continue;
          for (const { name } of await get(path)) {
            const [resource = '', below] = name.split('/');
            const known = served.get(resource) ?? new Set();
            if (below !== undefined) served.set(resource, known.add(below));
            const named = group === '' ? name : `${resource}.${group}${below === undefined ? '' : `/${below}`}`;
            expect([named, resourceNamed(named)]).toEqual([named, { group, resource: name }]);
          }
        }
        expect(served.size).toBeGreaterThan(15);
        // And no other, but for what is asked of kubelets alone, and what older or newer servers have.
        const others = Object.values(apiKinds)
          .flatMap((kinds) => Object.keys(kinds).map(pluralOf))
          .filter((resource) => resource !== 'nodes')
          .flatMap((resource) =>
            subresourcesOf(resource)
              .filter((below) => below !== 'status' && !served.get(resource)?.has(below))
              .map((below) => `${resource}/${below}`),
          );
        expect(others).toEqual(version === '1.28.15' ? ['pods/resize'] : []);
      });
    },
    { version },
  );
