import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ClusterTarget,
  CommandOnChange,
  EncryptedSecret,
  type LockedNamespace,
  RestartOnChange,
  SecretFile,
  SecureDeployment,
  type SecureDeploymentProps,
  SecureJob,
  SignalOnChange,
} from '../../../../index';
import { basics, errorsOf, findingsOf, objectOf, testNamespace } from '../../../support/app';
import { encryptedValue, fileOf, sealedSecret, sopsSecret } from '../../../support/encryption/fixtures';

const password = { key: 'password', file: '/etc/db/password' } as const;

interface Pod {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly volumes: readonly object[];
    readonly containers: readonly { readonly volumeMounts: readonly object[]; readonly env?: unknown }[];
  };
}

function podOf(make: (shop: LockedNamespace) => Partial<SecureDeploymentProps>): Pod {
  const { app, shop } = testNamespace({ target: ClusterTarget.of('1.36') });
  new SecureDeployment(shop, 'api', { ...basics, ...make(shop) });
  expect(errorsOf(app)).toEqual([]);
  return (objectOf(app, 'Deployment', 'api').spec as { readonly template: Pod }).template;
}

describe('SecretFile', () => {
  it('mounts a key as a file that the group of the workload reads, and no environment', () => {
    const { spec } = podOf(() => ({ secrets: [SecretFile.fromSecret('db', password)] }));
    const items = [{ key: 'password', path: 'password', mode: 0o440 }];
    expect(spec.volumes).toEqual([
      { name: 'secret-etc-db', projected: { defaultMode: 0o440, sources: [{ secret: { name: 'db', items } }] } },
    ]);
    expect(spec.containers[0]?.volumeMounts).toEqual([{ name: 'secret-etc-db', mountPath: '/etc/db', readOnly: true }]);
    expect(JSON.stringify(spec.containers)).not.toMatch(/secretKeyRef|envFrom/);
  });

  it('takes the keys of one Secret from one moment, and those of others beside them', () => {
    const { spec } = podOf(() => ({
      secrets: [
        SecretFile.fromSecret('tls', { key: 'tls.crt', file: '/etc/tls/server.crt', mode: 0o444 }),
        SecretFile.fromSecret('ca', { key: 'ca.crt', file: '/etc/tls/ca.crt', optional: true }),
        SecretFile.fromSecret('tls', { key: 'tls.key', file: '/etc/tls/server.key' }),
      ],
    }));
    expect(spec.volumes).toEqual([
      {
        name: 'secret-etc-tls',
        projected: {
          defaultMode: 0o440,
          sources: [
            {
              secret: {
                name: 'tls',
                items: [
                  { key: 'tls.crt', path: 'server.crt', mode: 0o444 },
                  { key: 'tls.key', path: 'server.key', mode: 0o440 },
                ],
              },
            },
            { secret: { name: 'ca', items: [{ key: 'ca.crt', path: 'ca.crt', mode: 0o440 }], optional: true } },
          ],
        },
      },
    ]);
  });

  it('takes a Secret by what has made it', () => {
    const made: Readonly<Record<string, (shop: LockedNamespace) => { readonly name: string }>> = {
      EncryptedSecret: (shop) => new EncryptedSecret(shop, 'db', { file: fileOf(sopsSecret()) }),
      SealedSecret: (shop) => new EncryptedSecret(shop, 'db', { file: fileOf(sealedSecret()) }),
      ApiObject: (shop) => new ApiObject(shop, 'db', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' } }),
      'cdk8s-plus': (shop) => new kplus.Secret(shop, 'db', { metadata: { name: 'db' } }),
      'an imported one of cdk8s-plus': (shop) => kplus.Secret.fromSecretName(shop, 'db', 'db'),
    };
    for (const make of Object.values(made))
      expect(podOf((shop) => ({ secrets: [SecretFile.fromSecret(make(shop), password)] })).spec.volumes).toEqual([
        expect.objectContaining({ name: 'secret-etc-db' }),
      ]);
  });

  it('restarts the workload when SOPS has encrypted the Secret anew, and not else', () => {
    const value = encryptedValue();
    const text = (data: string) =>
      sopsSecret({
        data: `    password: ${data}\n`,
        sops: `sops: {mac: '${value}', age: [{recipient: age1a780cnupk0tamu33pu97azh8jlgf0fmey4rt2pra2zwvtmq0ketqkag9pj}]}\n`,
      });
    const revisionOf = (encrypted: string) =>
      podOf((shop) => {
        const db = new EncryptedSecret(shop, 'db', { file: fileOf(encrypted) });
        return { secrets: [SecretFile.fromSecret(db, { ...password, onChange: RestartOnChange.of() })] };
      }).metadata.annotations;
    expect(revisionOf(text(value))).toEqual({
      'kube-bulwark.dev/secret-revision': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(revisionOf(text(value))).toEqual(revisionOf(text(value)));
    expect(revisionOf(text(encryptedValue()))).not.toEqual(revisionOf(text(value)));
  });
});

type Refusal = readonly [
  secrets: (shop: LockedNamespace) => SecretFile,
  property: string,
  message: RegExp,
  workload?: Partial<SecureDeploymentProps>,
];
const from = (name: string, options: Partial<Parameters<typeof SecretFile.fromSecret>[1]>) => () =>
  SecretFile.fromSecret(name, { ...password, ...options });

const refusals: Readonly<Record<string, Refusal>> = {
  'no name': [from('', {}), 'secret', /"" is no name of a Secret/],
  'no name in Kubernetes': [from('My_Db', {}), 'secret', /is no name of a Secret/],
  'a ConfigMap': [
    (shop) => {
      const map = new ApiObject(shop, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'map' } });
      return SecretFile.fromSecret(map, password);
    },
    'secret',
    /a ConfigMap is no Secret/,
  ],
  'a Secret of another namespace': [
    () => SecretFile.fromSecret({ name: 'db', namespace: 'bank' }, password),
    'secret',
    /is in the namespace bank, and a pod reads those of its own: shop/,
  ],
  'a key that cannot be': [from('db', { key: 'a/b' }), 'key', /"a\/b" is no key of a Secret/],
  'a key that leads upwards': [from('db', { key: '..' }), 'key', /"\.\." is no key of a Secret/],
  'a key that the kubelet would take for its own': [from('db', { key: '..data' }), 'key', /"\.\.data" is no key/],
  'the folder itself as a key': [from('db', { key: '.' }), 'key', /"\." is no key of a Secret/],
  'an option that there is not': [
    from('db', { key: 'password', optinal: true } as never),
    'optinal',
    /there is no prop "optinal"/,
  ],
  'what is no flag': [
    from('db', { key: 'password', optional: 'yes' as never }),
    'optional',
    /"yes" is not true or false/,
  ],
  'no key': [from('db', { key: undefined as never }), 'key', /undefined is no key/],
  'a key that the Secret lacks': [
    (shop) =>
      SecretFile.fromSecret(new EncryptedSecret(shop, 'db', { file: fileOf(sopsSecret()) }), {
        ...password,
        key: 'pw',
      }),
    'key',
    /the Secret db has no key pw/,
  ],
  'no absolute path': [from('db', { file: 'password' }), 'file', /is no absolute path/],
  'a path that hides what the image has': [from('db', { file: '/etc/password' }), 'file', /would hide/],
  'a mode that others write with': [from('db', { mode: 0o666 }), 'mode', /0o666 is none for a secret/],
  'a file that root alone reads': [from('db', { mode: 0o400 }), 'mode', /cannot read it: it belongs to 0:/],
  'a restart for a Secret by name': [
    from('db', { onChange: RestartOnChange.of() }),
    'onChange',
    /nothing here says when/,
  ],
  'a restart for a SealedSecret': [
    (shop) =>
      SecretFile.fromSecret(new EncryptedSecret(shop, 'db', { file: fileOf(sealedSecret()) }), {
        ...password,
        onChange: RestartOnChange.of(),
      }),
    'onChange',
    /whoever fills it does so at a time of their own/,
  ],
  'a signal': [from('db', { onChange: SignalOnChange.of('SIGHUP', 'api') }), 'onChange', /neither signals a program/],
  'a command': [from('db', { onChange: CommandOnChange.of('/bin/true') }), 'onChange', /nor runs a command/],
};

describe('what cannot be mounted', () => {
  it.each(Object.entries(refusals))('%s is refused', (_, [secret, property, message, workload]) => {
    const { app, shop } = testNamespace({ target: ClusterTarget.of('1.36') });
    new SecureDeployment(shop, 'api', { ...basics, secrets: [secret(shop)], ...workload });
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({
        rule: 'secret-mount',
        construct: 'shop/api',
        property: `secrets[0].${property}`,
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(/\w{2}/),
      }),
    ]);
  });

  it('a Secret that holds values is refused, however it was made', () => {
    const { app, shop } = testNamespace();
    const secret = new kplus.Secret(shop, 'db', { stringData: { password: 'canary-hunter2' } });
    new SecureDeployment(shop, 'api', { ...basics, secrets: [SecretFile.fromSecret(secret, password)] });
    expect(errorsOf(app).map(({ rule, value }) => [rule, value])).toEqual([['secret-in-manifest', '<redacted>']]);
    expect(() => app.synth()).toThrow(/carries a value \(password\)/);
    expect(JSON.stringify(findingsOf(app))).not.toContain('hunter2');
  });

  it.each(['data', 'stringData'])(
    'a Secret in the program whose %s holds values is refused, and no value is shown',
    (field) => {
      const { app, shop } = testNamespace();
      const given = { name: 'db', [field]: { password: 'hunter2Wordy' } };
      new SecureDeployment(shop, 'api', { ...basics, secrets: [SecretFile.fromSecret(given, password)] });
      expect(errorsOf(app)).toEqual([
        expect.objectContaining({
          rule: 'secret-mount',
          property: `secrets[0].secret.${field}`,
          message: expect.stringMatching(/no Secret is made of them/),
        }),
      ]);
      expect(JSON.stringify(errorsOf(app))).not.toContain('hunter2Wordy');
    },
  );

  it('a Job is told of no change', () => {
    const { app, shop } = testNamespace();
    const db = new EncryptedSecret(shop, 'db', { file: fileOf(sopsSecret()) });
    const secrets = [SecretFile.fromSecret(db, { ...password, onChange: RestartOnChange.of() })];
    new SecureJob(shop, 'once', { ...basics, secrets });
    expect(errorsOf(app).map(({ message }) => message)).toEqual([
      expect.stringMatching(/a Job reads its secrets once/),
    ]);
  });
});
