/** zot as the stack makes it: everything that is registered, and what it is not made with. */
import { ClusterTarget } from '../../../core/cluster';
import { evaluate } from '../../../core/policy';
import { RegistryError } from '../../../core/registry/fault';
import { PrivateRegistry, type PrivateRegistryArgs } from '../../../stacks/private-registry';
import { leaks, objectsIn, run } from '../../support/pulumi/registered';
import { basics, passwords, publicKey, registered, zots } from './arguments';

const zot: Partial<PrivateRegistryArgs> = zots['zot alone'] ?? {};

describe.each(Object.entries(zots))('%s', (_, args) => {
  it('is as it was, and shows no password', async () => {
    const found = await registered(args);
    for (const password of Object.values(passwords)) expect(leaks(found, password)).toEqual([]);
    expect(objectsIn(found).filter(({ kind }) => kind !== 'Secret')).toMatchSnapshot();
  });

  it('passes the rules', async () => {
    const objects = objectsIn(await registered(args)).filter(({ kind }) => kind !== 'Secret');
    const report = evaluate(
      objects.map((object) => ({ object })),
      {
        target: ClusterTarget.of('1.36', { distribution: (args.distribution ?? 'kubeadm') as 'kubeadm' }),
        registries: basics.registries,
        today: '2026-11-22',
      },
    );
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a zot that cannot be', () => {
  const faultsOf = async (args: Partial<PrivateRegistryArgs>): Promise<readonly string[]> => {
    let faults: readonly string[] = [];
    await run(() => {
      try {
        new PrivateRegistry('images', { ...basics, ...zot, ...args });
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        faults = error.faults.map(({ key, message, remedy }) => `${key}: ${message}; ${remedy}`);
      }
    });
    return faults;
  };
  const upstream = { host: 'docker.io', allow: ['library/*'], cidrs: ['203.0.113.0/24'] };
  const team = { name: 'shop', push: ['shop/**'], users: ['pusher'] };

  it.each<[string, Partial<PrivateRegistryArgs>, readonly string[]]>([
    [
      'with tokens',
      {
        authentication: {
          kind: 'token',
          realm: 'https://auth.acme.example/token',
          service: 'registry',
          issuer: 'auth',
          jwks: JSON.stringify({ keys: [publicKey] }),
        },
      },
      [
        'authentication.kind: zot does not have it: tokens of a service of yours, whose issuer and audience are checked; leave it out, or use the product distribution',
      ],
    ],
    [
      'with what distribution has alone',
      {
        replicas: 2,
        uploadSecret: 'x'.repeat(40),
        bucket: zots['zot with a bucket']?.bucket,
        garbageCollection: {},
      } as never,
      [
        'replicas: zot does not have it: more than one replica over a bucket; leave it out, or use the product distribution or harbor',
        'garbageCollection: zot does not have it: garbage collection at a time that is told; leave it out, or use the product distribution',
      ],
    ],
    [
      'with a copy',
      { backup: { storageClass: 'elsewhere' } },
      [
        'backup: zot does not have it: a daily copy of its volume, and the way back; leave it out, or use the product distribution',
      ],
    ],
    [
      'with patterns that are none, and people that nobody knows',
      {
        teams: [
          { ...team, push: ['shop*'], users: ['nobody'], groups: ['team-shop'] },
          { ...team, users: [] },
        ],
        immutableTags: ['*/released'],
      },
      [
        'immutableTags[0]: "*/released" is no pattern of repositories',
        'teams[0].push[0]: "shop*" is no pattern of repositories',
        'teams[0].groups: nobody has a group with htpasswd',
        'teams[0].users[0]: "nobody" is none of authentication.users',
        'teams[1].name: teams[0] has the same name',
        'teams[1].users: nobody is in the team',
      ],
    ],
    [
      'with an upstream that is pushed to, and one that is nowhere',
      {
        upstreams: [upstream, { host: 'quay.io', allow: ['Acme/**', 'acme/*'] }],
        teams: [{ ...team, push: ['docker.io/library/*'] }],
      },
      [
        'teams[0].push[0]: images of an upstream are kept there, and nobody can put others in their place',
        'upstreams[1].allow[0]: "Acme/**" is no pattern of repositories',
        'upstreams[1].cidrs: nobody knows where "quay.io" is',
      ],
    ],
    [
      'with a proxy of everything',
      { upstreams: [{ ...upstream, allow: ['**'] }] },
      ['upstreams[0].allow: whatever anybody puts there'],
    ],
    [
      'with metrics that nobody may read',
      { prometheusNamespace: 'monitoring' },
      ['metricsUser: zot shows its metrics to one user alone'],
    ],
    [
      'with metrics for somebody whom nobody knows',
      { prometheusNamespace: 'monitoring', metricsUser: 'prometheus' },
      ['metricsUser: "prometheus" is none of authentication.users'],
    ],
    [
      'with a dashboard',
      { prometheusNamespace: 'monitoring', metricsUser: 'puller', dashboard: true },
      ['dashboard: zot does not have it'],
    ],
    ['with alerts that never fire', { alerts: true }, ['alerts: zot shows nobody its metrics']],
  ])('%s', async (_, args, expected) => {
    const faults = await faultsOf(args);
    expect(faults).toHaveLength(expected.length);
    for (const [i, text] of expected.entries()) expect(faults[i]).toContain(text);
  });
});
