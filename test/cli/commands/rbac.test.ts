import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../core/manifest/object';
import { bind, role } from '../../core/rbac/objects';
import { runCliIn } from '../../support/run-cli';

let cwd: string;
const put = (path: string, ...objects: readonly KubernetesObject[]) =>
  writeFileSync(join(cwd, path), objects.map((object) => `${JSON.stringify(object, undefined, 1)}\n`).join('---\n'));
const rbac = (...args: readonly string[]) => runCliIn({ cwd }, 'rbac', ...args);

const shop = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
};
const strong = bind('strong', 'cluster-admin', 'ServiceAccount shop/strong');
const devs = (...rules: readonly string[]) => [
  role('shop/dev', ...rules),
  bind('shop/devs', 'shop/dev', 'Group devs', 'ServiceAccount shop/devs'),
];

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'rbac-'));
  for (const folder of ['old', 'new', 'named', 'bad']) mkdirSync(join(cwd, folder));
  put('old/all.yaml', shop, strong, ...devs('get :pods', 'get :secrets =db'));
  put('named/all.yaml', shop, strong, ...devs('patch apps:deployments =web'));
  put('new/all.yaml', shop, strong, ...devs('get,create :pods'));
  put(
    'bad/all.yaml',
    { ...role('shop/none', 'get :pods'), rules: [{ verbs: ['get'], resources: ['pods'] }] },
    ...devs('gte :pods'),
  );
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe('bulwark rbac', () => {
  it('shows who may do what', () => {
    expect(rbac('old')).toEqual({
      code: 0,
      stderr: '',
      stdout: `Group devs
  NAMESPACE  RESOURCE  VERBS  NAMES  BY
  shop       pods      get    -      Role shop/dev
  shop       secrets   get    db     Role shop/dev

ServiceAccount shop/devs
  NAMESPACE  RESOURCE  VERBS  NAMES  BY
  shop       pods      get    -      Role shop/dev
  shop       secrets   get    db     Role shop/dev

ServiceAccount shop/strong
  NAMESPACE  RESOURCE  VERBS  BY
  *          *.*       *      ClusterRole cluster-admin
  -          *         *      ClusterRole cluster-admin

3 subjects; 6 rights
`,
    });
    expect(rbac('--subject', 'Group devs', '--in', 'bank', 'old').stdout).toBe('0 subjects; 0 rights\n');
    expect(rbac('--standing', 'old').stdout).toContain('User system:kube-scheduler\n');
  });

  it('finds who may do one thing, in whatever order it is asked', () => {
    const { code, stdout } = rbac('old', '--who-can', 'get', 'secrets', '--in', 'shop');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^get secrets in shop\n {2}SUBJECT +NAMESPACE +NAMES +BY\n {2}Group devs +shop +db +rules\[1\] of Role shop\/dev \(old\/all\.yaml:\d+:\d+\), bound by RoleBinding/,
    );
    expect(rbac('--who-can', 'impersonate users', '--in', 'shop', 'new').stdout).toMatch(
      /ServiceAccount shop\/strong +\* /,
    );
    expect(rbac('--who-can', 'get', '/metrics', 'old').stdout).toContain('ServiceAccount shop/strong');
    put('none.yaml', shop);
    expect(rbac('--who-can', 'get', 'widgets.example.com', 'none.yaml')).toMatchObject({
      code: 0,
      stdout: 'get widgets.example.com: nobody\n',
    });
  });

  it('explains whether one may', () => {
    const ask = (...args: readonly string[]) =>
      rbac('--subject', 'Group devs', '--who-can', ...args, '--in', 'shop', 'old');
    expect(ask('get', 'pods').stdout).toMatch(
      /^Group devs: get pods in shop: allowed\n {2}rules\[0\] of Role shop\/dev/,
    );
    expect(ask('get', 'secrets', '--name', 'db')).toMatchObject({ code: 0 });
    expect(ask('get', 'secrets')).toMatchObject({
      code: 1,
      stdout: 'Group devs: get secrets in shop: denied\n  no rule allows it\n',
    });
    const masters = rbac('--subject', 'Group:system:masters', '--who-can', 'get', 'secrets', 'old');
    expect(masters.stdout).toContain('passes every check');
  });

  it('shows who comes to more, step by step', () => {
    const { code, stdout } = rbac('--escalations', 'new');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^ServiceAccount shop\/strong is cluster-admin, by rules\[0\] of ClusterRole cluster-admin, bound by ClusterRoleBinding strong \(new\/all/,
    );
    expect(stdout).toMatch(
      /\nGroup devs comes to cluster-admin\n {2}1\. runs a pod as ServiceAccount shop\/strong\n {5}by rules\[0\] of Role shop\/dev \(new\/all\.yaml:\d+:\d+\)/,
    );
    expect(stdout).toMatch(/\n3 subjects; 3 with more than they were given\n$/);
    expect(rbac('--escalations', '--subject', 'Group devs', 'old')).toMatchObject({
      code: 0,
      stdout: '1 subject; 0 with more than they were given\n',
    });
    expect(rbac('--escalations', '-f', 'mermaid', '--subject', 'Group devs', 'new').stdout).toBe(`flowchart LR
  n0["Group devs"]
  n1["ServiceAccount shop/strong"]
  n2["cluster-admin"]
  n0 -->|"runs a pod as ServiceAccount shop/strong"| n1
  n1 -->|"it has every right"| n2
`);
  });

  it('says for which object somebody comes to more', () => {
    expect(rbac('--escalations', 'named').stdout).toMatch(
      /rules\[0\] of Role shop\/dev \(named\/all.yaml:\d+:\d+\) for web, bound by RoleBinding shop\/devs/,
    );
    const { escalations } = JSON.parse(rbac('--escalations', '-f', 'json', 'named').stdout);
    expect(escalations[1].steps[0].by[0]).toMatchObject({ rule: 'rules[0]', name: 'web' });
  });

  it('shows what a change grants and takes away', () => {
    const { code, stdout } = rbac('--diff', 'old', 'new');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^gains\n {2}SUBJECT .*\n {2}Group devs +shop +pods +create\n/);
    expect(stdout).toMatch(/\nloses\n {2}SUBJECT .*\n {2}Group devs +shop +secrets +get +db\n/);
    expect(stdout).toMatch(/Group devs comes to cluster-admin\n/);
    expect(stdout).toMatch(/gains: 2 rights; loses: 2; 2 escalations more\n$/);
    expect(rbac('--diff', 'old', 'old')).toMatchObject({ code: 0, stdout: 'everybody may do the same\n' });
    expect(rbac('--diff', '-f', 'mermaid', 'old', 'new').stdout).toContain('-.->|"- get"|');
  });

  it('gives all of it as data', () => {
    const json = (...args: readonly string[]) => JSON.parse(rbac('-f', 'json', ...args).stdout);
    expect(json('old').rights).toContainEqual({
      subject: 'Group devs',
      namespace: 'shop',
      resource: 'secrets',
      names: ['db'],
      verbs: ['get'],
      by: [expect.objectContaining({ role: 'Role shop/dev', rule: 'rules[1]', binding: 'RoleBinding shop/devs' })],
    });
    expect(json('--escalations', 'new').escalations[1]).toMatchObject({
      to: 'cluster-admin',
      steps: [{ how: 'runs a pod as ServiceAccount shop/strong' }, {}],
    });
    expect(json('--who-can', 'get', 'pods', 'old').whoCan).toHaveLength(3);
    expect(json('--diff', 'old', 'new').changes).toContainEqual({
      subject: 'Group devs',
      way: 'gains',
      namespace: 'shop',
      target: 'pods',
      names: [],
      verbs: ['create'],
    });
    expect(json('--subject', 'Group devs', '--who-can', 'get', 'pods', 'old')).toMatchObject({
      verdict: 'denied',
      by: [],
    });
  });

  it('leaves out what the API server refuses, and notes what grants nothing, with their places', () => {
    const { code, stdout, stderr } = rbac('bad');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /bulwark: bad\/all\.yaml:\d+:\d+: rules\[0\]\.apiGroups: the rule names no API group: .*; the object is left out/,
    );
    expect(stderr).toMatch(
      /note: bad\/all\.yaml:\d+:\d+: Role\S* shop\/dev: Kubernetes asks for no verb 'gte': it grants nothing; did you mean get\?/,
    );
    expect(stdout).not.toContain('none');
    expect(rbac('-q', 'bad').stderr).not.toContain('note:');
  });

  it.each([
    [['--diff', 'old'], '--diff takes two paths'],
    [['--diff', '--escalations', 'old', 'new'], 'leave --escalations out'],
    [['--diff', '--in', 'shop', 'old', 'new'], '--in does not go with --diff'],
    [['--name', 'db', 'old'], '--who-can'],
    [['--who-can', 'get', 'podz', 'old'], "write 'pods'"],
    [['--who-can', 'get secrets now', 'old'], 'takes a verb and a resource'],
    [['--subject', 'Group dev', 'old', '--in'], '--in'],
    [['--subject', 'dves', 'old'], 'did you mean'],
    [['--subject', 'devs', 'old'], 'may be Group devs, ServiceAccount shop/devs'],
  ])('refuses %j', (args, message) => {
    const { code, stdout, stderr } = rbac(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
