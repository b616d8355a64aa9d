import { container, object, pod } from '../rule-cases';
import { breaks, type Edge, type Edges, keeps } from './edge';

/** A password that gives itself away by its name alone. */
const plain = 'hunter2';
const token = `glpat-${'aB3'.repeat(7)}`;
const at = (property: string) => `spec.containers[0].${property}`;

/** Names that say of a setting that it holds a secret: in words, in camel case. */
const secretNames = ['password', 'db-password', 'api_key', 'apiKey', 'dbPassword', 'accessToken', 'TOKEN'];
/** Names that speak about a secret, or of none. */
const innocentNames = [
  'port',
  'password-file',
  'token_url',
  'passwordFile',
  'tokenTtl',
  'secretName',
  'tokenScopes',
  'pull_secret',
  'monkey',
  'compass',
];
/** Names that end as names about a secret do, and go on. */
const continuedNames = ['password-file-x', 'token.id-x', 'passwordFileX', 'tls-secret-x'];
/** Values that are no secret, whatever their name: nothing, numbers, switches, paths, references. */
const innocentValues = [
  'true',
  '"No',
  'sha-256',
  '3600s',
  '/run/secrets/db',
  '"/run/secrets/db',
  '$(PASSWORD)',
  'vault:a/b#c',
];
/** Values that only look so at the start, or at the end. */
const secretValues = [plain, 'truex', 'xtrue', '8x', 'x8', 'x/run/secrets/db', 'xvault:a'];
/** What a shell puts in. */
const shellValues = ['$PASSWORD', '`cat', '"$P', '%X{pw}'];

/** So many characters are read of a value. */
const READ = 16_384;
const longest = 'a'.repeat(READ);
const tooLong = 'a'.repeat(READ + 1);
/** It ends with the last character that is read, and is one short of that. */
const shown = token.slice(0, 26).padStart(READ);
const hidden = token.slice(0, 26).padStart(READ + 1);
/** Settings about logins: how, and with what. */
const logins: readonly (readonly [string, string])[] = [
  ['AUTH', 'admin:secret'],
  ['redis_auth', 'hunter2'],
  ['basicauth', 'abcdefghijklmnopqrstuvwx'],
];
const noLogins: readonly (readonly [string, string])[] = [
  ['AUTH', 'oidc'],
  ['auth', 'abcdefghijklmnopqrstuvw'],
  ['auth', '8'],
  ['auth', 'true'],
  ['auth', '/run/auth8'],
  ['auth_realm', 'shop8'],
  ['oauth', 'shop8'],
];

/** Annotations of a pod, of a workload, and of the pods that it makes. */
const annotated = (annotations: object): Edge['object'] =>
  ({ ...container({}), metadata: { name: 'api', annotations } }) as Edge['object'];
const deployment = (own: object, ofPods: object): Edge['object'] =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', annotations: own },
    spec: { template: { metadata: { annotations: ofPods }, spec: container({}).spec } },
  }) as Edge['object'];
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Where a setting has a name and a value. */
const settings: readonly (readonly [string, (name: string, value: string) => Edge['object']])[] = [
  [at('env[0].value'), (name, value) => container({ env: [{ name, value }] })],
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(
    (probe) =>
      [
        at(`${probe}.httpGet.httpHeaders[0].value`),
        (name: string, value: string) =>
          container({ [probe]: { httpGet: { port: 80, httpHeaders: [{ name, value }] } } }),
      ] as const,
  ),
  ...['postStart', 'preStop'].map(
    (hook) =>
      [
        at(`lifecycle.${hook}.httpGet.httpHeaders[0].value`),
        (name: string, value: string) =>
          container({ lifecycle: { [hook]: { httpGet: { port: 80, httpHeaders: [{ name, value }] } } } }),
      ] as const,
  ),
];

/** Where arguments stand. */
const commands: readonly (readonly [string, (list: readonly string[]) => Edge['object']])[] = [
  [at('command'), (command) => container({ command })],
  [at('args'), (args) => container({ args })],
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(
    (probe) =>
      [
        at(`${probe}.exec.command`),
        (command: readonly string[]) => container({ [probe]: { exec: { command } } }),
      ] as const,
  ),
  ...['postStart', 'preStop'].map(
    (hook) =>
      [
        at(`lifecycle.${hook}.exec.command`),
        (command: readonly string[]) => container({ lifecycle: { [hook]: { exec: { command } } } }),
      ] as const,
  ),
];

const attribute = (name: string, value: string) =>
  container({}, { volumes: [{ name: 'share', csi: { driver: 'a', volumeAttributes: { [name]: value } } }] });
const attributePath = (name: string) =>
  /^[A-Za-z_]\w*$/.test(name)
    ? `spec.volumes[0].csi.volumeAttributes.${name}`
    : `spec.volumes[0].csi.volumeAttributes["${name}"]`;

/** A setting of a secret anywhere in a text, and what is none. */
const assignments = (secret: (text: string) => Edge, harmless: (text: string) => Edge): readonly Edge[] => [
  ...secretNames.flatMap((name) => [secret(`--${name}=${plain}`), secret(`run; ${name}=${plain} x`)]),
  ...innocentNames.map((name) => harmless(`--${name}=${plain}`)),
  ...continuedNames.map((name) => secret(`--${name}=${plain}`)),
  ...[...innocentValues, ...shellValues].map((value) => harmless(`password=${value}`)),
  ...secretValues.map((value) => secret(`password=${value}`)),
  // One of several is enough.
  secret(`port=8 password=${plain}`),
  secret(`password=a$${plain}`),
];

const flags = (
  secret: (list: readonly string[]) => Edge,
  harmless: (list: readonly string[]) => Edge,
): readonly Edge[] => [
  ...secretNames.map((name) => secret(['app', `--${name}`, plain])),
  ...innocentNames.map((name) => harmless(['app', `--${name}`, plain])),
  ...continuedNames.map((name) => secret(['app', `--${name}`, plain])),
  ...[...innocentValues, ...shellValues].map((value) => harmless(['app', '--password', value])),
  ...secretValues.map((value) => secret(['app', '--password', value])),
  secret(['--port', 'x', '--password', plain]),
  harmless(['--password', '--verbose']),
  harmless(['password', plain]),
  secret(['-password', plain]),
  secret(['--password', `a$${plain}`]),
];

const innocent: Edge['object'] = container({ env: [{ name: 'A' }], command: [''], args: [] });

/** A volume, and what mounts it. */
const withVolume = (volume: object, roles: object) =>
  pod({ containers: [], ...roles, volumes: [{ name: 'db', ...volume }] });
const mounting = (name: string, part: object = {}) => ({
  name: 'api',
  volumeMounts: [{ name, mountPath: '/a', ...part }],
});
const severally = {
  name: 'api',
  volumeMounts: [
    { name: 'other', mountPath: '/b' },
    { name: 'db', mountPath: '/a' },
    { name: 'db', mountPath: '/c', subPath: 'a' },
  ],
};
const both = [mounting('db'), mounting('db')];
const sidecar = { ...mounting('db'), restartPolicy: 'Always' };
const twice = (role: string) => (role === 'containers' ? both : [mounting('db')]);
const whole = { secretName: 'db' };
const key = { key: 'a', path: 'a' };
const volumeName = 'spec.volumes[0].name';

/** Objects at the edges of the rules about secrets. */
export const secretsEdges: Edges = {
  'secret-literal': [
    keeps(innocent),
    ...settings.flatMap(([property, make]) => [
      ...secretNames.map((name) => breaks(make(name, plain), property)),
      ...innocentNames.map((name) => keeps(make(name, plain))),
      ...continuedNames.map((name) => breaks(make(name, plain), property)),
      ...innocentValues.map((value) => keeps(make('password', value))),
      ...secretValues.map((value) => breaks(make('password', value), property)),
      breaks(make('setting', token), property),
      keeps(make('password', '')),
      breaks(make('password', longest), property),
      breaks(make('password', tooLong), property),
      keeps(make('password', ' '.repeat(READ))),
      breaks(make('setting', token.padEnd(READ + 1)), property),
      breaks(make('setting', shown), property),
      keeps(make('setting', hidden)),
      ...logins.map(([name, value]) => breaks(make(name, value), property)),
      ...noLogins.map(([name, value]) => keeps(make(name, value))),
      ...assignments(
        (text) => breaks(make('setting', text), property),
        (text) => keeps(make('setting', text)),
      ),
    ]),
    ...settings
      .slice(1)
      .flatMap(([property, make]) => [
        breaks(make('Authorization', 'Basic aHVudGVyMg=='), property),
        breaks(make('proxy-authorization', 'Basic aHVudGVyMg=='), property),
        ...innocentValues.map((value) => keeps(make('authorization', value))),
        ...secretValues.map((value) => breaks(make('authorization', value), property)),
        keeps(make('x-authorization', 'Basic aHVudGVyMg')),
        keeps(make('authorization-x', 'Basic aHVudGVyMg')),
      ]),
    ...commands.flatMap(([property, make]) => [
      ...assignments(
        (text) => breaks(make(['app', text]), `${property}[1]`),
        (text) => keeps(make(['app', text])),
      ),
      breaks(make(['app', token]), `${property}[1]`),
      keeps(make(['', 'app'])),
      breaks(make([`password=${plain}`.padEnd(READ + 1)]), `${property}[0]`),
      breaks(make([shown]), `${property}[0]`),
      keeps(make([hidden])),
      ...flags(
        (list) => breaks(make(list), property),
        (list) => keeps(make(list)),
      ),
      // A token is found by itself, and not once more by its flag.
      breaks(make(['--password', token]), `${property}[1]`),
      // Together with the ends of their lines.
      breaks(make(['a'.repeat(READ - 13), '--password', plain.slice(0, 1)]), property),
      keeps(make(['a'.repeat(READ - 12), '--password', plain.slice(0, 1)])),
      breaks(make(['--password', plain, longest]), property),
    ]),
    ...secretNames.map((name) => breaks(attribute(name, plain), attributePath(name))),
    ...innocentNames.map((name) => keeps(attribute(name, plain))),
    ...continuedNames.map((name) => breaks(attribute(name, plain), attributePath(name))),
    ...innocentValues.map((value) => keeps(attribute('password', value))),
    ...secretValues.map((value) => breaks(attribute('password', value), attributePath('password'))),
    breaks(attribute('setting', token), attributePath('setting')),
    keeps(attribute('password', '')),
    breaks(attribute('password', longest), attributePath('password')),
    breaks(attribute('password', tooLong), attributePath('password')),
    breaks(attribute('password', ' '.repeat(READ + 1)), attributePath('password')),
    keeps(attribute('password', ' '.repeat(READ))),
    breaks(attribute('setting', shown), attributePath('setting')),
    keeps(attribute('setting', hidden)),
    ...logins.map(([name, value]) => breaks(attribute(name, value), attributePath(name))),
    ...noLogins.map(([name, value]) => keeps(attribute(name, value))),
    breaks(container({ env: [{ name: 'password', value: ' '.repeat(READ + 1) }] }), at('env[0].value')),
    breaks(annotated({ note: token }), 'metadata.annotations.note'),
    breaks(annotated({ note: shown }), 'metadata.annotations.note'),
    keeps(annotated({ note: hidden })),
    keeps(annotated({ 'checksum/secret': plain, password: plain })),
    keeps(annotated({ [lastApplied]: token })),
    breaks(deployment({ note: token }, {}), 'metadata.annotations.note'),
    breaks(deployment({ note: shown }, {}), 'metadata.annotations.note'),
    keeps(deployment({ note: hidden }, {})),
    keeps(deployment({ 'checksum/secret': plain }, { 'checksum/secret': plain })),
    keeps(deployment({ [lastApplied]: token }, {})),
    breaks(deployment({}, { note: token }), 'spec.template.metadata.annotations.note'),
    ...assignments(
      (text) => breaks(attribute('setting', text), attributePath('setting')),
      (text) => keeps(attribute('setting', text)),
    ),
  ],
  'secret-in-env': [
    breaks(
      container({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }] }),
      at('env[0].valueFrom.secretKeyRef'),
    ),
    breaks(container({ envFrom: [{ secretRef: { name: 'a' } }] }), at('envFrom[0].secretRef')),
    keeps(container({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }] })),
  ],
  'secret-volume': [
    ...(['containers', 'initContainers', 'ephemeralContainers'] as const).flatMap((role) => [
      keeps(withVolume({ secret: whole }, { [role]: [mounting('db')] })),
      breaks(withVolume({ secret: whole }, { [role]: [mounting('other')] }), volumeName),
      breaks(withVolume({ secret: whole }, { containers: [mounting('db')], [role]: twice(role) }), volumeName),
    ]),
    breaks(withVolume({ secret: whole }, { containers: [mounting('db')], initContainers: [sidecar] }), volumeName),
    keeps(withVolume({ secret: whole }, { initContainers: [sidecar] })),
    keeps(withVolume({ secret: { items: [key] } }, { containers: both })),
    keeps(withVolume({ emptyDir: {} }, { containers: both })),
    keeps(withVolume({ emptyDir: {} }, {})),
    breaks(withVolume({ secret: { items: [] } }, { containers: both }), volumeName),
    breaks(withVolume({ projected: { sources: [{ secret: {} }] } }, { containers: both }), volumeName),
    breaks(withVolume({ projected: { sources: [{ secret: { items: [] } }] } }, { containers: both }), volumeName),
    breaks(
      withVolume({ projected: { sources: [{ configMap: {} }, { secret: {} }] } }, { containers: both }),
      volumeName,
    ),
    keeps(withVolume({ projected: { sources: [{ secret: { items: [key] } }] } }, { containers: both })),
    keeps(withVolume({ projected: { sources: [{ configMap: {} }] } }, { containers: both })),
    keeps(withVolume({ projected: { sources: [{ configMap: {} }] } }, {})),
    breaks(withVolume({ projected: { sources: [{ secret: { items: [key] } }] } }, {}), volumeName),
    ...[{ subPath: 'a' }, { subPathExpr: 'a' }].flatMap((part) => [
      keeps(withVolume({ secret: whole }, { containers: [mounting('db'), mounting('db', part)] })),
      breaks(withVolume({ secret: whole }, { containers: [...both, mounting('db', part)] }), volumeName),
    ]),
    keeps(withVolume({ secret: whole }, { containers: [mounting('db'), mounting('other')] })),
    breaks(withVolume({ secret: whole }, { containers: [mounting('db'), severally] }), volumeName),
  ],
  'storage-encryption': ['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com', 'kubernetes.io/aws-ebs'].flatMap(
    (provisioner) => [
      breaks(object('storage.k8s.io/v1', 'StorageClass', { provisioner }), 'parameters.encrypted'),
      keeps(object('storage.k8s.io/v1', 'StorageClass', { provisioner, parameters: { encrypted: 'true' } })),
    ],
  ),
};
