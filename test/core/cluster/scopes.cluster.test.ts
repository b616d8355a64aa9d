import { apiKinds } from '../../../core/cluster/api-kinds';
import { isClusterScoped } from '../../../core/cluster/scopes';
import { ClusterTarget } from '../../../core/cluster/target';
import { type ControlPlane, describeCluster, expectOk, VERSIONS } from '../../support/control-plane';

interface ServedKind {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** What the server serves by itself: what CustomResourceDefinitions of other tests have brought is left out. */
async function servedKinds({ client }: ControlPlane): Promise<readonly ServedKind[]> {
  const before = await customGroups({ client });
  const { groups } = expectOk(
    await client.request<{ groups: { name: string; versions: { groupVersion: string }[] }[] }>('GET', '/apis'),
  );
  // Other tests bring definitions, and take theirs away, meanwhile.
  const custom = new Set([...before, ...(await customGroups({ client }))]);
  const builtIn = groups.filter(({ name }) => !custom.has(name));
  const versions = builtIn.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
  const kinds = await Promise.all(['v1', ...versions].map((apiVersion) => kindsOf({ client }, apiVersion)));
  return kinds.flat();
}

async function customGroups({ client }: Pick<ControlPlane, 'client'>): Promise<readonly string[]> {
  const { items } = expectOk(
    await client.list<{ spec: { group: string } }>({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
    }),
  );
  return items.map(({ spec }) => spec.group);
}

async function kindsOf({ client }: Pick<ControlPlane, 'client'>, apiVersion: string): Promise<readonly ServedKind[]> {
  const path = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const { resources } = expectOk(
    await client.request<{ resources: { name: string; kind: string; namespaced: boolean }[] }>('GET', path),
  );
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ kind, namespaced }) => ({ apiVersion, group, kind, namespaced }));
}

describe.each(VERSIONS)('the table of kinds', (server) => {
  describeCluster(
    'the table of kinds',
    (cluster) => {
      it('knows the scope of every kind that the server has', async () => {
        const kinds = await servedKinds(cluster());
        expect(kinds.length).toBeGreaterThan(50);
        const wrong = kinds.filter(
          ({ group, kind, namespaced }) =>
            !Object.hasOwn(apiKinds[group] ?? {}, kind) || isClusterScoped(group, kind) === namespaced,
        );
        expect(wrong).toEqual([]);
      });

      it('says that the server serves just what it does serve', async () => {
        const target = ClusterTarget.of(server);
        const served = (await servedKinds(cluster())).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
        const claimed = Object.entries(apiKinds).flatMap(([group, kinds]) =>
          Object.entries(kinds).flatMap(([kind, { versions }]) =>
            Object.keys(versions)
              .map((version) => (group === '' ? version : `${group}/${version}`))
              .filter((apiVersion) => target.serves(apiVersion, kind).supported)
              .map((apiVersion) => `${apiVersion} ${kind}`),
          ),
        );
        expect(claimed.sort()).toEqual([...new Set(served)].sort());
      });
    },
    { version: server },
  );
});
