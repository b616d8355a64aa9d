/** Harbor as the stack makes it: what is around the chart, what the chart is told, and what it is not made with. */
import { ClusterTarget } from '../../../core/cluster';
import { evaluate } from '../../../core/policy';
import { RegistryError } from '../../../core/registry/fault';
import { PrivateRegistry, type PrivateRegistryArgs } from '../../../stacks/private-registry';
import { objectsIn, run } from '../../support/pulumi/registered';
import { basics, buckets, harbor, harbors, registered, users } from './arguments';

const chartType = 'kubernetes:helm.sh/v4:Chart';

describe.each(Object.entries(harbors))('%s', (_, args) => {
  it('is as it was', async () => {
    const found = await registered(args);
    expect(objectsIn(found)).toMatchSnapshot();
    const charts = found.filter(({ type }) => type === chartType);
    expect(charts).toHaveLength(1);
    expect(charts[0]?.inputs).toMatchSnapshot();
    expect(charts[0]?.secrets).toEqual([]);
  });

  it('waits for what is around it, and passes the rules', async () => {
    const found = await registered(args);
    const [chart] = found.filter(({ type }) => type === chartType);
    expect(chart?.dependsOn.length).toBeGreaterThan(10);
    const report = evaluate(
      objectsIn(found).map((object) => ({ object })),
      { target: ClusterTarget.of('1.36'), registries: basics.registries, today: '2026-11-22' },
    );
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a Harbor that cannot be', () => {
  const faultsOf = async (args: Partial<PrivateRegistryArgs>): Promise<readonly string[]> => {
    let faults: readonly string[] = [];
    await run(() => {
      try {
        new PrivateRegistry('images', { ...basics, ...harbor, ...args });
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        faults = error.faults.map(({ key, message, remedy }) => `${key}: ${message}; ${remedy}`);
      }
    });
    return faults;
  };
  const { images, database, scanner } = harbor.harbor;
  const { core: _, ...others } = images;
  const stored = 'Harbor has it in its database';

  it.each<[string, Partial<PrivateRegistryArgs>, readonly string[]]>([
    [
      'without a database',
      { harbor: undefined } as never,
      ['harbor: it is missing, and Harbor has a database, a scanner and more images than one'],
    ],
    [
      'with passwords of its own',
      { authentication: { kind: 'htpasswd', users } },
      [
        'authentication.kind: harbor does not have it',
        'authentication.users: Harbor makes the passwords of machines itself',
      ],
    ],
    [
      'with what is in its database',
      {
        teams: [{ name: 'shop', push: ['shop/**'] }],
        immutableTags: ['**'],
        upstreams: [{ host: 'docker.io', allow: ['library/*'] }],
        alerts: true,
      },
      [`teams: ${stored}`, `immutableTags: ${stored}`, `upstreams: ${stored}`, 'alerts: there are no alerts on Harbor'],
    ],
    [
      'with images that are none of its own',
      {
        harbor: {
          ...harbor.harbor,
          images: {
            ...others,
            nginx: 'nginx:latest',
            redis: `elsewhere.example/redis@sha256:${'0'.repeat(64)}`,
            notary: 'x',
          },
        },
      },
      [
        'harbor.images.core: it is missing',
        'harbor.images.nginx: it has no digest',
        'harbor.images.redis: it comes from none of registries',
        'harbor.images.notary: Harbor has no such part',
      ],
    ],
    [
      'with a database that nobody finds',
      {
        harbor: {
          ...harbor.harbor,
          database: { ...database, host: 'https://x', port: 0, user: 'postgres', cidrs: [] },
          chart: 'http://x',
        },
      },
      [
        'harbor.database.cidrs: nobody knows where it is',
        'harbor.database.host: it is no name of a host',
        'harbor.database.port: 0 is no port',
        'harbor.database.user: it is nobody, or the superuser',
        'harbor.chart: it is no address',
      ],
    ],
    [
      'with a database that is anywhere',
      { harbor: { ...harbor.harbor, database: { ...database, cidrs: ['0.0.0.0/0'] } } },
      ['harbor.database.cidrs[0]: 0.0.0.0/0 is every address'],
    ],
    [
      'with a scanner that finds nothing',
      { harbor: { ...harbor.harbor, scanner: { ...scanner, databases: [], cidrs: ['10.0.0.0/99'] } } },
      ['harbor.scanner.cidrs[0]: ', 'harbor.scanner.databases: nothing would be found'],
    ],
    [
      'with a storage account',
      { distribution: 'aks', bucket: buckets.azure },
      ["bucket.kind: Harbor's chart takes a key"],
    ],
    ['as another product', { product: 'zot' }, ['harbor: it is about Harbor']],
    ['with a user for metrics', { metricsUser: 'x' }, ['metricsUser: metrics are on a port of their own']],
  ])('%s', async (_, args, expected) => {
    const faults = await faultsOf(args);
    expect(faults.map((text, i) => text.startsWith(expected[i] ?? '-') || text)).toEqual(expected.map(() => true));
  });
});
