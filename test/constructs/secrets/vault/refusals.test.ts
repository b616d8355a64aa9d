import {
  ClusterTarget,
  CommandOnChange,
  type PlatformProps,
  Probe,
  RestartOnChange,
  SecretTemplate,
  SecureDeployment,
  type SecureDeploymentProps,
  SecureJob,
  SignalOnChange,
  VaultSecretMount,
  type VaultServer,
} from '../../../../index';
import { basics, errorsOf, findingsOf, image, testNamespace, vault } from '../../../support/app';

const { kv, database, pki, transit } = VaultSecretMount;
const server: VaultServer = { ...vault, agent: { image } };
const file = '/etc/orders/password';
const field = 'password';
const path = 'secret/data/db';
const certificate = { commonName: 'orders', files: { certificate: '/etc/tls/tls.crt' }, delivery: 'agent' } as const;

interface Refusal {
  readonly secrets: readonly VaultSecretMount[];
  readonly vault?: Partial<VaultServer>;
  readonly target?: PlatformProps['target'];
  readonly workload?: Partial<SecureDeploymentProps>;
  readonly job?: boolean;
  /** Below the construct. @default 'secrets[0].<…>' */
  readonly property: string;
  readonly message: RegExp;
  readonly remedy: RegExp;
}

const windows = ClusterTarget.of('1.34', { nodes: { os: 'mixed' } });
const agent = { delivery: 'agent' } as const;
const operator = { delivery: 'operator' } as const;

const refusals: Readonly<Record<string, Refusal>> = {
  ...Object.fromEntries(
    [
      [CommandOnChange.of(5 as never), 'a number'],
      [CommandOnChange.of('/bin/x', { a: 1 } as never), 'a mapping'],
      [CommandOnChange.of('/bin/x', 'a\0b'), 'a text with an end in it'],
    ].map(([onChange, what]): [string, Refusal] => [
      `a command with ${what as string} in it`,
      {
        secrets: [kv(path, { file, field, onChange: onChange as CommandOnChange, ...agent })],
        property: 'secrets[0].onChange',
        message: /has a word that is no text/,
        remedy: /give each argument as a text/,
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ['/var/run/secrets/kubernetes.io/serviceaccount/token', /where tokens of the pod are mounted/],
      ['/run/secrets/kubernetes.io/serviceaccount/token', /where tokens of the pod are mounted/],
      ['/var/run/secrets/eks.amazonaws.com/serviceaccount/token', /where tokens of the pod are mounted/],
      ['/var/run/secrets/azure/tokens/a', /where tokens of the pod are mounted/],
      ['/usr/share/nginx/html/a', /web servers hand to everybody/],
      ['/var/www/html/secrets/a', /web servers hand to everybody/],
      ['/etc/a:b/p', /has a colon in it,/],
    ].map(([at, message]): [string, Refusal] => [
      `a file at ${at as string}`,
      {
        secrets: [kv(path, { file: at as string, field })],
        property: 'secrets[0].file',
        message: message as RegExp,
        remedy: /a folder of its own/,
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      SecretTemplate.text('user={{ .u }}\npassword=hunter2\n'),
      SecretTemplate.text('host=db;password=hunter2;user={{ .u }}'),
      SecretTemplate.text('{{ .u }} hvs.CAESIJx7Qm2Lk9Tz4WvB8nRcYd1HsPf3'),
      SecretTemplate.text('{{ .u }} x8Kq2Lm9Zt4Wv7BnRc3Y'),
      SecretTemplate.text("CREATE USER x WITH PASSWORD 'hunter2'; -- {{ .password }}"),
      SecretTemplate.text('user a on >hunter2\nuser b >{{ .password }}'),
      SecretTemplate.json({ user: 'u', redis: SecretTemplate.text('redis,password=hunter2,name={{ .u }}') }),
    ].map((template, i): [string, Refusal] => [
      `a template with a value in it (${i})`,
      {
        secrets: [kv(path, { file, template, ...agent })],
        property: 'secrets[0].template',
        message: /^container orders: the template (?:sets|looks like|holds|writes)/,
        remedy: /put the value into the secret store/,
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      CommandOnChange.of('/bin/x', '--password=hunter2'),
      CommandOnChange.of('/bin/x', '--password', 'hunter2'),
      CommandOnChange.of('/bin/sh', '-c', 'TOKEN=hunter2 reload'),
      CommandOnChange.of('curl', '-H', 'Authorization: Bearer hunter2', 'http://x'),
    ].map((onChange, i): [string, Refusal] => [
      `a command with a value in it (${i})`,
      {
        secrets: [kv(path, { file, field, onChange, ...agent })],
        property: 'secrets[0].onChange',
        message: /: the command (?:sets|writes|has the value of --password)/,
        remedy: /read the file that the secret becomes/,
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      kv('secret/data/db password=hunter2', { file, field }),
      kv('secret/db password=hunter2', { file, field, engine: 1 }),
      database('database/creds/orders password=hunter2', { file, ...agent }),
      pki('pki/issue/orders token=hunter2', certificate),
      transit('transit/keys/orders token=hunter2', { operations: ['encrypt'], ...agent }),
    ].map((mount, i): [string, Refusal] => [
      `a path with a value behind it (${i})`,
      {
        secrets: [mount],
        property: 'secrets[0].path',
        message: /the path holds a secret in the clear/,
        remedy: /name the path alone/,
      },
    ]),
  ),
  "a transit key on the workload's port": {
    secrets: [transit('transit/keys/orders', { operations: ['encrypt'], ...agent })],
    workload: { port: 8200, readiness: Probe.tcp() },
    property: 'secrets[0].port',
    message: /a container of the pod listens on 8200/,
    remedy: /one port from 1024 to 65535 that no container has/,
  },
  'a transit key on the port of another container': {
    secrets: [transit('transit/keys/orders', { operations: ['encrypt'], port: 9000, ...agent })],
    workload: { containers: [{ ...basics, name: 'proxy', port: 9000, readiness: Probe.tcp() }] },
    property: 'secrets[0].port',
    message: /a container of the pod listens on 9000/,
    remedy: /one port from 1024 to 65535/,
  },
  'a path without a mount': {
    secrets: [kv('db', { file, field })],
    property: 'secrets[0].path',
    message: /names no secret below a mount/,
    remedy: /begin with where the engine is mounted/,
  },
  'a path with ..': {
    secrets: [kv('secret/data/../other', { file, field })],
    property: 'secrets[0].path',
    message: /leads upwards/,
    remedy: /write the whole path/,
  },
  'a path with a leading slash': {
    secrets: [kv('/secret/data/db', { file, field })],
    property: 'secrets[0].path',
    message: /begins with a slash/,
    remedy: /leave it out/,
  },
  'a path that ends a policy or a URL': {
    secrets: [kv('secret/data/db" { }', { file, field })],
    property: 'secrets[0].path',
    message: /a URL or a policy reads as something else/,
    remedy: /leave out/,
  },
  'a role of a database that is none': {
    secrets: [database('database/orders', { file, ...agent })],
    property: 'secrets[0].path',
    message: /no path of the form <mount>\/creds\/<name>/,
    remedy: /database\/creds\/orders/,
  },
  'a certificate from elsewhere': {
    secrets: [pki('pki/sign/orders', certificate)],
    property: 'secrets[0].path',
    message: /no path of the form <mount>\/issue\/<name>/,
    remedy: /pki\/issue\/orders/,
  },
  'a TTL longer than the maximum': {
    secrets: [pki('pki/issue/orders', { ...certificate, ttl: '8760h' })],
    property: 'secrets[0].ttl',
    message: /good for 8760h is more than Vault gives: its longest is 768h/,
    remedy: /ask for 768h or less/,
  },
  "a TTL longer than this Vault's maximum": {
    secrets: [pki('pki/issue/orders', { ...certificate, ttl: '48h' })],
    vault: { maxTtl: '24h' },
    property: 'secrets[0].ttl',
    message: /its longest is 24h/,
    remedy: /vault.maxTtl/,
  },
  'a TTL that is no duration': {
    secrets: [pki('pki/issue/orders', { ...certificate, ttl: 'a day' })],
    property: 'secrets[0].ttl',
    message: /"a day" is no duration/,
    remedy: /'24h'/,
  },
  'a certificate that becomes no file': {
    secrets: [pki('pki/issue/orders', { ...certificate, files: {} })],
    property: 'secrets[0].files',
    message: /no part of the certificate/,
    remedy: /name the files/,
  },
  'a template with an unclosed action': {
    secrets: [kv(path, { file, template: SecretTemplate.text('{{ .password'), ...agent })],
    property: 'secrets[0].template',
    message: /opens an action and does not close it/,
    remedy: /close it/,
  },
  'a template that prints a field the source lacks': {
    secrets: [database('database/creds/orders', { file, template: SecretTemplate.text('{{ .user }}'), ...agent })],
    property: 'secrets[0].template',
    message: /prints the field user, which the secret has not/,
    remedy: /print one of username, password/,
  },
  'a field that the secret is known to lack': {
    secrets: [kv(path, { file, field: 'pass', fields: ['username', 'password'] })],
    property: 'secrets[0].field',
    message: /the secret has no field pass/,
    remedy: /name one of username, password/,
  },
  'a field and a template': {
    secrets: [kv(path, { file, field, template: SecretTemplate.text('{{ .password }}'), ...agent })],
    property: 'secrets[0].template',
    message: /one field, and a template/,
    remedy: /leave one of them out/,
  },
  'a template by csi': {
    secrets: [kv(path, { file, template: SecretTemplate.text('{{ .password }}') })],
    property: 'secrets[0].delivery',
    message: /has no templates/,
    remedy: /agent or operator/,
  },
  'a Secret beside the file by agent': {
    secrets: [kv(path, { file, field, ...agent, syncAs: { secret: 'db', key: 'password' } })],
    property: 'secrets[0].syncAs',
    message: /^container orders: only csi keeps a Secret beside the file/,
    remedy: /deliver by csi/,
  },
  'a Secret beside the file by operator': {
    secrets: [kv(path, { file, field, ...operator, syncAs: { secret: 'db', key: 'password' } })],
    property: 'secrets[0].syncAs',
    message: /operator mounts the one that it makes/,
    remedy: /leave syncAs out/,
  },
  'a Secret of no name': {
    secrets: [kv(path, { file, field, syncAs: { secret: 'A_B', key: 'password' } })],
    property: 'secrets[0].syncAs.secret',
    message: /is not a Secret's name/,
    remedy: /give a Secret's name/,
  },
  'a key that the kubelet keeps': {
    secrets: [kv(path, { file, field, syncAs: { secret: 'db', key: '..data' } })],
    property: 'secrets[0].syncAs.key',
    message: /"..data" is not a key of a Secret/,
    remedy: /give a key of a Secret/,
  },
  'one Secret of two folders': {
    secrets: ['/etc/a/x', '/etc/b/y'].map((to, i) =>
      kv(path, { file: to, field, syncAs: { secret: 'db', key: `k${i}` } }),
    ),
    property: 'secrets[1].syncAs.secret',
    message: /files of the folders \/etc\/a and \/etc\/b are to be one Secret/,
    remedy: /put the files into one folder/,
  },
  'one key of two files': {
    secrets: ['/etc/a/x', '/etc/a/y'].map((to) => kv(path, { file: to, field, syncAs: { secret: 'db', key: 'k' } })),
    property: 'secrets[1].syncAs.key',
    message: /the key k of the Secret db is already vault secret\/data\/db/,
    remedy: /a key of its own/,
  },
  'a lease by csi': {
    secrets: [database('database/creds/orders', { file, field: 'password' })],
    property: 'secrets[0].delivery',
    message: /renews no lease/,
    remedy: /agent or operator/,
  },
  'a transit key by csi': {
    secrets: [transit('transit/keys/orders', { operations: ['sign'] })],
    property: 'secrets[0].delivery',
    message: /a transit key is none/,
    remedy: /by agent/,
  },
  'a transit key by operator': {
    secrets: [transit('transit/keys/orders', { operations: ['sign'], ...operator })],
    property: 'secrets[0].delivery',
    message: /a transit key is none/,
    remedy: /by agent/,
  },
  'a transit key for a Job': {
    secrets: [transit('transit/keys/orders', { operations: ['sign'], ...agent })],
    job: true,
    property: 'secrets[0].delivery',
    message: /would never end/,
    remedy: /a workload that runs on/,
  },
  'a port that the agent cannot have': {
    secrets: [transit('transit/keys/orders', { operations: ['sign'], port: 80, ...agent })],
    property: 'secrets[0].port',
    message: /80 is no port/,
    remedy: /1024 to 65535/,
  },
  'csi on Fargate': {
    secrets: [kv(path, { file, field })],
    target: ClusterTarget.of('1.34', { distribution: 'eks-fargate' }),
    property: 'secrets[0].delivery',
    message: /Fargate runs no DaemonSet/,
    remedy: /agent or operator/,
  },
  'csi on GKE Autopilot': {
    secrets: [kv(path, { file, field })],
    target: ClusterTarget.of('1.34', { distribution: 'gke-autopilot' }),
    property: 'secrets[0].delivery',
    message: /Autopilot admits no privileged DaemonSet/,
    remedy: /agent or operator/,
  },
  'csi on Windows': {
    secrets: [kv(path, { file, field })],
    target: windows,
    workload: { os: 'windows' },
    property: 'secrets[0].delivery',
    message: /runs on Linux only/,
    remedy: /by operator/,
  },
  'the agent on Windows': {
    secrets: [kv(path, { file, field, ...agent })],
    target: windows,
    workload: { os: 'windows' },
    property: 'secrets[0].delivery',
    message: /runs on Linux only/,
    remedy: /by operator/,
  },
  'the agent without its image': {
    secrets: [kv(path, { file, field, ...agent })],
    vault: { agent: undefined },
    property: 'secrets[0].delivery',
    message: /nothing says which image/,
    remedy: /with its digest/,
  },
  'the agent where nothing says where Vault runs': {
    secrets: [kv(path, { file, field, ...agent })],
    vault: { pods: undefined },
    property: 'secrets[0].delivery',
    message: /its network stays closed/,
    remedy: /say where/,
  },
  'a delivery that there is not': {
    secrets: [kv(path, { file, field, delivery: 'pigeon' as never })],
    property: 'secrets[0].delivery',
    message: /no delivery "pigeon"/,
    remedy: /csi, agent, operator/,
  },
  'a restart by csi': {
    secrets: [kv(path, { file, field, onChange: RestartOnChange.of() })],
    property: 'secrets[0].onChange',
    message: /tells nobody/,
    remedy: /agent or operator/,
  },
  'a restart by agent of nobody knows what': {
    secrets: [kv(path, { file, field, onChange: RestartOnChange.of(), ...agent })],
    property: 'secrets[0].onChange',
    message: /by its name, and none is given/,
    remedy: /RestartOnChange.of\('orders'\)/,
  },
  'a signal by operator': {
    secrets: [kv(path, { file, field, onChange: SignalOnChange.of('SIGHUP', 'orders'), ...operator })],
    property: 'secrets[0].onChange',
    message: /outside the pod/,
    remedy: /RestartOnChange.of\(\)/,
  },
  'a signal that there is not': {
    secrets: [kv(path, { file, field, onChange: SignalOnChange.of('SIGKIL' as never, 'orders'), ...agent })],
    property: 'secrets[0].onChange',
    message: /SIGKIL is no signal/,
    remedy: /SIGHUP/,
  },
  'a program that a shell would read': {
    secrets: [kv(path, { file, field, onChange: SignalOnChange.of('SIGHUP', '$(id)'), ...agent })],
    property: 'secrets[0].onChange',
    message: /no name that a program can be found by/,
    remedy: /first 15 characters/,
  },
  'a command without words': {
    secrets: [kv(path, { file, field, onChange: CommandOnChange.of(...([] as unknown as [string])), ...agent })],
    property: 'secrets[0].onChange',
    message: /the command is empty/,
    remedy: /name the program/,
  },
  'what hides the settings of the image': {
    secrets: [kv(path, { file: '/etc/password', field })],
    property: 'secrets[0].file',
    message: /would hide what the image has in \/etc/,
    remedy: /a folder of its own/,
  },
  'a folder in place of a file': {
    secrets: [kv(path, { file: '/etc/orders/', field })],
    property: 'secrets[0].file',
    message: /names a folder/,
    remedy: /an absolute path/,
  },
  'two secrets in one file': {
    secrets: [kv(path, { file, field }), kv('secret/data/other', { file, field })],
    property: 'secrets[1].file',
    message: /is already vault secret\/data\/db/,
    remedy: /a file of its own/,
  },
  'two secrets in one file by two deliveries': {
    secrets: [kv(path, { file, field }), kv('secret/data/other', { file, field, ...agent })],
    property: 'secrets[1].file',
    message: /is already vault secret\/data\/db/,
    remedy: /a file of its own/,
  },
  'a folder of secrets within another': {
    secrets: [kv(path, { file, field }), kv('secret/data/other', { file: '/etc/orders/deep/file', field })],
    property: 'secrets[1].file',
    message: /is within \/etc\/orders/,
    remedy: /side by side/,
  },
  'a file of csi that its workload cannot read': {
    secrets: [kv(path, { file, field, mode: 0o440 })],
    property: 'secrets[0].mode',
    message: /user 65532 cannot read it: it belongs to 0:0 with the mode 0o440/,
    remedy: /0o444/,
  },
  'a file of the operator that its workload cannot read': {
    secrets: [kv(path, { file, field, mode: 0o400, ...operator })],
    property: 'secrets[0].mode',
    message: /user 65532 cannot read it: it belongs to 0:65532 with the mode 0o400/,
    remedy: /0o440/,
  },
  'a file of the agent that its workload cannot read': {
    secrets: [kv(path, { file, field, mode: 0o040, ...agent })],
    property: 'secrets[0].mode',
    message: /user 65532 cannot read it: it belongs to 65532:65532 with the mode 0o40/,
    remedy: /0o400/,
  },
  'a file that everybody can write': {
    secrets: [kv(path, { file, field, mode: 0o666 })],
    property: 'secrets[0].mode',
    message: /0o666 is none for a secret/,
    remedy: /0o440/,
  },
  'the version 0': {
    secrets: [kv(path, { file, field, version: 0 })],
    property: 'secrets[0].version',
    message: /is not a whole number from 1/,
    remedy: /give a whole number/,
  },
  'the version -1': {
    secrets: [kv(path, { file, field, version: -1 })],
    property: 'secrets[0].version',
    message: /is not a whole number from 1/,
    remedy: /give a whole number/,
  },
  'the version 1.5': {
    secrets: [kv(path, { file, field, version: 1.5 })],
    property: 'secrets[0].version',
    message: /is not a whole number from 1/,
    remedy: /give a whole number/,
  },
  'the version Number.NaN': {
    secrets: [kv(path, { file, field, version: Number.NaN })],
    property: 'secrets[0].version',
    message: /is not a whole number from 1/,
    remedy: /give a whole number/,
  },
  "the version '1&x=1' as never": {
    secrets: [kv(path, { file, field, version: '1&x=1' as never })],
    property: 'secrets[0].version',
    message: /is not a whole number from 1/,
    remedy: /give a whole number/,
  },
  'an engine that there is not': {
    secrets: [kv(path, { file, field, engine: 3 as never })],
    property: 'secrets[0].engine',
    message: /3 is not 1 or 2/,
    remedy: /give 1 or 2/,
  },
  'an engine that is mounted deeper': {
    secrets: [kv('team/kv/data/x', { file, field })],
    property: 'secrets[0].path',
    message: /in an engine that is mounted at team.kv/,
    remedy: /mount: 'team.kv' reads x there/,
  },
  ...Object.fromEntries(
    ['sys/mounts', 'auth/token/lookup-self', 'identity/oidc/token/x', 'cubbyhole/x'].map((own) => [
      `${own}, which is Vault's own`,
      {
        secrets: [kv(own, { file, field, engine: 1 })],
        property: 'secrets[0].path',
        message: /which is Vault's own/,
        remedy: /an engine's mount/,
      },
    ]),
  ),
  "a certificate of Vault's own": {
    secrets: [pki('sys/issue/x', certificate)],
    property: 'secrets[0].path',
    message: /which is Vault's own/,
    remedy: /./,
  },
  "a database of Vault's own": {
    secrets: [database('identity/creds/x', { file, ...agent })],
    property: 'secrets[0].path',
    message: /which is Vault's own/,
    remedy: /./,
  },
  "the operations ['*']": {
    secrets: [transit('transit/keys/orders', { operations: ['*'] as never, ...agent })],
    property: 'secrets[0].operations',
    message: /is not a list of one or more/,
    remedy: /encrypt/,
  },
  "the operations ['keys']": {
    secrets: [transit('transit/keys/orders', { operations: ['keys'] as never, ...agent })],
    property: 'secrets[0].operations',
    message: /is not a list of one or more/,
    remedy: /encrypt/,
  },
  "the operations ['export']": {
    secrets: [transit('transit/keys/orders', { operations: ['export'] as never, ...agent })],
    property: 'secrets[0].operations',
    message: /is not a list of one or more/,
    remedy: /encrypt/,
  },
  'the operations []': {
    secrets: [transit('transit/keys/orders', { operations: [] as never, ...agent })],
    property: 'secrets[0].operations',
    message: /is not a list of one or more/,
    remedy: /encrypt/,
  },
  'the operations undefined': {
    secrets: [transit('transit/keys/orders', { operations: undefined as never, ...agent })],
    property: 'secrets[0].operations',
    message: /is missing/,
    remedy: /encrypt/,
  },
  "the operations ['../../x']": {
    secrets: [transit('transit/keys/orders', { operations: ['../../x'] as never, ...agent })],
    property: 'secrets[0].operations',
    message: /is not a list of one or more/,
    remedy: /encrypt/,
  },
  "the operations 'sign'": {
    secrets: [transit('transit/keys/orders', { operations: 'sign' as never, ...agent })],
    property: 'secrets[0].operations',
    message: /is not a list of one or more/,
    remedy: /encrypt/,
  },
  'no path': {
    secrets: [kv(undefined as never, { file, field })],
    property: 'secrets[0].path',
    message: /undefined is no path/,
    remedy: /give a text/,
  },
  'a number in place of a path': {
    secrets: [database(5 as never, { file, ...agent })],
    property: 'secrets[0].path',
    message: /5 is no path/,
    remedy: /give a text/,
  },
  'no options': {
    secrets: [kv(path, undefined as never)],
    property: 'secrets[0].props',
    message: /it has no props/,
    remedy: /file:/,
  },
  'no file': {
    secrets: [kv(path, { field } as never)],
    property: 'secrets[0].file',
    message: /file is missing/,
    remedy: /./,
  },
  'an option that there is not': {
    secrets: [kv(path, { file, feild: 'x' } as never)],
    property: 'secrets[0].feild',
    message: /no prop "feild"/,
    remedy: /did you mean field/,
  },
  'an option of a transit key that there is not': {
    secrets: [transit('transit/keys/orders', { operations: ['sign'], file, ...agent } as never)],
    property: 'secrets[0].file',
    message: /no prop "file"/,
    remedy: /./,
  },
  'what is no change': {
    secrets: [kv(path, { file, field, onChange: 'restart' as never, ...agent })],
    property: 'secrets[0].onChange',
    message: /is not what happens on a change/,
    remedy: /RestartOnChange/,
  },
  'a file in a library folder': {
    secrets: [kv(path, { file: '/lib/orders/password', field })],
    property: 'secrets[0].file',
    message: /would hide what the image has/,
    remedy: /./,
  },
  'a file in a folder among programs': {
    secrets: [kv(path, { file: '/usr/bin/x/y', field })],
    property: 'secrets[0].file',
    message: /would hide what the image has/,
    remedy: /./,
  },
  'a file that the kubelet would take for its own': {
    secrets: [kv(path, { file: '/etc/a/..data', field })],
    property: 'secrets[0].file',
    message: /begins with two dots/,
    remedy: /./,
  },
  'a file with a NUL in its name': {
    secrets: [kv(path, { file: '/etc/a/b\u0000', field })],
    property: 'secrets[0].file',
    message: /control character/,
    remedy: /./,
  },
  'a file with a line break in its name': {
    secrets: [kv(path, { file: '/etc/a/b\nc', field })],
    property: 'secrets[0].file',
    message: /line break/,
    remedy: /./,
  },
  'a file with a name that no disk takes': {
    secrets: [kv(path, { file: `/etc/a/${'b'.repeat(300)}`, field })],
    property: 'secrets[0].file',
    message: /more than 255/,
    remedy: /./,
  },
  '/vault/tls/x by agent': {
    secrets: [kv(path, { file: '/vault/tls/x', field, ...agent })],
    property: 'secrets[0].file',
    message: /the agent has for itself/,
    remedy: /of its own/,
  },
  '/home/vault/x by agent': {
    secrets: [kv(path, { file: '/home/vault/x', field, ...agent })],
    property: 'secrets[0].file',
    message: /the agent has for itself/,
    remedy: /of its own/,
  },
  'an empty field': {
    secrets: [kv(path, { file, field: '' })],
    property: 'secrets[0].field',
    message: /is not a text of one line/,
    remedy: /./,
  },
  'a number in place of a field': {
    secrets: [kv(path, { file, field: 5 as never })],
    property: 'secrets[0].field',
    message: /5 is not a text/,
    remedy: /./,
  },
  'no name of a certificate': {
    secrets: [pki('pki/issue/orders', { ...certificate, commonName: '' })],
    property: 'secrets[0].commonName',
    message: /is not a name/,
    remedy: /./,
  },
  'a name of a certificate with a line break': {
    secrets: [pki('pki/issue/orders', { ...certificate, commonName: 'a\nb' })],
    property: 'secrets[0].commonName',
    message: /is not a name/,
    remedy: /./,
  },
  'two names of a certificate in one': {
    secrets: [pki('pki/issue/orders', { ...certificate, altNames: ['a,b'] })],
    property: 'secrets[0].altNames[0]',
    message: /is not a name/,
    remedy: /./,
  },
  'no address of a certificate': {
    secrets: [pki('pki/issue/orders', { ...certificate, ipSans: ['not-ip'] })],
    property: 'secrets[0].ipSans[0]',
    message: /is not an address/,
    remedy: /./,
  },
  'a template without a field': {
    secrets: [kv(path, { file, template: SecretTemplate.text('level=info'), ...agent })],
    property: 'secrets[0].template',
    message: /prints no field/,
    remedy: /print one/,
  },
  'an interval that is none': {
    secrets: [kv(path, { file, field })],
    vault: { refresh: 'often' },
    property: 'vault.refresh',
    message: /"often" is no duration/,
    remedy: /'1m'/,
  },
  'a CA where the operator does not look': {
    secrets: [kv(path, { file, field, ...operator })],
    vault: { ca: { secret: 'vault-ca', key: 'root.pem' } },
    property: 'vault.ca.key',
    message: /reads the key ca.crt/,
    remedy: /under ca.crt/,
  },
};

it.each(Object.entries(refusals))('refuses %s, in one error', (_, refusal) => {
  const { app, shop } = testNamespace({
    vault: { ...server, ...refusal.vault },
    ...(refusal.target && { target: refusal.target }),
  });
  const Kind = refusal.job ? SecureJob : SecureDeployment;
  new Kind(shop, 'orders', { ...basics, secrets: refusal.secrets, ...refusal.workload });
  expect(errorsOf(app)).toEqual([
    expect.objectContaining({
      rule: 'secret-mount',
      construct: 'shop/orders',
      property: refusal.property,
      message: expect.stringMatching(refusal.message),
      remedy: expect.stringMatching(refusal.remedy),
    }),
  ]);
});

it('refuses one port for two keys', () => {
  const { app, shop } = testNamespace({ vault: { ...server, delivery: 'agent' } });
  const key = (port: number) => transit('transit/keys/orders', { operations: ['sign'], port });
  new SecureDeployment(shop, 'orders', { ...basics, secrets: [key(8200), key(8300)] });
  expect(errorsOf(app)).toEqual([
    expect.objectContaining({ property: 'secrets[1].port', message: expect.stringContaining('8200 and 8300') }),
  ]);
});

it('refuses a folder of the agent where the container mounts something else', () => {
  const { app, shop } = testNamespace({ vault: { ...server, delivery: 'agent' } });
  new SecureDeployment(shop, 'orders', { ...basics, writable: ['/etc/orders'], secrets: [kv(path, { file, field })] });
  expect(errorsOf(app)).toEqual([expect.objectContaining({ rule: 'mount-path', value: '/etc/orders' })]);
});

it('refuses one file of the agent that is two secrets in two containers', () => {
  const { app, shop } = testNamespace({ vault: { ...server, delivery: 'agent' } });
  new SecureDeployment(shop, 'orders', {
    ...basics,
    secrets: [kv(path, { file, field })],
    containers: [{ ...basics, name: 'proxy', secrets: [kv('secret/data/other', { file, field })] }],
  });
  expect(errorsOf(app)).toEqual([
    expect.objectContaining({
      property: 'secrets[0].file',
      message: expect.stringContaining('writes one file for both'),
    }),
  ]);
});

describe('a transit key by the agent', () => {
  const key = transit('transit/keys/orders', { operations: ['sign'], ...agent });
  const password = kv('secret/data/root-password', { file, field });
  const warningsOf = (main: readonly VaultSecretMount[], other: Partial<SecureDeploymentProps>) => {
    const { app, shop } = testNamespace({ vault: server });
    new SecureDeployment(shop, 'orders', { ...basics, secrets: main, ...other });
    expect(errorsOf(app)).toEqual([]);
    return findingsOf(app).filter(({ severity, rule }) => severity === 'warning' && rule === 'secret-mount');
  };

  it.each(['containers', 'sidecars'] as const)('warns that it opens what others read to the %s', (where) => {
    expect(warningsOf([password], { [where]: [{ ...basics, name: 'proxy', secrets: [key] }] })).toMatchObject([
      { property: 'secrets[0].delivery', message: expect.stringContaining('root-password is open to proxy, too') },
      { property: 'secrets[0].delivery', message: expect.stringContaining('sign/orders is open to orders, too') },
    ]);
  });

  it('warns of a container that asks for nothing', () => {
    const warnings = warningsOf([password, key], { containers: [{ ...basics, name: 'proxy' }] });
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('root-password is open to proxy, too'),
      expect.stringContaining('sign/orders is open to proxy, too'),
    ]);
  });

  it('warns of what an init container has read', () => {
    expect(warningsOf([key], { initContainers: [{ ...basics, name: 'init', secrets: [password] }] })).toMatchObject([
      { message: expect.stringContaining('root-password is open to orders, too') },
    ]);
  });

  it('is quiet where one container runs and has asked for everything', () => {
    expect(warningsOf([password, key], { initContainers: [{ ...basics, name: 'init' }] })).toEqual([]);
    expect(warningsOf([password], { containers: [{ ...basics, name: 'proxy' }] })).toEqual([]);
  });
});

describe('a Vault without TLS', () => {
  const declare = (exceptions: SecureDeploymentProps['exceptions']) => {
    const { app, shop } = testNamespace({ vault: { ...server, address: 'http://vault.vault.svc:8200' } });
    const secrets = [kv(path, { file, field }), kv(path, { file: '/run/b/c', field, ...agent })];
    new SecureDeployment(shop, 'orders', { ...basics, secrets, exceptions });
    return app;
  };

  it('is one error', () => {
    expect(errorsOf(declare([]))).toEqual([
      expect.objectContaining({ rule: 'vault-tls', construct: 'shop/orders', property: 'vault.address' }),
    ]);
  });

  it('is taken with an exception, and its secrets are delivered', () => {
    const app = declare([{ rule: 'vault-tls', reason: 'a mesh encrypts it', expires: '2027-01-31' }]);
    expect(errorsOf(app)).toEqual([]);
    expect(app.synthYaml()).toContain('kind: SecretProviderClass');
  });
});

it('takes version 2 of KV without data/, puts it right and says so', () => {
  const { app, shop } = testNamespace({ vault: server });
  new SecureDeployment(shop, 'orders', { ...basics, secrets: [kv('secret/db', { file, field })] });
  expect(findingsOf(app)).toEqual([
    expect.objectContaining({
      rule: 'secret-mount',
      severity: 'info',
      construct: 'shop/orders',
      remedy: expect.stringContaining('secret/data/db'),
    }),
  ]);
  expect(app.synthYaml()).toContain('secretPath: secret/data/db');
});
