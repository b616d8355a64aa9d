/** What grants say is what a real API server allows, and nothing else: thousands of questions, answered by a table written by hand. */
import { Group, LockedNamespace, Probe, SecureDeployment, SecureStatefulSet } from '../../../index';
import { type Answer, accessAmong, answersFor, wrongInAuthorizer, wrongInCluster } from '../../support/access';
import { basics, objectsOf, testApp } from '../../support/app';
import { describeCluster, expectOk, VERSIONS } from '../../support/control-plane';

const read = 'get list watch';
const scale = 'get patch update';
const session = 'create get';
const dbPods = 'db-0 db-1';

/** By subject: verbs, resource, names; without names, every object of the namespace. */
const table: Readonly<Record<string, readonly (readonly [string, string, string?])[]>> = {
  readers: [
    [read, 'deployments.apps', 'web'],
    [read, 'statefulsets.apps', 'db'],
    [read, 'services', 'web db'],
    [read, 'serviceaccounts', 'web db'],
    [read, 'networkpolicies.networking.k8s.io', 'web db'],
    [read, 'poddisruptionbudgets.policy', 'web db'],
    [read, 'pods', dbPods],
  ],
  oncall: [
    [read, 'deployments.apps', 'web'],
    [scale, 'deployments/scale.apps', 'web'],
    [read, 'pods'],
    ['get', 'pods/log'],
    ['delete', 'pods', dbPods],
    ['create', 'pods/eviction', dbPods],
  ],
  keepers: [
    [read, 'pods', dbPods],
    [session, 'pods/exec', dbPods],
    [session, 'pods/portforward', dbPods],
  ],
  leads: [
    [read, 'pods'],
    ['delete', 'pods'],
    ['create', 'pods/eviction'],
    [read, 'deployments.apps'],
    [read, 'statefulsets.apps'],
    [scale, 'deployments/scale.apps'],
    [scale, 'statefulsets/scale.apps'],
  ],
};

for (const version of VERSIONS)
  describeCluster(
    'access grants',
    (cluster) => {
      it('are what they say, and nothing else', async () => {
        const [namespace, other] = [await cluster().namespace('shop'), await cluster().namespace('other')];
        const app = testApp();
        const shop = new LockedNamespace(app, namespace, { owner: 'team-shop' });
        const readiness = Probe.tcp();
        const web = new SecureDeployment(shop, 'web', { ...basics, port: 80, readiness });
        const db = new SecureStatefulSet(shop, 'db', { ...basics, port: 5432, readiness, replicas: 2 });
        const groupOf = (id: string) => new Group(app, id, { name: `oidc:${namespace}-${id}` });
        const [readers, oncall, keepers, leads] = [
          groupOf('readers'),
          groupOf('oncall'),
          groupOf('keepers'),
          groupOf('leads'),
        ];
        readers.canRead(web);
        readers.canRead(db);
        oncall.canScale(web);
        oncall.canReadLogs(web, { everyPod: true });
        oncall.canRestart(db);
        const exception = { reason: 'they keep the database', expires: '2027-01-31' };
        keepers.canExec(db).addException({ rule: 'rbac-exec', ...exception });
        keepers.canPortForward(db).addException({ rule: 'rbac-port-forward', ...exception });
        leads.canRestart(shop);
        leads.canScale(shop);

        const objects = accessAmong(objectsOf(app));
        const answers = Object.entries(table).flatMap(([id, rows]): readonly Answer[] => {
          const asker = { user: 'jane', groups: [`oidc:${namespace}-${id}`, 'system:authenticated'] };
          const places = { namespaces: [namespace, other], names: ['web', 'db', 'db-1', 'db-2', 'api'] };
          return answersFor(asker, places, (verb, resource, place, name) =>
            rows.some(
              ([verbs, of, names]) =>
                place === namespace &&
                of === resource &&
                verbs.split(' ').includes(verb) &&
                (names === undefined || names.split(' ').includes(name)),
            ),
          );
        });
        expect(wrongInAuthorizer(objects, answers)).toEqual([]);

        for (const object of objects) expectOk(await cluster().client.create(object));
        const { wrong, asked, allowed } = await wrongInCluster(cluster().client, answers);
        expect(wrong).toEqual([]);
        expect([answers.length > 80_000, asked > 3_000, allowed > 150]).toEqual([true, true, true]);
      }, 180_000);
    },
    { version },
  );
