import type { LockedNamespace } from '../../../constructs';
import { VaultAccessError } from '../../../constructs/secrets/vault/access-error';
import { AwsSecretMount, SecretFile, SecretTemplate, SecureDeployment, VaultSecretMount } from '../../../index';
import { basics, findingsOf, testNamespace } from '../../support/app';

const token = 'hvs.CAESIJx7Qm2Lk9Tz4WvB8nRcYd1HsPf3';
const field = { field: 'a', file: '/etc/a/a' };

function deployed(props: object): (shop: LockedNamespace) => void {
  return (shop) => {
    new SecureDeployment(shop, 'api', { ...basics, port: 8080, ...props } as never);
  };
}

type Case = readonly [what: string, declare: (shop: LockedNamespace) => void, secret: string, app?: object];

const cases: readonly Case[] = [
  ['a path with a token', deployed({ secrets: [VaultSecretMount.kv(`secret/data/x?token=${token}`, field)] }), token],
  [
    'a path with a token that only its name gives away',
    deployed({ secrets: [VaultSecretMount.kv('secret/data/x?token=hunter2', field)] }),
    'hunter2',
  ],
  ['a variable of another type', deployed({ env: { DB_PASSWORD: ['pw'] } }), '"pw"'],
  ['a prop that is none', deployed({ password: 'pw' }), '"pw"'],
  ['a prop that is misspelt', deployed({ enviroment: { DB_PASSWORD: 'correct horse' } }), 'correct horse'],
  ['a long text', deployed({ password: `Xy7${'q9'.repeat(200)}` }), 'Xy7q9q9'],
  ['a mount that is none', deployed({ secrets: [{ password: 'hunter2' }] }), 'hunter2'],
  ['the address of an image', deployed({ image: 'https://ci:hunter2Canary9@registry.acme.example/x' }), 'hunter2'],
  ['an image', deployed({ image: 'ci:hunter2Canary9@registry.acme.example/x' }), 'hunter2'],
  [
    'an action of a template',
    deployed({
      secrets: [
        VaultSecretMount.kv('secret/x', { file: '/etc/a/a', template: SecretTemplate.text('{{ password=pw }}') }),
      ],
    }),
    'password=pw',
  ],
];

/** Neither its form nor its randomness gives it away. */
const literal = 'hunter2Canary9';
const long = 'x'.repeat(101);
const commands: readonly (readonly [props: object, secret?: string])[] = [
  [{ args: `--password ${literal}` }],
  [{ args: [['--password', literal]] }],
  [{ arg: ['--password', literal] }],
  [{ arg: ['-a', literal] }],
  [{ args: [['-a', literal]] }],
  [{ args: `-a ${literal}` }],
  [{ args: `-uroot -p${literal}` }],
  [{ args: `requirepass ${literal}` }],
  [{ args: `--redis=redis-cart:6379,password=${literal}` }],
  [{ comand: ['redis-cli', '-a', literal] }],
  [{ initContainers: [{ comand: ['mysql', `-p${literal}`] }] }],
  [{ command: `mysql -uroot -p${literal}` }],
  [{ command: `redis-cli -a ${literal}` }],
  [{ command: `curl -u admin:${literal} http://x` }],
  [{ comand: ['sh', '-c', `redis-cli -a ${literal} ping`] }],
  [{ readiness: { exec: { command: ['redis-cli', '-a', literal] } } }],
  [{ preStop: { exec: `redis-cli -a ${literal}` } }],
  [{ preStop: { exec: ['redis-cli', '-a', literal, 5] } }],
  [{ command: { line: `redis-cli -a ${literal}` } }],
  // Cut within the secret.
  [{ args: [['--x', long, '-p', literal]] }, 'hun'],
];

/** What somebody calls it who thinks that a mount takes the value. */
const valueNames =
  'value values content contents text literal data stringData default defaultValue fallback plain raw string env from secretValue'.split(
    ' ',
  );
const file = '/etc/a/a';

const valuesOfMounts: readonly Case[] = [
  ...valueNames.flatMap((name): readonly Case[] => [
    [name, deployed({ secrets: [SecretFile.fromSecret('db', { key: 'k', file, [name]: literal } as never)] }), literal],
    [
      `${name} of several`,
      deployed({ secrets: [VaultSecretMount.kv('secret/data/x', { ...field, [name]: { db: literal } } as never)] }),
      literal,
    ],
    [
      `${name} in a list`,
      deployed({ secrets: [AwsSecretMount.secretsManager('x', { file, [name]: [literal] } as never)] }),
      literal,
    ],
  ]),
  ['an object for a list', deployed({ secrets: { db: literal } }), literal],
  ['a text for a list', deployed({ secrets: literal }), literal],
  ['a text for a mount', deployed({ secrets: [literal] }), literal],
  ['a long text for a mount', deployed({ secrets: [`${literal}${'q9'.repeat(200)}`] }), literal],
  ['an object for a mount', deployed({ secrets: [{ name: 'db', value: literal }] }), literal],
  ['a list for a mount', deployed({ secrets: [['db', literal]] }), literal],
  [
    'a text for a template',
    deployed({ secrets: [VaultSecretMount.kv('secret/data/x', { file, template: literal } as never)] }),
    literal,
  ],
  [
    'a text for what happens on a change',
    deployed({ secrets: [VaultSecretMount.kv('secret/data/x', { ...field, onChange: literal } as never)] }),
    literal,
  ],
  ['a number', deployed({ secrets: [48151623] }), '48151623'],
  ['a number for a prop that is none', deployed({ secrets: [{ pin: 48151623 }] }), '48151623'],
  ['a key', deployed({ secrets: { [literal]: 'db' } }), literal],
  ['bytes', deployed({ secrets: [Buffer.from(literal)] }), '104,117,110'],
  ['a mount of a sidecar', deployed({ sidecars: [{ ...basics, name: 'a', secrets: [literal] }] }), literal],
];

const malformed = commands.map(
  ([props, secret = literal]): Case => [`the command ${JSON.stringify(props)}`, deployed(props), secret],
);

describe('a secret in what is refused', () => {
  it('is in no finding: an address that says who logs in is not shown at all', () => {
    const { app, shop } = testNamespace({ vault: { address: 'HTTPS://root:pw@vault' } });
    deployed({ secrets: [VaultSecretMount.kv('secret/data/x', field)] })(shop);
    expect(findingsOf(app).filter(({ property }) => property === 'vault.address')).toHaveLength(1);
    expect(JSON.stringify(findingsOf(app))).not.toContain('root:pw');
    expect(() => app.synthYaml()).toThrow(/the address says who logs in/);
    expect(() => app.synthYaml()).not.toThrow(/root:pw/);
  });

  it.each([...cases, ...valuesOfMounts, ...malformed].map((each) => [each[0], each] as const))(
    'is in no finding: %s',
    (_, [, declare, secret, props = {}]) => {
      const { app, shop } = testNamespace(props);
      declare(shop);
      const findings = findingsOf(app);
      expect(JSON.stringify(findings)).toContain('<redacted>');
      expect(JSON.stringify(findings.map(({ value, message, remedy }) => [value, message, remedy]))).not.toContain(
        secret,
      );
      let message = '';
      try {
        app.synthYaml();
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain('<redacted>');
      expect(message).not.toContain(secret);
    },
  );

  it('is in no error about rights', () => {
    const fault = {
      property: 'vault.address',
      value: `x${token}`,
      message: `${token} is no address`,
      remedy: 'give one',
    };
    const error = new VaultAccessError([fault]);
    expect(error.message).toContain('<redacted> is no address');
    expect(error.message + JSON.stringify(error.faults)).not.toContain(token);
  });

  it('is in no error about what holds itself', () => {
    const { app, shop } = testNamespace();
    const ring: Record<string, unknown> = { password: 'hunter2Canary9' };
    ring.ring = ring;
    deployed({ enviroment: ring })(shop);
    expect(JSON.stringify(findingsOf(app))).not.toContain('hunter2');
  });

  it('shows commands without one', () => {
    const { app, shop } = testNamespace();
    deployed({ arg: ['--port', '8080', '-p', '9090', '--password-file', '/run/db'], comand: 'nginx -g daemon' })(shop);
    expect(JSON.stringify(findingsOf(app))).toMatch(/9090.*nginx -g daemon/);
    expect(JSON.stringify(findingsOf(app))).not.toContain('<redacted>');
  });

  it('hides nothing else', () => {
    const { app, shop } = testNamespace();
    deployed({
      replicaz: 3,
      env: { MODE: ['fast'] },
      secrets: [SecretFile.fromSecret('db', { key: 'a', file: 'a/b' })],
    })(shop);
    expect(JSON.stringify(findingsOf(app))).toMatch(/fast.*a\/b|a\/b.*fast/);
    expect(JSON.stringify(findingsOf(app))).not.toContain('<redacted>');
  });
});
