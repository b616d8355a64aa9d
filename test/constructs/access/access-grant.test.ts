import { Chart } from 'cdk8s';
import {
  type BulwarkApp,
  ExistingNamespace,
  Group,
  Probe,
  personaRules,
  SecureCronJob,
  SecureDaemonSet,
  SecureDeployment,
  SecureStatefulSet,
  User,
} from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp, testNamespace } from '../../support/app';
import { workloadKinds } from '../../support/workload-kinds';

const readiness = Probe.tcp();
const until = '2027-01-31';
const reason = 'the team debugs its own database';
const read = ['get', 'list', 'watch'];

function shopOf() {
  const { app, shop } = testNamespace();
  const people = new Group(app, 'oncall', { name: 'oidc:shop-oncall' });
  const web = new SecureDeployment(shop, 'web', { ...basics, port: 8080, readiness });
  const db = new SecureStatefulSet(shop, 'db', { ...basics, port: 5432, readiness, replicas: 3 });
  return { app, shop, people, web, db };
}

const rulesOf = (app: BulwarkApp, name: string) => objectOf(app, 'Role', name).rules;
const names = (app: BulwarkApp) =>
  objectsOf(app)
    .filter(({ kind }) => kind.startsWith('Role'))
    .map(({ kind, metadata }) => `${kind} ${metadata?.namespace}/${metadata?.name}`)
    .sort();

describe('what somebody may', () => {
  it('is a Role for each verb in each namespace, bound to them alone', () => {
    const { app, people, web } = shopOf();
    people.canScale(web);
    people.canRead(web);
    people.canRead(new ExistingNamespace(app, 'data'));
    expect(names(app)).toEqual([
      'Role data/oncall-read',
      'Role shop/oncall-read',
      'Role shop/oncall-scale',
      'RoleBinding data/oncall-read',
      'RoleBinding shop/oncall-read',
      'RoleBinding shop/oncall-scale',
    ]);
    expect(objectOf(app, 'RoleBinding', 'oncall-scale')).toMatchObject({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'oncall-scale' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'oidc:shop-oncall' }],
    });
    expect(findingsOf(app)).toEqual([]);
  });

  it('may be for one person', () => {
    const { app, db } = shopOf();
    new User(app, 'jane', { name: 'oidc:jane@acme.example' }).canScale(db);
    expect(objectOf(app, 'RoleBinding', 'jane-scale').subjects).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'oidc:jane@acme.example' },
    ]);
  });

  it('is nothing unless granted', () => {
    const { app } = shopOf();
    expect(names(app)).toEqual([]);
  });
});

describe('on a workload', () => {
  it('canRead is for its objects by name, those that are added later included', () => {
    const { app, shop, people } = shopOf();
    const api = new SecureDeployment(shop, 'api', {
      ...basics,
      port: 80,
      readiness,
      autoscale: { max: 4, cpuPercent: 50 },
    });
    people.canRead(api);
    api.grantApiAccess({ resources: ['pods'], verbs: ['list'] });
    const rule = (group: string, resource: string) => ({
      apiGroups: [group],
      resources: [resource],
      verbs: read,
      resourceNames: ['api'],
    });
    expect(rulesOf(app, 'oncall-read')).toEqual(
      expect.arrayContaining([
        rule('apps', 'deployments'),
        rule('', 'services'),
        rule('', 'serviceaccounts'),
        rule('networking.k8s.io', 'networkpolicies'),
        rule('policy', 'poddisruptionbudgets'),
        rule('autoscaling', 'horizontalpodautoscalers'),
        rule('rbac.authorization.k8s.io', 'roles'),
        rule('rbac.authorization.k8s.io', 'rolebindings'),
      ]),
    );
    expect((rulesOf(app, 'oncall-read') as readonly object[]).length).toBe(8);
  });

  it('canRead takes in pods that have names, and others where it is said', () => {
    const { app, people, web, db } = shopOf();
    people.canRead(db);
    expect(rulesOf(app, 'oncall-read')).toContainEqual({
      apiGroups: [''],
      resources: ['pods'],
      verbs: read,
      resourceNames: ['db-0', 'db-1', 'db-2'],
    });
    new Group(app, 'devs', { name: 'oidc:devs' }).canRead(web, { everyPod: true });
    expect(rulesOf(app, 'devs-read')).toContainEqual({ apiGroups: [''], resources: ['pods'], verbs: read });
  });

  it('several of one verb are one Role, with the names of all', () => {
    const { app, people, web, db } = shopOf();
    people.canScale(web);
    people.canScale(db);
    const scale = ['get', 'patch', 'update'];
    expect(rulesOf(app, 'oncall-scale')).toEqual([
      { apiGroups: ['apps'], resources: ['deployments'], verbs: read, resourceNames: ['web'] },
      { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: scale, resourceNames: ['web'] },
      { apiGroups: ['apps'], resources: ['statefulsets'], verbs: read, resourceNames: ['db'] },
      { apiGroups: ['apps'], resources: ['statefulsets/scale'], verbs: scale, resourceNames: ['db'] },
    ]);
  });

  it('pods of a StatefulSet are as many as it may come to have, counted from its first', () => {
    const { app, shop, people } = shopOf();
    const queue = new SecureStatefulSet(shop, 'queue', { ...basics, autoscale: { min: 2, max: 3, cpuPercent: 50 } });
    queue.patch('StatefulSet', { spec: { ordinals: { start: 5 } } });
    people.canReadLogs(queue);
    expect(rulesOf(app, 'oncall-read-logs')).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: read, resourceNames: ['queue-5', 'queue-6', 'queue-7'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'], resourceNames: ['queue-5', 'queue-6', 'queue-7'] },
    ]);
  });

  it('pods that have names of chance are granted by no name: it has to be said', () => {
    const { app, shop, people, web } = shopOf();
    const daemon = new SecureDaemonSet(shop, 'daemon', basics);
    people.canReadLogs(web);
    people.canRestart(daemon);
    expect(errorsOf(app).map(({ rule, construct, property, value }) => [rule, construct, property, value])).toEqual([
      ['prop-valid', 'shop/access-Group-oncall-read-logs', 'canReadLogs', 'shop/web'],
      ['prop-valid', 'shop/access-Group-oncall-restart', 'canRestart', 'shop/daemon'],
    ]);
    expect(errorsOf(app)[0]?.message).toBe(
      'RBAC grants pods by name alone, and those of a Deployment get a new name each time: it cannot tell them from the other pods of the namespace',
    );
    expect(errorsOf(app)[0]?.remedy).toContain('canReadLogs(…, { everyPod: true }) or canReadLogs(namespace)');
  });

  it('everyPod is every pod', () => {
    const { app, people, web } = shopOf();
    people.canRestart(web, { everyPod: true });
    expect(rulesOf(app, 'oncall-restart')).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: read },
      { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
      { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
    ]);
    expect(errorsOf(app)).toEqual([]);
  });

  it('a StatefulSet without pods grants none: an empty list of names would be every pod', () => {
    const { app, shop, people } = shopOf();
    const none = new SecureStatefulSet(shop, 'none', { ...basics, replicas: 0 });
    people.canRead(none);
    expect(JSON.stringify(rulesOf(app, 'oncall-read'))).not.toContain('pods"');
    people.canReadLogs(none);
    expect(errorsOf(app)).toMatchObject([{ property: 'canReadLogs', message: 'it has no pods: its replicas are 0' }]);
  });

  it.each(workloadKinds.map((row) => [row.kind, row] as const))('a %s is scaled where it can be', (kind, { make }) => {
    const { app, shop, people } = shopOf();
    people.canScale(make(shop, 'api') as never);
    expect(errorsOf(app).map(({ message }) => message)).toEqual(
      kind === 'Deployment' || kind === 'StatefulSet' ? [] : [`a ${kind} has no number of replicas`],
    );
  });

  it('a Job is not restarted', () => {
    const { app, shop, people } = shopOf();
    people.canRestart(new SecureCronJob(shop, 'report', { ...basics, schedule: '@daily' }), { everyPod: true });
    expect(errorsOf(app)).toMatchObject([{ rule: 'prop-valid', property: 'canRestart' }]);
  });
});

describe('on a namespace', () => {
  it('canRead is what a viewer has, so that no Secret is in it', () => {
    const { app, shop, people } = shopOf();
    people.canRead(shop);
    expect(rulesOf(app, 'oncall-read')).toEqual(personaRules.viewer);
  });

  it('has every verb, exactly so', () => {
    const { app, shop, people } = shopOf();
    people.canReadLogs(shop);
    people.canRestart(shop);
    people.canScale(shop);
    people.canPortForward(shop).addException({ rule: 'rbac-port-forward', reason, expires: until });
    people.canExec(shop).addException({ rule: 'rbac-exec', reason, expires: until });
    expect(
      ['read-logs', 'restart', 'scale', 'port-forward', 'exec'].map((verb) => [verb, rulesOf(app, `oncall-${verb}`)]),
    ).toMatchSnapshot();
  });
});

describe('what needs an exception', () => {
  it.each([
    ['canExec', 'rbac-exec', 'exec'],
    ['canPortForward', 'rbac-port-forward', 'port-forward'],
  ] as const)('%s is refused without one to %s, which is for this verb alone', (method, rule, verb) => {
    const { app, people, db } = shopOf();
    const grant = people[method](db);
    expect(errorsOf(app).map((finding) => [finding.rule, finding.construct])).toEqual([
      [rule, `shop/access-Group-oncall-${verb}`],
    ]);
    grant.addException({ rule, reason, expires: until });
    expect(errorsOf(app)).toEqual([]);
    const other = people[method === 'canExec' ? 'canPortForward' : 'canExec'](db);
    expect(errorsOf(app).map(({ construct }) => construct)).toEqual([other.node.path]);
  });

  it.each([
    ['system:masters', 'rbac-masters'],
    ['system:authenticated', 'rbac-broad-subject'],
    ['system:unauthenticated', 'rbac-anonymous'],
  ])('the group %s is refused by %s', (name, rule) => {
    const { app, web } = shopOf();
    new Group(app, 'them', { name }).canScale(web);
    expect(errorsOf(app).map((finding) => finding.rule)).toContain(rule);
  });
});

describe('subjects and things that are none', () => {
  it.each([
    ['', 'prop-valid'],
    [' devs', 'prop-valid'],
    ['oidc:de\u200bvs', 'prop-valid'],
    ['oidc:\u202esved', 'prop-valid'],
    ['de\nvs', 'prop-valid'],
    [7, 'prop-valid'],
    ['system:serviceaccount:shop:job', 'prop-valid'],
    ['system:serviceaccounts', 'prop-valid'],
    ['system:nodes', 'prop-valid'],
    ['system:node:worker-1', 'prop-valid'],
    ['system:kube-scheduler', 'prop-valid'],
    ['system:bootstrappers:kubeadm', 'prop-valid'],
    ['system:serviceaccounts:shop', 'prop-valid'],
    ['system:monitoring', 'prop-valid'],
    ['system:apiserver', 'prop-valid'],
    ['system:aggregator', 'prop-valid'],
    ['*', 'prop-valid'],
  ])('the name %j is refused', (name, rule) => {
    const { app } = shopOf();
    new User(app, 'them', { name: name as string });
    expect(errorsOf(app)).toMatchObject([{ rule, construct: 'them', property: 'name' }]);
  });

  it('an id that no Role is called by, and an option that there is not, are faults', () => {
    const { app, web } = shopOf();
    new Group(app, 'On Call', { name: 'x' });
    new Group(app, 'devs', { name: 'x' }).canRead(web, { everyPods: true } as never);
    expect(errorsOf(app).map(({ rule, construct, remedy }) => [rule, construct, remedy])).toEqual([
      ['name-valid', 'On Call', "write it in lower case letters, digits and '-'"],
      ['prop-valid', 'devs', 'did you mean everyPod?'],
    ]);
  });

  it.each([undefined, 'shop/web', {}])('%j is no thing', (thing) => {
    const { people } = shopOf();
    expect(() => people.canRead(thing as never)).toThrow(
      /^oncall: canRead\(.*\): it is neither a workload nor a namespace/,
    );
  });

  it('two with one id say so', () => {
    const { app, web } = shopOf();
    const other = new Chart(app, 'other');
    new Group(app, 'devs', { name: 'a' }).canRead(web);
    const again = new Group(other, 'devs', { name: 'b' });
    expect(() => again.canRead(web)).toThrow(/already a Construct with name 'access-Group-devs-read'/);
  });

  it('Secrets of a workload are in nobody’s reach', () => {
    const { app, shop, people, web } = shopOf();
    people.canRead(web, { everyPod: true });
    people.canRead(shop);
    expect(JSON.stringify(rulesOf(app, 'oncall-read'))).not.toMatch(/secrets|\*/);
  });

  it('is nothing in an app without people', () => {
    expect(objectsOf(testApp())).toEqual([]);
  });
});
