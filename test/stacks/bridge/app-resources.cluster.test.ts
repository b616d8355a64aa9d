/** What an app registers, on real API servers: created in the order of its waits alone, updated strictly, twice. */
import { randomBytes } from 'node:crypto';
import { isStanding } from '../../../core/cluster/standing';
import { identityOf } from '../../../core/manifest';
import { AppResources } from '../../../stacks/bridge';
import type { Registration } from '../../../stacks/render/collect';
import { boutique } from '../../examples/boutique';
import { settle, TARGETS } from '../../examples/deploy';
import { describeCluster, expectOk, VERSIONS } from '../../support/control-plane';
import { create, inOrderOfWaits, update, updateStrictly, warningsIn } from '../../support/pulumi/provider-like';
import { objectsIn, run } from '../../support/pulumi/registered';
import { stateOf } from '../../support/state-of';

describe.each(VERSIONS)('%s', (version) => {
  describeCluster(
    'the online boutique as Pulumi resources',
    (cluster) => {
      const namespace = `pulumi-${randomBytes(4).toString('hex')}`;
      let found: readonly Registration[];
      beforeAll(async () => {
        const { app } = boutique({ target: TARGETS[version], namespace });
        found = await run(() => new AppResources('boutique', { app }), { preview: false });
        await create(cluster(), found);
      }, 120_000);
      afterAll(() => cluster().client.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));

      it('is taken in the order of its waits, which is not the one of its declaration', () => {
        const names = (each: readonly Registration[]) => objectsIn(each).map(({ kind }) => kind);
        expect(names(inOrderOfWaits(found))).not.toEqual(names(found));
        expect(objectsIn(found).length).toBeGreaterThan(60);
      });

      it('loses no field, and is updated strictly without a warning', async () => {
        expect(warningsIn(await updateStrictly(cluster(), found))).toEqual([]);
      });

      it('is the same when it is updated again', async () => {
        await settle(cluster(), { namespace, objects: objectsIn(found), answers: [] });
        const states = async () =>
          [...(await update(cluster(), found)).values()].map((answer) => stateOf(expectOk(answer)));
        const before = await states();
        expect(await states()).toEqual(before);
      }, 120_000);

      it('makes nothing that a namespace has by itself', async () => {
        if (!cluster().controllers) return;
        const fresh = await cluster().namespace('pulumi-fresh');
        const kinds = ['ServiceAccount', 'ConfigMap', 'Secret', 'Service', 'LimitRange', 'ResourceQuota'];
        const made = await Promise.all(
          kinds.map(async (kind) => {
            const list = await cluster().client.list({ apiVersion: 'v1', kind, namespace: fresh });
            return expectOk(list).items.map((object) => ({ ...object, apiVersion: 'v1', kind }));
          }),
        );
        expect(made.flat().filter((object) => !isStanding(identityOf(object)))).toEqual([]);
      });

      it('knows what every cluster has by itself', async () => {
        const groups = [
          ['v1', 'Namespace', ''],
          ['rbac.authorization.k8s.io/v1', 'ClusterRole', ''],
          ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', ''],
          ['rbac.authorization.k8s.io/v1', 'Role', 'kube-system'],
          ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'kube-system'],
          ['scheduling.k8s.io/v1', 'PriorityClass', ''],
        ] as const;
        for (const [apiVersion, kind, namespaceOf] of groups) {
          const options = { apiVersion, kind, ...(namespaceOf !== '' && { namespace: namespaceOf }) };
          const { items } = expectOk(await cluster().client.list(options));
          // What other suites have made is theirs; what was there first is named as Kubernetes names its own.
          const own = items.filter(
            ({ metadata: { name, labels } }) =>
              /^(system:|kube-)/.test(name) || labels?.['kubernetes.io/bootstrapping'],
          );
          const unknown = own.filter((object) => !isStanding(identityOf({ ...object, apiVersion, kind })));
          expect(unknown.map(({ metadata: { name } }) => `${kind} ${name}`)).toEqual([]);
        }
      });
    },
    { version },
  );
});
