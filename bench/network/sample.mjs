// One fresh process: workloads, ten a namespace, and twice as many policies. `pairs` asks about every pair of them, `view` whom one reaches
// and who reaches it. The manifests are plain objects: reading YAML is measured by bench:check.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const require = createRequire(import.meta.url);
const lib = join(resolve(import.meta.dirname, '../..'), 'lib');
const { Reachability, networkWorldOf } = require(join(lib, 'core/index.js'));

const count = Number(process.argv[2]);
const namespaces = count / 10;
const nameLabel = 'kubernetes.io/metadata.name';
const app = (name) => ({ matchLabels: { app: name } });
const of = (namespace, name) => ({
  namespaceSelector: { matchLabels: { [nameLabel]: namespace } },
  podSelector: app(name),
});
const both = ['Ingress', 'Egress'];

function policy(namespace, name, spec) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** A namespace: ten workloads in a chain that calls two other namespaces, and 20 policies of every sort. */
function objectsOf(index) {
  const namespace = `team-${index}`;
  const [next, far] = [`team-${(index + 1) % namespaces}`, `team-${(index + 7) % namespaces}`];
  const names = Array.from({ length: 10 }, (_, i) => `app-${i}`);
  const port = (i) => ({ port: i % 3 === 0 ? 'http' : 8000 + i, protocol: 'TCP' });
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { tier: `tier-${index % 4}` } } },
    ...names.map((name, i) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace },
      spec: {
        template: {
          metadata: { labels: { app: name, part: `part-${i % 3}` } },
          spec: {
            containers: [
              {
                name,
                image: name,
                ports: [
                  { name: 'http', containerPort: 8000 + i },
                  { name: 'metrics', containerPort: 9090 },
                ],
              },
            ],
          },
        },
      },
    })),
    policy(namespace, 'default-deny', { podSelector: {}, policyTypes: both }),
    policy(namespace, 'dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [of('kube-system', 'dns')], ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }],
    }),
    policy(namespace, 'metrics', {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { tier: 'tier-0' } }, podSelector: app('app-0') }],
          ports: [{ port: 'metrics' }],
        },
      ],
    }),
    policy(namespace, 'scrape', {
      podSelector: app('app-0'),
      policyTypes: ['Egress'],
      egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 9000, endPort: 9100 }] }],
    }),
    policy(namespace, 'internet', {
      podSelector: { matchExpressions: [{ key: 'part', operator: 'In', values: ['part-1'] }] },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              ipBlock: {
                cidr: '0.0.0.0/0',
                except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
              },
            },
          ],
          ports: [{ port: 443 }],
        },
      ],
    }),
    ...names.map((name, i) =>
      policy(namespace, name, {
        podSelector: app(name),
        policyTypes: both,
        ingress: [
          { from: [{ podSelector: app(`app-${(i + 9) % 10}`) }, of(far, 'app-2')], ports: [port(i)] },
          {
            from: [{ podSelector: { matchExpressions: [{ key: 'part', operator: 'NotIn', values: ['part-2'] }] } }],
            ports: [{ port: 'http' }],
          },
        ],
        egress: [
          { to: [{ podSelector: app(`app-${(i + 1) % 10}`) }], ports: [port(i + 1)] },
          { to: [of(next, `app-${i}`), of(far, 'app-5')], ports: [{ port: 'http' }] },
        ],
      }),
    ),
    ...names.slice(0, 5).map((name, i) =>
      policy(namespace, `more-${i}`, {
        podSelector: { matchLabels: { part: `part-${i % 3}` } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [of(next, name)], ports: [{ port: 8000, endPort: 8009 }] }],
      }),
    ),
  ];
}

const objects = Array.from({ length: namespaces }, (_, index) => objectsOf(index)).flat();
const start = performance.now();
const world = networkWorldOf(objects).world;
const read = performance.now();
const reachability = new Reachability(world);
const compiled = performance.now();
const ends = reachability.ends.length;
let open = 0;
let asked = 0;
const ask = (from, to) => {
  asked++;
  if (reachability.certain(from, to) !== 0) open++;
};
if (process.argv[3] === 'pairs')
  for (let from = 0; from < ends; from++) for (let to = 0; to < ends; to++) ask(from, to);
else {
  const one = reachability.indexOf('team-3/app-4');
  for (let other = 0; other < ends; other++) {
    ask(one, other);
    ask(other, one);
  }
}
const end = performance.now();
if (ends !== count || open === 0 || open >= asked)
  throw new Error(`${open} of ${asked} pairs of ${ends} ends are open`);
process.stdout.write(
  JSON.stringify({
    policies: reachability.policies.length,
    open,
    read: read - start,
    compile: compiled - read,
    asked: end - compiled,
    all: end - start,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
