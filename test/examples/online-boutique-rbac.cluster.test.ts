/** What `bulwark rbac` says of the example is what a real API server says: each person, verb and resource. */
import { Authorizer, askerOf, type Subject } from '../../core/rbac';
import { disagreements } from '../core/rbac/reviews';
import { type ControlPlane, describeCluster, eventually, expectOk, PERSONAS } from '../support/control-plane';
import { deployForAll } from './deploy';

const verbs = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'bind',
  'impersonate',
];

interface ServedResource {
  readonly group: string;
  readonly resource: string;
}

/** Every resource and subresource that the server has. */
async function resourcesOf({ client }: ControlPlane): Promise<readonly ServedResource[]> {
  type Groups = { readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[] };
  type Resources = { readonly resources: readonly { readonly name: string }[] };
  const { groups } = expectOk(await client.request<Groups>('GET', '/apis'));
  const found = await Promise.all(
    ['v1', ...groups.map(({ preferredVersion }) => preferredVersion.groupVersion)].map(async (groupVersion) => {
      const isCore = !groupVersion.includes('/');
      // What another suite has made is listed a moment before it is served.
      const resources = await eventually(`${groupVersion} to be served`, async () => {
        const answer = await client.request<Resources>('GET', `/${isCore ? 'api' : 'apis'}/${groupVersion}`);
        return answer.status === 200 ? answer.body.resources : undefined;
      });
      const group = isCore ? '' : (groupVersion.split('/')[0] ?? '');
      return resources.map(({ name }) => ({ group, resource: name }));
    }),
  );
  return found.flat();
}

describeCluster('the rights in the example', (cluster) => {
  const shop = deployForAll(cluster);

  const people = ['shop-viewers', 'shop-developers', 'shop-operators', 'shop-admins', 'nobody-in-particular'];
  const subjects: readonly ((namespace: string) => Subject)[] = [
    ...people.map((name) => (): Subject => ({ kind: 'Group', name })),
    ...['frontend', 'default'].map(
      (name) =>
        (namespace: string): Subject => ({ kind: 'ServiceAccount', namespace, name }),
    ),
  ];

  it('are of the groups that the test asks about', () => {
    const groups = shop()
      .objects.filter(({ kind }) => kind === 'RoleBinding')
      .flatMap(({ subjects: own }) => own as Subject[]);
    expect(people).toEqual(
      expect.arrayContaining([...new Set(groups.filter(({ kind }) => kind === 'Group').map(({ name }) => name))]),
    );
    expect(Object.values(PERSONAS).flat()).toEqual(expect.arrayContaining(people.slice(0, 4)));
  });

  it.each(subjects.map((of) => [of('shop').name, of] as const))(
    'of %s are those that the API server grants',
    async (_, of) => {
      const authorizer = new Authorizer(shop().objects);
      const asker = askerOf(of(shop().namespace));
      const resources = await resourcesOf(cluster());
      const places = [{ namespace: shop().namespace }, { namespace: 'default' }, {}];
      const requests = places.flatMap((place) =>
        resources.flatMap((each) => verbs.map((verb) => ({ verb, ...each, ...place }))),
      );
      expect(requests.length).toBeGreaterThan(1_000);
      const answers = requests.map(
        (request) => [asker, request, authorizer.decide(asker, request) !== undefined] as const,
      );
      let left: readonly (readonly [typeof asker, (typeof requests)[number], boolean])[] = answers;
      await eventually(
        'the same answers',
        async () => {
          left = await disagreements(cluster().client, left);
          return left.length === 0 || undefined;
        },
        // Asking all of them once takes its time.
        80_000,
      ).catch(() => undefined);
      expect(left.map(([, request, own]) => ({ request, own }))).toEqual([]);
    },
    240_000,
  );
});
