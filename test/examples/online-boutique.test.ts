import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../core/manifest';
import type { Container, EnvVar, PodSpec } from '../../core/manifest/pod';
import { temporaryFolder } from '../support/app';
import { boutique, boutiqueObjects, byName, filesUnder, upstreamObjects } from './boutique';
import { type Differences, differencesBetween, type Pair } from './differences';
import { openWays, withReadableRules } from './openings';

const upstream = upstreamObjects();
const describeUpstream = upstream ? describe : describe.skip;

const services = [
  'adservice',
  'cartservice',
  'checkoutservice',
  'currencyservice',
  'emailservice',
  'frontend',
  'paymentservice',
  'productcatalogservice',
  'recommendationservice',
  'shippingservice',
];
const listening = [...services, 'redis-cart'];
const workloads = [...listening, 'loadgenerator'];

/** The same kind of difference in several objects. */
function each(kind: string, names: readonly string[], pair: Pair | ((name: string) => Pair)): Record<string, Pair> {
  return Object.fromEntries(names.map((name) => [`${kind} ${name}`, typeof pair === 'function' ? pair(name) : pair]));
}

const here: Pair = [undefined, 'there'];
const upstreamOnly: Pair = ['there', undefined];
const renamed = (name: string): Pair => [{ app: name }, { 'app.kubernetes.io/name': name }];
const added = (name: string): Pair => [undefined, { 'app.kubernetes.io/name': name }];
const ourNamespace: Pair = [undefined, 'online-boutique'];
const dns = ['kube-system/kube-dns :53', 'kube-system/kube-dns :53/UDP'];
const callers: Readonly<Record<string, readonly string[]>> = {
  cartservice: ['redis-cart :6379'],
  checkoutservice: [
    'cartservice :7070',
    'currencyservice :7000',
    'emailservice :8080',
    'paymentservice :50051',
    'productcatalogservice :3550',
    'shippingservice :50051',
  ],
  frontend: [
    'adservice :9555',
    'cartservice :7070',
    'checkoutservice :5050',
    'currencyservice :7000',
    'productcatalogservice :3550',
    'recommendationservice :8080',
    'shippingservice :50051',
  ],
  loadgenerator: ['frontend :8080'],
  recommendationservice: ['productcatalogservice :3550'],
};
const egress = (name: string): Pair => [['*'], callers[name] ? [...callers[name], ...dns].sort() : []];
const requestedMemory: Readonly<Record<string, string>> = {
  adservice: '180Mi',
  loadgenerator: '256Mi',
  recommendationservice: '220Mi',
  'redis-cart': '200Mi',
};
const limitedMemory: Readonly<Record<string, string>> = {
  adservice: '300Mi',
  loadgenerator: '512Mi',
  recommendationservice: '450Mi',
  'redis-cart': '256Mi',
};
const ephemeral = (name: string): Pair => [undefined, name === 'redis-cart' ? '192Mi' : '128Mi'];
const noGraceUpstream = ['checkoutservice', 'frontend', 'redis-cart', 'shippingservice'];
const spread = (name: string, topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
});

/** All that differs from upstream on Kubernetes 1.36, by the field that stands in the README's table. */
const known: Differences = {
  // What the shop is put into.
  'metadata.namespace': {
    ...each('Deployment', workloads, ourNamespace),
    ...each('Service', listening, ourNamespace),
    ...each('ServiceAccount', [...services, 'loadgenerator'], ourNamespace),
    ...each('NetworkPolicy', workloads, ourNamespace),
  },
  Namespace: each('Namespace', ['online-boutique'], here),
  ResourceQuota: each('ResourceQuota', ['quota'], here),
  LimitRange: each('LimitRange', ['limits'], here),
  Role: each('Role', ['viewer', 'developer', 'operator', 'admin'], here),
  RoleBinding: each('RoleBinding', ['viewer', 'developer', 'operator', 'admin'], here),

  // Names and labels.
  'metadata.labels': {
    ...each('Deployment', workloads, renamed),
    ...each('Service', listening, renamed),
    ...each('ServiceAccount', [...services, 'loadgenerator'], added),
    ...each('NetworkPolicy', workloads, added),
  },
  'spec.selector': {
    ...each('Deployment', workloads, (name) => {
      const [before, after] = renamed(name);
      return [{ matchLabels: before }, { matchLabels: after }];
    }),
    ...each('Service', listening, renamed),
  },
  'pod.metadata.labels': each('Deployment', workloads, renamed),
  'pod.metadata.annotations': each(
    'Deployment',
    ['frontend', 'loadgenerator'],
    [{ 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' }, undefined],
  ),
  'pod.spec.containers[].name': each('Deployment', workloads, (name) => [
    { 'redis-cart': 'redis', loadgenerator: 'main' }[name] ?? 'server',
    name,
  ]),
  'pod.spec.containers[].ports[].name': each(
    'Deployment',
    listening.filter((name) => name !== 'currencyservice'),
    (name) => [undefined, { frontend: 'http', 'redis-cart': 'tcp-redis' }[name] ?? 'grpc'],
  ),
  'pod.spec.containers[].ports[].protocol': each('Deployment', listening, [undefined, 'TCP']),
  'spec.ports[].protocol': each('Service', listening, [undefined, 'TCP']),
  'pod.spec.containers[].image': each('Deployment', ['redis-cart'], ['redis:alpine', 'docker.io/library/redis:alpine']),
  'pod.spec.initContainers[].image': each(
    'Deployment',
    ['loadgenerator'],
    [
      'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
      'docker.io/library/busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
    ],
  ),

  // What a pod is given.
  'pod.spec.containers[].resources.requests.memory': each('Deployment', workloads, (name) => [
    requestedMemory[name] ?? '64Mi',
    limitedMemory[name] ?? '128Mi',
  ]),
  'pod.spec.containers[].resources.requests.ephemeral-storage': each('Deployment', workloads, ephemeral),
  'pod.spec.containers[].resources.limits.ephemeral-storage': each('Deployment', workloads, ephemeral),
  'pod.spec.initContainers[].resources': each(
    'Deployment',
    ['loadgenerator'],
    [
      undefined,
      {
        requests: { cpu: '10m', memory: '16Mi', 'ephemeral-storage': '128Mi' },
        limits: { memory: '16Mi', 'ephemeral-storage': '128Mi' },
      },
    ],
  ),
  'pod.spec.volumes[].name': each('Deployment', ['redis-cart'], ['redis-data', 'redis-cart-writable-data']),
  'pod.spec.containers[].volumeMounts[].name': each(
    'Deployment',
    ['redis-cart'],
    ['redis-data', 'redis-cart-writable-data'],
  ),
  'pod.spec.volumes[].emptyDir.sizeLimit': each('Deployment', ['redis-cart'], [undefined, '64Mi']),

  // What a pod may do.
  'pod.spec.securityContext.seccompProfile': each('Deployment', workloads, [undefined, { type: 'RuntimeDefault' }]),
  'pod.spec.securityContext.fsGroupChangePolicy': each('Deployment', workloads, [undefined, 'OnRootMismatch']),
  'pod.spec.automountServiceAccountToken': each('Deployment', workloads, [undefined, false]),
  automountServiceAccountToken: each('ServiceAccount', [...services, 'loadgenerator'], [undefined, false]),
  'pod.spec.enableServiceLinks': each('Deployment', workloads, [undefined, false]),
  'pod.spec.serviceAccountName': each('Deployment', ['redis-cart'], [undefined, 'redis-cart']),
  ServiceAccount: each('ServiceAccount', ['default', 'redis-cart'], here),

  // How it is rolled out and stopped.
  'spec.replicas': {
    ...each('Deployment', services, [undefined, 2]),
    ...each('Deployment', ['redis-cart'], [undefined, 1]),
  },
  'spec.strategy': each('Deployment', workloads, [
    undefined,
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  ]),
  'spec.revisionHistoryLimit': each('Deployment', workloads, [undefined, 3]),
  'pod.spec.restartPolicy': each('Deployment', ['loadgenerator'], ['Always', undefined]),
  'pod.spec.terminationGracePeriodSeconds': each('Deployment', workloads, (name) => [
    noGraceUpstream.includes(name) ? undefined : 5,
    30,
  ]),
  'pod.spec.containers[].lifecycle': each('Deployment', listening, [undefined, { preStop: { sleep: { seconds: 5 } } }]),
  'pod.spec.topologySpreadConstraints': each('Deployment', workloads, (name) => [
    undefined,
    [spread(name, 'kubernetes.io/hostname'), spread(name, 'topology.kubernetes.io/zone')],
  ]),
  PodDisruptionBudget: each('PodDisruptionBudget', workloads, here),

  // Who reaches whom.
  Service: each('Service', ['frontend-external'], upstreamOnly),
  NetworkPolicy: {
    ...each('NetworkPolicy', ['deny-all'], upstreamOnly),
    ...each('NetworkPolicy', ['default-deny'], here),
  },
  'spec.podSelector': each('NetworkPolicy', workloads, (name) => {
    const [before, after] = renamed(name);
    return [{ matchLabels: before }, { matchLabels: after }];
  }),
  'spec.policyTypes': each('NetworkPolicy', ['loadgenerator'], [['Egress'], ['Ingress', 'Egress']]),
  'spec.ingress': each('NetworkPolicy', ['frontend'], [['*'], ['gateway-system/public :8080', 'loadgenerator :8080']]),
  'spec.egress': each('NetworkPolicy', workloads, egress),
};

/** What a target changes in the list above. */
const differencesFor: Readonly<Record<string, Differences>> = {
  '1.36': known,
  // No `sleep` before 1.30, and no command is invented for images that may have no shell.
  '1.28': Object.fromEntries(Object.entries(known).filter(([field]) => field !== 'pod.spec.containers[].lifecycle')),
};

describeUpstream('the example against upstream', () => {
  it.each(Object.keys(differencesFor))('differs in what the list names and in nothing else, on %s', (target) => {
    const found = differencesBetween(
      upstream!.map(withReadableRules),
      boutiqueObjects({ target }).map(withReadableRules),
    );
    expect(found).toEqual(differencesFor[target]);
  });

  it('has the same workloads', () => {
    const names = (objects: readonly KubernetesObject[]) => [...byName(objects, 'Deployment').keys()].sort();
    expect(names(boutiqueObjects({ target: '1.36' }))).toEqual(names(upstream!));
    expect(names(upstream!)).toEqual([...workloads].sort());
  });

  it('runs the same containers: images written out, ports, environment, probes and commands', () => {
    const what = (objects: readonly KubernetesObject[]) =>
      Object.fromEntries(
        [...byName(objects, 'Deployment')].sort().map(([name, { spec }]) => {
          const pod = (spec as { template: { spec: PodSpec } }).template.spec;
          return [name, [...(pod.initContainers ?? []), ...pod.containers].map(sameness)];
        }),
      );
    expect(what(boutiqueObjects({ target: '1.36' }))).toEqual(what(upstream!));
  });

  it("requests what upstream's limits are, and limits CPU as upstream does", () => {
    const resourcesOf = (objects: readonly KubernetesObject[]) =>
      new Map(
        [...byName(objects, 'Deployment')].map(([name, { spec }]) => [
          name,
          (spec as { template: { spec: PodSpec } }).template.spec.containers[0]?.resources,
        ]),
      );
    const ours = resourcesOf(boutiqueObjects({ target: '1.36' }));
    for (const [name, theirs] of resourcesOf(upstream!)) {
      const mine = ours.get(name);
      const memory = theirs?.limits?.memory;
      expect([name, mine?.requests?.memory, mine?.limits?.memory]).toEqual([name, memory, memory]);
      expect([name, mine?.requests?.cpu, mine?.limits?.cpu]).toEqual([
        name,
        theirs?.requests?.cpu,
        theirs?.limits?.cpu,
      ]);
    }
    expect(ours.size).toBe(12);
  });

  it('serves the same ports under the same names', () => {
    type Ports = {
      readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: number }[];
    };
    const what = (objects: readonly KubernetesObject[]) =>
      listening.map((name) => {
        const { ports } = byName(objects, 'Service').get(name)?.spec as Ports;
        return [name, ports.map(({ name: port, port: number, targetPort }) => [port, number, targetPort])];
      });
    expect(what(boutiqueObjects({ target: '1.36' }))).toEqual(what(upstream!));
  });

  it('opens the calls that upstream makes, and no other', () => {
    const { calls, nowhere } = callsOf(upstream!);
    expect(nowhere).toEqual(['frontend -> shoppingassistantservice:80']);
    expect(calls).toHaveLength(16);
    expect(openWays(boutiqueObjects({ target: '1.36' }))).toEqual(calls);
  });
});

describeUpstream("the table in the example's README", () => {
  const readme = readFileSync(join(__dirname, '../../examples/online-boutique/README.md'), 'utf8');
  const rows = readme
    .split('\n')
    .filter((line) => /^\| *`/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const fields = rows.flatMap(([field = '']) => [...field.matchAll(/`([^`]+)`/g)].map(([, name]) => name));

  it('has a row for every difference, and no stale one', () => {
    expect([...fields].sort()).toEqual([...Object.keys(known), 'frontend -> shoppingassistantservice'].sort());
  });

  it('says of each what upstream has, what we have, and why', () => {
    for (const row of rows) {
      expect(row).toHaveLength(4);
      expect(row.filter((cell) => cell === '')).toEqual([]);
    }
  });
});

describe('what the example writes', () => {
  it.each([
    ['1.28', 'namespace'],
    ['1.36', 'namespace'],
    ['1.36', 'object'],
  ] as const)('for %s by %s', (target, layout) => {
    const outdir = join(temporaryFolder(), 'dist');
    boutique({ target, layout, outdir }).app.synth();
    expect(filesUnder(outdir)).toMatchSnapshot();
  });

  it('is the same under another name, but for that name', () => {
    const [one, other] = [undefined, 'shop-two'].map((namespace) =>
      boutique({ target: '1.36', namespace }).app.synthYaml(),
    );
    expect(other).not.toBe(one);
    expect(other?.replaceAll('shop-two', 'online-boutique')).toBe(one);
  });
});

/** What of a container must be as upstream has it. */
function sameness({ image, command, args, env, ports, readinessProbe, livenessProbe, startupProbe }: Container) {
  return {
    image: image?.includes('/') ? image : `docker.io/library/${image}`,
    command,
    args,
    env,
    ports: ports?.map(({ containerPort }) => containerPort),
    readinessProbe,
    livenessProbe,
    startupProbe,
  };
}

/** Who calls whom on which port of the container, by the variables that hold addresses. */
function callsOf(objects: readonly KubernetesObject[]) {
  type ServiceSpec = {
    readonly selector: { readonly app: string };
    readonly ports: readonly { readonly port: number; readonly targetPort: number }[];
  };
  const calls = new Set<string>();
  const nowhere: string[] = [];
  for (const [name, { spec }] of byName(objects, 'Deployment')) {
    const { containers, initContainers } = (spec as { template: { spec: PodSpec } }).template.spec;
    const env: readonly EnvVar[] = [...(initContainers ?? []), ...containers].flatMap(
      (container) => container.env ?? [],
    );
    for (const { value = '' } of env.filter((variable) => variable.name.endsWith('_ADDR'))) {
      const [host = '', port] = value.split(':');
      const service = byName(objects, 'Service').get(host)?.spec as ServiceSpec | undefined;
      const target = service?.ports.find((candidate) => candidate.port === Number(port));
      if (service && target) calls.add(`${name} -> ${service.selector.app} :${target.targetPort}`);
      else nowhere.push(`${name} -> ${value}`);
    }
  }
  return { calls: [...calls].sort(), nowhere };
}
