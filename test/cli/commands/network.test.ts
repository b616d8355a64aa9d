import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCliIn } from '../../support/run-cli';

const deployment = (name: string, namespace: string | undefined, ports: string, host = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ''}}
spec:
  template:
    metadata: {labels: {app: ${name}}}
    spec: {${host}containers: [{name: ${name}, image: a, ports: [${ports}]}]}
`;
const policy = (name: string, namespace: string | undefined, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ''}}
spec: ${spec}
`;
const workloads = (namespace?: string) =>
  deployment('web', namespace, '{containerPort: 8080}') +
  deployment('api', namespace, '{name: http, containerPort: 9000}') +
  deployment('db', namespace, '{name: sql, containerPort: 5432}');
const api = (port: string, namespace?: string) =>
  policy(
    'api',
    namespace,
    `{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: ${port}}]}]}`,
  );
const db = (namespace?: string) =>
  policy(
    'db',
    namespace,
    '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/9}}]}], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}], policyTypes: [Ingress, Egress]}',
  );

let cwd: string;
const put = (path: string, text: string) => writeFileSync(join(cwd, path), text);

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'network-'));
  for (const folder of ['old', 'new', 'plain', 'host']) mkdirSync(join(cwd, folder));
  put('old/all.yaml', workloads('shop') + api('http', 'shop') + db('shop'));
  put('new/all.yaml', workloads('shop') + api('9001', 'shop') + db('shop') + deployment('job', 'shop', ''));
  put('plain/all.yaml', workloads() + api('http') + db());
  put(
    'host/all.yaml',
    deployment('agent', 'shop', '', 'hostNetwork: true, ') + workloads('shop') + api('http', 'shop'),
  );
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const network = (...args: readonly string[]) => runCliIn({ cwd }, 'network', ...args);

describe('bulwark network', () => {
  it('shows who reaches whom, and what is not certain', () => {
    const { code, stdout, stderr } = network('old');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`shop/web
  FROM       PORTS       PERHAPS
  shop/web   every port
  shop/api   every port
  shop/db    -           every port
  0.0.0.0/0  every port

shop/api
  FROM      PORTS
  shop/web  TCP 9000

shop/db
  FROM        PORTS       PERHAPS
  shop/web    -           every port
  shop/api    -           every port
  shop/db     -           every port
  10.0.0.0/9  every port

0.0.0.0/0
  FROM      PORTS
  shop/web  every port
  shop/api  every port

0.0.0.0/0 except 10.0.0.0/8
  FROM     PORTS
  shop/db  every port

3 workloads; 7 of 9 pairs open, of which 4 not for certain
`);
  });

  it('shows what blocks of IPv6 open, which no cluster has to have', () => {
    const open = (cidr: string) =>
      policy(
        'six',
        'shop',
        `{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: "${cidr}"}}]}]}`,
      );
    put('six.yaml', deployment('db', 'shop', '') + open('2001:db8::/32'));
    put('wide.yaml', deployment('db', 'shop', '') + open('::/0'));
    const { stdout, stderr } = network('six.yaml');
    expect(stdout).toContain('  2001:db8::/32  -      every port\n');
    expect(stderr).toContain('whether pods have IPv6 addresses is not known');
    expect(network('--diff', 'six.yaml', 'wide.yaml').stdout).toContain(
      '::/0 except 2001:db8::/32  shop/db  every port',
    );
    const asked = network('--from', '2001:db8::1', '--to', 'db', 'six.yaml');
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain('not certain');
    expect(asked.stdout).toContain('This is by IPv6: whether pods have addresses of it is not known.');
    expect(network('--pod-cidr', '10.0.0.0/8', 'six.yaml').stderr).toBe('');
    expect(network('--pod-cidr', '10.0.0.0/8', '--pod-cidr', 'fd00::/8', 'six.yaml').stdout).toContain(
      '  2001:db8::/32  every port\n',
    );
    expect(network('old').stderr).toBe('');
  });

  it('shows what one reaches, and who reaches it', () => {
    expect(network('--to', 'api', 'old').stdout).toBe('shop/api\n  FROM      PORTS\n  shop/web  TCP 9000\n\n');
    const { stdout } = network('--from', 'shop/db', 'old');
    expect(stdout).toMatch(
      /^shop\/web\n {2}FROM .*\n {2}shop\/db +- +every port\n\nshop\/db\n {2}FROM .*\n {2}shop\/db +- +every port\n\n0\.0\.0\.0\/0 except 10\.0\.0\.0\/8\n/,
    );
    expect(network('--to', '192.0.2.1', 'old').stdout.match(/shop\/\w+/g)).toEqual(['shop/web', 'shop/api', 'shop/db']);
  });

  it('judges two pods of one workload like any two', () => {
    const peers = (port: number) =>
      policy(
        'db',
        'shop',
        `{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: ${port}}]}]}`,
      );
    put('gossip.yaml', deployment('db', 'shop', '') + peers(7946));
    put('silent.yaml', deployment('db', 'shop', '') + peers(7947));
    expect(network('--to', 'db', 'gossip.yaml').stdout).toBe('shop/db\n  FROM     PORTS\n  shop/db  TCP 7946\n\n');
    expect(network('gossip.yaml').stdout).toContain('1 workload; 1 of 1 pair open\n');
    const { code, stdout } = network('--diff', 'gossip.yaml', 'silent.yaml');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^opens\n.*\n {2}shop\/db +shop\/db +TCP 7947\n\ncloses\n.*\n {2}shop\/db +shop\/db +TCP 7946\n/,
    );
    // A pod alone always reaches itself: nothing is open there that could be closed.
    const alone = (port: number) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: shop, labels: {app: db}}\nspec: {containers: [{name: db, image: db}]}\n---\n${peers(port)}`;
    put('alone.yaml', alone(7946));
    put('alone-silent.yaml', alone(7947));
    expect(network('alone.yaml').stdout).toContain('1 workload; 0 of 0 pairs open\n');
    expect(network('--diff', 'alone.yaml', 'alone-silent.yaml').code).toBe(0);
    // Nor do several in place of one open or close what was not there.
    expect(network('--diff', 'alone.yaml', 'gossip.yaml').code).toBe(0);
  });

  it('explains a verdict policy by policy, with the places of policies', () => {
    const { code, stdout } = network('--from', 'db', '--to', 'api', '--port', 'http', 'old');
    expect(code).toBe(1);
    expect(stdout).toBe(`shop/db -> shop/api, TCP 9000: denied

egress of shop/db: perhaps open on TCP 9000
  NetworkPolicy.networking.k8s.io shop/db (old/all.yaml:31:1), closes it but for its rules
    spec.egress[0]: allows, if shop/api has such an address or such labels, or is on such a node, TCP 9000

ingress of shop/api: closed
  NetworkPolicy.networking.k8s.io shop/api (old/all.yaml:26:1), closes it but for its rules
    spec.ingress[0]: not for shop/db
`);
    expect(network('--from', 'web', '--to', 'api', '--port', '9000', 'old')).toMatchObject({ code: 0 });
    expect(network('--from', 'web', '--to', 'api', '--port', '9000/udp', 'old').stdout).toContain('UDP 9000: denied\n');
    expect(network('--from', '192.0.2.1', '--to', 'db', 'old').stdout).toContain('it is outside of the cluster');
    expect(network('--from', '10.1.2.3', '--to', 'db', '--port', '5432', 'old').code).toBe(0);
    expect(network('--from', 'web', '--to', 'api', 'old').stdout).toContain(
      'every port: allowed on TCP 9000, denied on the others\n',
    );
  });

  it('explains what a node decides', () => {
    const { code, stdout } = network('--from', 'agent', '--to', 'api', '--port', '80', 'host');
    expect(code).toBe(1);
    expect(stdout).toContain('shop/agent -> shop/api, TCP 80: not certain\n');
    expect(stdout).toContain('it is on the network of a node, where no policy is for it');
    expect(stdout).toContain('which nodes they are on is not known.\n');
  });

  it('takes a port out of the matrix', () => {
    const { stdout } = network('--port', '5432', 'old');
    expect(stdout).not.toContain('TCP 9000');
    expect(stdout).toContain('shop/db\n  FROM        PORTS     PERHAPS\n  shop/web    -         TCP 5432\n');
  });

  it('shows what a change opens and closes', () => {
    const { code, stdout } = network('--diff', 'old', 'new');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^opens\n {2}FROM +TO +PORTS\n {2}shop\/web +shop\/api +TCP 9001\n/);
    expect(stdout).toContain('(only in the new one)');
    expect(stdout).toMatch(/\ncloses\n {2}FROM +TO +PORTS\n {2}shop\/web +shop\/api +TCP 9000\n\n/);
    expect(network('--diff', 'old', 'old')).toMatchObject({ code: 0, stdout: 'the same connections are open\n' });
    expect(network('--diff', '--format', 'mermaid', 'old', 'new').stdout).toMatch(
      / -->\|"\+ TCP 9001"\| .*\n.* -\.->\|"- TCP 9000"\| /s,
    );
  });

  it('compares with what is intended, in a namespace that is said', () => {
    const args = ['--namespace', 'shop', '--intended', 'plain'];
    expect(network(...args, 'old')).toMatchObject({ code: 0, stdout: 'exactly what is intended is open\n' });
    const { code, stdout } = network(...args, 'new');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^open beyond what is intended\n/);
    expect(stdout).toContain('closed, and intended to be open: 1\n');
    put('none.yaml', workloads('shop') + policy('none', 'shop', '{podSelector: {}, policyTypes: [Ingress, Egress]}'));
    // What is closed more is no failure.
    expect(network(...args, 'none.yaml')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^closed, and intended/),
    });
  });

  it('takes addresses of pods into account', () => {
    expect(network('--to', 'db', '--pod-cidr', '10.64.0.0/16', 'old').stdout).toContain('  shop/web    every port\n');
    expect(network('--to', 'db', '--pod-cidr', '10.192.0.0/16', '--pod-cidr', 'fd00::/48', 'old').stdout).not.toContain(
      'shop/web',
    );
  });

  it('gives all of it as data', () => {
    const { stdout } = network('--format', 'json', 'plain');
    const answer = JSON.parse(stdout);
    expect(answer.workloads).toEqual(['default/web', 'default/api', 'default/db']);
    expect(answer.reach).toContainEqual({
      from: 'default/web',
      to: 'default/api',
      ports: [{ protocol: 'TCP', first: 9000, last: 9000 }],
    });
    expect(answer.reach.find((row: { perhaps?: object[] }) => row.perhaps)).toMatchObject({
      ports: [],
      perhaps: [{}, {}, {}],
    });
    expect(answer.assumed).toEqual(['5 objects name no namespace: taken to be in default']);
    const explained = JSON.parse(network('-f', 'json', '--from', 'web', '--to', 'api', 'old').stdout);
    expect(explained).toMatchObject({
      verdict: expect.stringMatching(/^allowed on/),
      ingress: { by: 'policies', isClosed: true },
    });
    expect(explained.ingress.policies).toMatchObject([
      { place: 'old/all.yaml:26:1', tier: 'namespace', rules: [{ path: 'spec.ingress[0]', match: 'yes' }] },
    ]);
    const changed = JSON.parse(network('-f', 'json', '--diff', 'old', 'new').stdout);
    expect(changed.changes).toContainEqual({
      from: 'shop/web',
      to: 'shop/api',
      opens: [{ protocol: 'TCP', first: 9001, last: 9001 }],
      closes: [{ protocol: 'TCP', first: 9000, last: 9000 }],
    });
  });

  it('draws it', () => {
    expect(network('-f', 'mermaid', '--port', '9000', 'old').stdout).toBe(`flowchart LR
  subgraph g0["shop"]
    n0["shop/web"]
    n1["shop/api"]
    n2["shop/db"]
  end
  n3["0.0.0.0/0"]
  n4["10.0.0.0/9"]
  n5["0.0.0.0/0 except 10.0.0.0/8"]
  n0 -->|"TCP 9000"| n0
  n1 -->|"TCP 9000"| n0
  n2 -.->|"perhaps TCP 9000"| n0
  n3 -->|"TCP 9000"| n0
  n0 -->|"TCP 9000"| n1
  n0 -.->|"perhaps TCP 9000"| n2
  n1 -.->|"perhaps TCP 9000"| n2
  n2 -.->|"perhaps TCP 9000"| n2
  n4 -->|"TCP 9000"| n2
  n0 -->|"TCP 9000"| n3
  n1 -->|"TCP 9000"| n3
  n2 -->|"TCP 9000"| n5
`);
    const { stdout } = network('-f', 'dot', '--to', 'api', 'old');
    expect(stdout).toBe(`digraph network {
  rankdir=LR;
  subgraph cluster_0 {
    label="shop";
    n0 [label="shop/web"];
    n1 [label="shop/api"];
  }
  n0 -> n1 [label="TCP 9000"];
}
`);
  });

  it('keeps names from breaking what it draws and writes', () => {
    const input = workloads('shop').replace('name: web,', 'name: "a\\"] --> b\\e[2J\\n",');
    const run = (...args: string[]) => runCliIn({ cwd, input }, 'network', ...args, '-').stdout;
    expect(run()).toContain('shop/a"] --> b\\u{1b}[2J\\n');
    expect(run('-f', 'mermaid')).toContain('["shop/a#34;] --#62; b');
    expect(run('-f', 'dot')).toContain('[label="shop/a\\"] --> b');
  });

  it('says what it takes for granted, but for those who want it quiet', () => {
    put(
      'assumed.yaml',
      workloads('shop') +
        policy(
          'a',
          'shop',
          '{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}, {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: far}}}]}]}',
        ) +
        policy('b', 'gone', '{podSelector: {}}') +
        '---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: shop}\nspec: {}\n' +
        deployment('canary', 'shop', '').replace('apps/v1', 'argoproj.io/v1alpha1').replace('Deployment', 'Rollout'),
    );
    put('kinds.yaml', 'podTemplateKinds: [{group: argoproj.io, kind: Rollout, path: spec.template}]\n');
    expect(network('--config', 'kinds.yaml', 'assumed.yaml').stderr).not.toContain('canary');
    const { code, stderr } = network('assumed.yaml');
    expect(code).toBe(0);
    expect(stderr.trim().split('\n')).toEqual([
      'note: CiliumNetworkPolicy.cilium.io shop/c is of a kind that is not judged: what it opens or closes is not in this answer',
      'note: Rollout.argoproj.io shop/canary holds a pod template, and its kind is not declared: its pods are not in this answer, unless podTemplateKinds names it',
      'note: namespace shop is not among the objects: taken to have no label but its name',
      'note: policies speak of namespace gone, and no workload of it is among the objects: whoever is there is not in this answer',
    ]);
    expect(network('--quiet', 'assumed.yaml').stderr).toBe('');
    expect(network('--to', 'shop/web', 'assumed.yaml').stdout).toContain(
      '  [team=b]/*  every port\n  far/*       every port\n',
    );
  });

  it('shows pods that policies name and that are not here', () => {
    put(
      'dns.yaml',
      workloads('shop') +
        policy(
          'dns',
          'shop',
          '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}]}',
        ),
    );
    expect(network('dns.yaml').stdout).toContain(
      'kube-system/[k8s-app=kube-dns]\n  FROM      PORTS\n  shop/web  UDP 53\n',
    );
    expect(network('--from', 'web', '--to', 'kube-system/[k8s-app=kube-dns]', 'dns.yaml').stdout).toContain(
      'allowed on UDP 53',
    );
    put('cut.yaml', workloads('shop') + policy('dns', 'shop', '{podSelector: {}, policyTypes: [Egress]}'));
    expect(network('--diff', 'dns.yaml', 'cut.yaml').stdout).toMatch(
      /shop\/db +kube-system\/\[k8s-app=kube-dns\] +UDP 53\n/,
    );
  });

  it('takes no misspelt peer for everybody', () => {
    put(
      'misspelt.yaml',
      workloads('shop') + policy('web', 'shop', '{podSelector: {}, ingress: [{form: [{podSelector: {}}]}]}'),
    );
    const { code, stderr } = network('misspelt.yaml', '-q');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'spec.ingress[0].form: a NetworkPolicyIngressRule has no field "form": did you mean from?; the policy is left out',
    );
  });

  it('takes no misspelt peer of an administrator for everybody', () => {
    const rule = (namespaces: string) => `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: guard}
spec: {priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: ${namespaces}}]}]}
`;
    put('guard.yaml', rule('{matchLables: {team: a}}') + workloads('shop'));
    const { code, stdout, stderr } = network('--from', 'web', '--to', 'db', 'guard.yaml', '-q');
    expect({ code, verdict: stdout.split('\n')[0] }).toEqual({
      code: 2,
      verdict: 'shop/web -> shop/db, every port: allowed',
    });
    expect(stderr).toMatch(
      /^bulwark: guard\.yaml:4:\d+: spec\.ingress\[0\]\.from\[0\]\.namespaces\.matchLables: there is no key/,
    );
    put('guard.yaml', rule('{matchLabels: {team: a}}') + workloads('shop'));
    expect(network('--from', 'web', '--to', 'db', 'guard.yaml', '-q')).toMatchObject({ code: 0, stderr: '' });
  });

  it('judges the rest where a policy is none that the API server takes, and says where and why', () => {
    put(
      'bad.yaml',
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: bad, namespace: shop}
spec:
  podSelector: {matchExpressions: [{key: app, operator: Is, values: [api]}]}
  ingress:
  - from: [{ipBlock: {cidr: 10.0.0.0/8, except: [192.168.0.0/16]}}]
    ports: [{port: 90, endPort: 80}]
`,
    );
    const { code, stdout, stderr } = network('old/all.yaml', 'bad.yaml', 'nowhere.yaml', '-q');
    expect(code).toBe(2);
    expect(stdout).toBe(network('old').stdout);
    const left = '; the policy is left out, as the API server refuses it';
    expect(stderr.trim().split('\n')).toEqual([
      'bulwark: nowhere.yaml: there is no such file or folder',
      `bulwark: bad.yaml:5:47: spec.podSelector.matchExpressions[0].operator: "Is" is no operator of a selector: write In, NotIn, Exists or DoesNotExist${left}`,
      `bulwark: bad.yaml:7:50: spec.ingress[0].from[0].ipBlock.except[0]: 192.168.0.0/16 is no part of 10.0.0.0/8: except only what lies inside 10.0.0.0/8${left}`,
      `bulwark: bad.yaml:8:24: spec.ingress[0].ports[0].endPort: the range ends at 80, before it begins at 90: write an endPort of 90 or more${left}`,
    ]);
  });

  it('reads settings', () => {
    put('own.yaml', 'paths: [old, new]\nexclude: [new]\n');
    expect(network('--config', 'own.yaml').stdout).toBe(network('old').stdout);
    expect(network('--exclude', 'all.yaml', 'old', 'none.yaml').stdout).toContain('3 workloads; 0 of 9 pairs open');
  });

  it.each([
    [['--from', 'wep', 'old'], '--from wep is no workload of these manifests'],
    [['--from', 'shop/wep', 'old'], 'did you mean shop/web?'],
    [['--to', 'web', 'old', 'plain'], '--to web may be '],
    [['--port', 'http', 'old'], '--port http is the name of a port of somebody: name them with --to'],
    [['--port', 'htp', '--to', 'api', 'old'], 'shop/api has no port of the name htp: it has http (9000/TCP)'],
    [['--port', '0', 'old'], '--port takes ports from 1 to 65535'],
    [['--port', '80/ICMP', 'old'], '--port takes 8080, 53/UDP'],
    [['--pod-cidr', '10.0.0.0/33', 'old'], '--pod-cidr takes a block'],
    [['--diff', 'old'], '--diff takes two paths, old and new, and not 1'],
    [['--diff', '--from', 'web', 'old', 'new'], '--from asks one set of manifests, and --diff compares two'],
    [['--diff', '--intended', 'old', 'old', 'new'], 'use one of them'],
    [['--format', 'svg', 'old'], '--format takes text, json, mermaid, dot, and not'],
    [[], 'name files, folders or patterns'],
  ])('refuses %j', (args, message) => {
    const { code, stdout, stderr } = network(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
