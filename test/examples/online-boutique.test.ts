import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../core/manifest';
import type { Container, PodSpec } from '../../core/manifest/pod';
import { onlineBoutique, registries } from '../../examples/online-boutique/online-boutique';
import { BulwarkApp, ClusterTarget } from '../../index';
import { temporaryFolder } from '../support/app';
import { describeUnless } from '../support/lack';
import { boutique, boutiqueObjects, byName, filesUnder, readObjects, upstreamLack, upstreamObjects } from './boutique';
import { callsOf } from './calls';
import { differencesBetween } from './differences';
import { differencesFor, known, listening, workloads } from './known-differences';
import { openWays, withReadableRules } from './openings';

const upstream = upstreamObjects();

describeUnless(upstreamLack, 'the example against upstream', () => {
  it.each(Object.keys(differencesFor))('differs in what the list names and in nothing else, on %s', (target) => {
    const found = differencesBetween(
      upstream.map(withReadableRules),
      boutiqueObjects({ target }).map(withReadableRules),
    );
    expect(found).toEqual(differencesFor[target]);
  });

  it('has the same workloads', () => {
    const names = (objects: readonly KubernetesObject[]) => [...byName(objects, 'Deployment').keys()].sort();
    expect(names(boutiqueObjects({ target: '1.36' }))).toEqual(names(upstream));
    expect(names(upstream)).toEqual([...workloads].sort());
  });

  it('runs the same containers: images written out, ports, environment, probes and commands', () => {
    const what = (objects: readonly KubernetesObject[]) =>
      Object.fromEntries(
        [...byName(objects, 'Deployment')].sort().map(([name, { spec }]) => {
          const pod = (spec as { template: { spec: PodSpec } }).template.spec;
          return [name, [...(pod.initContainers ?? []), ...pod.containers].map(sameness)];
        }),
      );
    expect(what(boutiqueObjects({ target: '1.36' }))).toEqual(what(upstream));
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
    for (const [name, theirs] of resourcesOf(upstream)) {
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
        const spec = byName(objects, 'Service').get(name)?.spec as Ports | undefined;
        return [name, spec?.ports.map(({ name: port, port: number, targetPort }) => [port, number, targetPort])];
      });
    expect(what(boutiqueObjects({ target: '1.36' }))).toEqual(what(upstream));
  });

  it('opens the calls that upstream makes, and no other', () => {
    const { calls, nowhere } = callsOf(upstream);
    expect(nowhere).toEqual(['frontend -> shoppingassistantservice:80']);
    expect(calls).toHaveLength(16);
    expect(openWays(boutiqueObjects({ target: '1.36' }))).toEqual(calls);
  });
});

describeUnless(upstreamLack, "the table in the example's README", () => {
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

  it('stands below the right number of objects', () => {
    expect(/out come (\d+) objects/.exec(readme)?.[1]).toBe(String(boutiqueObjects({ target: '1.36' }).length));
  });

  it('says of each what upstream has, what we have, and why', () => {
    for (const row of rows) {
      expect(row).toHaveLength(4);
      expect(row.filter((cell) => cell === '')).toEqual([]);
    }
  });
});

describe("the README's own cluster", () => {
  const readme = readFileSync(join(__dirname, '../../examples/online-boutique/README.md'), 'utf8');
  const snippet = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';

  it('is a target that the example can be made for, and every image comes from its registry', () => {
    const declare = new Function('BulwarkApp', 'ClusterTarget', 'registries', `${snippet}; return app;`);
    const app = declare(BulwarkApp, ClusterTarget, registries) as BulwarkApp;
    onlineBoutique(app);
    const deployments = [...byName(readObjects(app.synthYaml()), 'Deployment').values()];
    const pods = deployments.map(({ spec }) => (spec as { template: { spec: PodSpec } }).template.spec);
    const images = pods.flatMap(({ containers, initContainers = [] }) => [...containers, ...initContainers]);
    expect(images.map(({ image = '' }) => image.split('/').slice(0, 2).join('/')).sort()).toEqual([
      ...Array(2).fill('registry.acme.example/docker.io'),
      ...Array(11).fill('registry.acme.example/us-central1-docker.pkg.dev'),
    ]);
    expect(pods.map(({ hostUsers }) => hostUsers)).toEqual(Array(12).fill(false));
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
    const { '.kube-bulwark': ledger, ...files } = filesUnder(outdir);
    expect(files).toMatchSnapshot();
    for (const path of Object.keys(files)) expect(ledger).toContain(path);
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
