import { cpuTime } from '../../../support/cpu-time';
import { args, env, githubToken, secretsCases } from './cases/secrets';
import { container, findingsOf, object, testRules } from './rule-cases';

testRules('secrets', secretsCases);

it('never shows a secret', () => {
  for (const { object: given } of Object.values(secretsCases).flatMap(({ violating }) => violating)) {
    for (const rule of Object.keys(secretsCases)) {
      expect(JSON.stringify(findingsOf(rule, given))).not.toMatch(/hunter2|aHVudGVyMg|changeit|PRIVATE KEY|aB3aB3/);
    }
  }
});

// Where a regular expression goes back, a megabyte takes hours: a minute is no measure of speed.
it('reads a megabyte of anything without going back', () => {
  const chunks = ['a', 'eyJ', '-eyJ', '://', '://a:', 'x=', 'token=', '$(A', '-----BEGIN ', 'A', 'aA', '_', '"', ' --'];
  for (const chunk of chunks) {
    const text = chunk.repeat(Math.ceil(1_000_000 / chunk.length));
    const started = cpuTime();
    findingsOf('secret-literal', env('DB_PASSWORD', text));
    findingsOf('secret-literal', args('--password', text));
    expect(cpuTime() - started).toBeLessThan(60_000);
  }
});

it('reads a megabyte anywhere once', () => {
  const chunks = [
    '\n',
    '://',
    '://a?',
    '{a:',
    '{"password":"',
    '{\n',
    ' --token ',
    ' mysql -p',
    '\nmachine a ',
    "'",
    '"',
  ];
  for (const chunk of chunks) {
    const text = `password login machine b\n${chunk.repeat(Math.ceil(1_000_000 / chunk.length))}`;
    const given = [
      container({ args: [text], env: [{ name: 'A', value: text }] }),
      object('v1', 'ConfigMap', { data: { a: text } }),
      object('acme.example/v1', 'Shop', { spec: { a: text, password: text } }),
    ];
    for (const each of given) {
      const started = cpuTime();
      findingsOf('secret-leak', each);
      expect(cpuTime() - started).toBeLessThan(30_000);
    }
  }
}, 120_000);

it.each([
  [
    'livenessProbe.httpGet.httpHeaders[0].value',
    { livenessProbe: { httpGet: { httpHeaders: [{ name: 'Authorization', value: 'Bearer hunter2' }] } } },
  ],
  ['readinessProbe.exec.command[1]', { readinessProbe: { exec: { command: ['ping', '--password=hunter2'] } } }],
  ['lifecycle.preStop.exec.command', { lifecycle: { preStop: { exec: { command: ['x', '--token', 'hunter2'] } } } }],
])('finds a secret in %s', (property, fields) => {
  const found = findingsOf('secret-literal', container(fields));
  expect(found.map((finding) => finding.property)).toEqual([`spec.containers[0].${property}`]);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

it('shows no value of what may be a secret', () => {
  for (const rule of ['secret-literal', 'secret-in-config'])
    for (const { object: given } of secretsCases[rule]?.violating ?? [])
      for (const finding of findingsOf(rule, given)) expect(finding.value).toBeUndefined();
});

it('finds a secret among what a CSI driver is told', () => {
  const csi = { driver: 'smb.csi.k8s.io', volumeAttributes: { source: '//nas/x', password: 'hunter2' } };
  const found = findingsOf('secret-literal', container({}, { volumes: [{ name: 'share', csi }] }));
  expect(found).toMatchObject([{ property: 'spec.volumes[0].csi.volumeAttributes.password' }]);
});

it('finds a secret among the parameters of an Application of Argo CD', () => {
  const helm = { parameters: [{ name: 'auth.password', value: 'hunter2' }] };
  const application = object('argoproj.io/v1alpha1', 'Application', { spec: { source: { helm } } });
  expect(findingsOf('secret-leak', application)).toMatchObject([
    { property: 'spec.source.helm.parameters[0].value', message: 'the value of value holds a secret by its name' },
  ]);
});

it.each([
  ['adminPasswordKey', 'postgres-password1', 0],
  ['secretKey', 'API_KEY_1', 0],
  ['secretKey', 'password', 0],
  ['secretKey', 'Hunter2', 1],
  ['secretKey', 'aB3-dE5fG7h', 1],
])('tells the name of an entry from a secret: %s: %s', (name, value, count) => {
  const chart = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { spec: { values: { auth: { [name]: value } } } });
  expect(findingsOf('secret-leak', chart)).toHaveLength(count);
});

const probe = (path: string) => container({ livenessProbe: { httpGet: { path, port: 80 } } });
const annotated = (annotations: object) => object('v1', 'Service', { metadata: { name: 'it', annotations } });
const mounted = (...mountOptions: readonly string[]) => object('v1', 'PersistentVolume', { spec: { mountOptions } });

it.each([
  ['a token in the path of a probe', probe('/x/hvs.CAESIJx7Qm2Lk9Tz4WvB8nRcYd1HsPf3'), 1],
  ['a token by name in the path of a probe', probe('/x?token=hunter2'), 1],
  ['the path of a probe', probe('/healthz?verbose=true'), 0],
  ['an annotation', annotated({ 'acme.example/password': 'hunter2' }), 1],
  ['annotations about secrets', annotated({ 'checksum/password': 'abc', 'x.io/password': 'a'.repeat(64) }), 0],
  ['a mount option', mounted('nolock', 'username=a,password=hunter2'), 1],
  ['mount options', mounted('nolock', 'vers=4.1', 'credentials=/etc/smb'), 0],
  [
    'literals of Kustomize',
    object('kustomize.config.k8s.io/v1beta1', 'Kustomization', {
      configMapGenerator: [{ name: 'a', literals: ['MODE=fast', 'DB_PASSWORD=hunter2'] }],
    }),
    1,
  ],
] as const)('reads %s', (_, given, count) => {
  const found = findingsOf('secret-leak', given);
  expect(found).toHaveLength(count);
  expect(JSON.stringify(found)).not.toMatch(/hunter2|hvs/);
});

it.each([
  ['<a>\n<password>hunter2</password>\n</a>', 1],
  ['<password>hunter2</password>', 1],
  ['<password>$(DB_PASSWORD)</password>', 0],
  ['a: 1\nauth: {user: a, password: hunter2}\n', 1],
  ['a: 1\nauth: {user: a, password: $(DB)}\n', 0],
  ['port 6379\nrequirepass hunter2\n', 1],
  ['requirepass hunter2', 1],
  ['port 6379\nmaxmemory 2mb\n', 0],
  ['a = 1\npassword_encryption = scram-sha-256\n', 0],
  ['a: 1\npassword: SCRAM-SHA-256\n', 0],
  ['a: 1\nsecretEnv: DEX_SECRET1\n', 0],
  ['{"a": 1, "unk_token": "[UNK1]"}', 0],
  ['a = 1\nsecret_key = settings.SECRET_KEY1\n', 0],
  ['a = 1\nsecret_key = Settings9x\n', 1],
  [JSON.stringify({ a: JSON.stringify({ password: 'hunter2' }) }), 1],
])('reads a file in a ConfigMap: %j', (text, count) => {
  const found = findingsOf('secret-in-config', object('v1', 'ConfigMap', { data: { 'a.conf': text } }));
  expect(found).toHaveLength(count);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

it.each([
  ['messages.properties', 'login.password=Password\nlogin.title=Welcome\n', 0],
  ['messages_de.properties', 'login.password=Passwort', 0],
  ['i18n.json', '{"login": {"password": "Passwort"}}', 0],
  ['de-CH.yaml', 'login:\n  password: Passwort\n', 0],
  ['en.json', '{"login.password": "Password"}', 0],
  ['locale.de.json', '{"password": "Passwort"}', 0],
  ['messages.properties', 'url=postgres://app:hunter2@db/app', 1],
  ['application.properties', 'login.password=Password\nlogin.title=Welcome\n', 1],
  ['db.yaml', 'password: hunter2\n', 1],
  ['logback', 'password=%X{pw}', 0],
  ['logback', 'a=1\npassword=%X{pw}\n', 0],
  ['logback', 'password=%Xpw', 1],
  ['postgresql.conf', 'password_encryption=scram-sha-256', 0],
  ['postgresql.conf', 'password=SCRAM-SHA-256', 0],
  ['password', 'SCRAM-SHA-256', 0],
])('tells words from secrets in a ConfigMap: %s: %j', (key, text, count) => {
  const found = findingsOf('secret-in-config', object('v1', 'ConfigMap', { data: { [key]: text } }));
  expect(found).toHaveLength(count);
});

const agent = (name: string, value: string) =>
  object('apps/v1', 'Deployment', {
    spec: { template: { metadata: { annotations: { [`vault.hashicorp.com/${name}`]: value } } } },
  });

it.each([
  ['a template of the agent', agent('agent-inject-template-x', 'password=hunter2Canary9'), 1],
  [
    'a template with a field before it',
    agent('agent-inject-template-x', 'user={{ .Data.data.u }}\npassword: hunter2Canary9'),
    1,
  ],
  ['a command of the agent', agent('agent-inject-command-x', 'reload --password hunter2Canary9'), 1],
  ['what the agent logs in with', agent('auth-config-secret-id', '5e0b8c1d-hunter2'), 1],
  ['a token that it logs in with', agent('auth-config-token', 'hunter2Canary9'), 1],
  ['a path with more than one word', agent('agent-inject-secret-x', 'secret/data/db password=hunter2Canary9'), 1],
  ['a note', annotated({ note: 'password=hunter2Canary9' }), 1],
  ['a note in the midst of it', annotated({ note: 'cache:6379,password=hunter2Canary9' }), 1],
  ['a note of several lines', annotated({ note: 'mode: fast\npassword: hunter2Canary9\n' }), 1],
  ['a note of JSON', annotated({ note: '{"password": "hunter2Canary9"}' }), 1],
  [
    'a note on a custom resource',
    object('acme.example/v1', 'Shop', { metadata: { name: 'it', annotations: { note: 'password=hunter2Canary9' } } }),
    1,
  ],
  [
    'a template of fields',
    agent(
      'agent-inject-template-password',
      '{{ with secret "secret/data/db" }}password={{ .Data.data.password }}\ntoken: {{ .Data.data.token }}{{ end }}',
    ),
    0,
  ],
  ['a path', agent('agent-inject-secret-password', 'secret/data/Db2'), 0],
  ['where the login is', agent('auth-config-secret-id-file-path', '/etc/vault/secret-id'), 0],
  ['a switch', agent('agent-inject-token', 'true'), 0],
  ['a command that reads a file', agent('agent-inject-command-x', 'reload --password-file /run/db'), 0],
  ['a sentence', annotated({ note: 'the password: see the wiki; tokens = what a client gets (once)' }), 0],
  ['what a rule is waived for', annotated({ 'exceptions.kube-bulwark.dev/secret-env': 'demo; expires 2026-12-01' }), 0],
] as const)('reads in annotations %s', (_, given, count) => {
  const found = findingsOf('secret-leak', given);
  expect(found).toHaveLength(count);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

const yaml = 'db:\n  user: app\n  password: hunter2\n';

it.each([
  ['JSON', '{"db": {"user": "app", "password": "hunter2"}}', 1],
  ['JSON in JSON', '{"connection": "{\\"password\\": \\"hunter2\\"}"}', 1],
  ['the login of a registry', '{"auths": {"acme.example": {"auth": "YWRtaW46aHVudGVyMg=="}}}', 1],
  ['YAML', yaml, 1],
  ['a line of YAML', 'password: hunter2', 1],
  ['a mapping of YAML', '{user: app, password: hunter2}', 1],
  ['the address of a webhook', 'https://hooks.acme.example/x?token=hunter2', 1],
  ['where an application logs in', 'root:hunter2@tcp(db:3306)/shop?tls=true', 1],
  ['the same for Oracle', 'jdbc:oracle:thin:scott/hunter2@//db:1521/shop', 1],
  ['the same, that is put in', 'jdbc:oracle:thin:$(DB_USER)/$(DB_PASSWORD)@//db:1521/shop', 0],
  ['no login of Oracle', 'jdbc:oracle:thin:@//db:1521/shop', 0],
  ['the same by a socket', 'root:hunter2@unix(/run/db.sock)/shop', 1],
  ['JSON about secrets', '{"secretName": "db", "tokenTtl": "1h", "password": "$(DB_PASSWORD)"}', 0],
  ['YAML about secrets', 'auth:\n  existingSecret: db\n  passwordFile: /run/db\n', 0],
  ['a sentence', 'the password: see below', 0],
  ['an address with a variable', 'https://hooks.acme.example/x?token=$(TOKEN)', 0],
  ['an address without', 'https://acme.example/?next=/token/hunter2&x=1', 0],
  ['a login that is put in', 'root:$(DB_PASSWORD)@tcp(db:3306)/shop', 0],
  ['a format', '%s:%s@tcp(%s:3306)/shop', 0],
])('reads a variable with %s', (_, value, count) => {
  const found = findingsOf('secret-leak', env('CONFIG', value));
  expect(found).toHaveLength(count);
  expect(JSON.stringify(found)).not.toMatch(/hunter2|aHVudGVyMg/);
});

it('asks a ConfigMap about the login of a database, too', () => {
  const data = { 'app.ini': '[db]\ndsn = root:hunter2@tcp(db:3306)/shop\n' };
  expect(findingsOf('secret-leak', object('v1', 'ConfigMap', { data }))).toHaveLength(1);
});

it.each([
  [['--config={"password":"hunter2"}'], [0]],
  [['app', '--config', '{"db": {"password": "hunter2"}}'], [2]],
  [['--user=a --password hunter2'], [0]],
  [['sh', '-c', 'app --verbose \\\n  --db-password "hunter2"'], [2]],
  [['sh', '-c', 'cat > /a <<EOF\npassword: hunter2\nEOF'], [2]],
  [['sh', '-c', `curl -d '{"user":"a","password":"hunter2"}' http://api`], [2]],
  [['sh', '-c', 'curl -d "{\\"password\\":\\"hunter2\\"}" http://api'], [2]],
  [['mysql', '-uroot', '-phunter2'], [2]],
  [['sh', '-c', 'until mysqladmin ping -uroot -phunter2; do sleep 1; done'], [2]],
  [['curl', '-u', 'a:hunter2', 'http://api'], [2]],
  [['sh', '-c', 'curl -sSu "a:hunter2" http://api | jq .'], [2]],
  [['curl', '--user=a:hunter2'], [1]],
  [['/usr/bin/redis-cli', '-a', 'hunter2', 'ping'], [2]],
  [['sh', '-c', 'sleep 1 && redis-cli -h db -a hunter2 ping'], [2]],
  [['sshpass', '-p', 'hunter2', 'ssh', 'a@b'], [2]],
  [['openssl', 'genrsa', '-passout', 'pass:hunter2', '2048'], [3]],
  [['openssl', 'rsa', '-passin', 'file:/run/key', '-passout', 'env:KEY1'], []],
  [['mongosh', '-u', 'root', '-p', 'hunter2'], [4]],
  [['--webhook=https://hooks.acme.example/x?token=hunter2'], [0]],
  [['app', '--dsn', 'root:hunter2@tcp(db:3306)/shop'], [2]],
  [['sh', '-c', 'mysql -p"$MYSQL_ROOT_PASSWORD" -P3306 -h db'], []],
  [['mysql', '-p', 'shop'], []],
  [['curl', '-u', '$(USER):$(PASSWORD)', 'http://api'], []],
  [['sh', '-c', 'curl -u "$USER:$PASSWORD" -u a: http://api'], []],
  [['sh', '-c', 'redis-cli -a "$REDIS_PASSWORD" ping; date -a hunter2'], []],
  [['nginx', '-p', 'hunter2', '-a', 'a:b', '-u', 'c:d'], []],
  [['sh', '-c', '# app --password hunter2\napp --password-file /run/db --password "$P"'], []],
  [['sh', '-c', 'docker login --password-stdin registry.acme.example'], []],
  [['sh', '-c', 'app --password --verbose'], []],
  [['sh', '-c', 'etcd --initial-cluster-token etcd-cluster-1'], []],
  [['--config={"secretName":"db","password":"$(DB_PASSWORD)"}'], []],
])('reads the command %j', (args, places) => {
  const found = findingsOf('secret-leak', container({ args }));
  expect(found.map(({ property }) => property)).toEqual(places.map((place) => `spec.containers[0].args[${place}]`));
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

it('reads a command and its arguments as one', () => {
  const found = findingsOf('secret-leak', container({ command: ['redis-cli'], args: ['-a', 'hunter2', 'ping'] }));
  expect(found).toMatchObject([{ property: 'spec.containers[0].args[1]' }]);
});

it('reads commands of probes, of hooks and of pods in custom resources', () => {
  const command = ['redis-cli', '-a', 'hunter2', 'ping'];
  for (const given of [
    container({ livenessProbe: { exec: { command } } }),
    container({ lifecycle: { preStop: { exec: { command } } } }),
    object('acme.example/v1', 'Shop', {
      spec: { template: { spec: { containers: [{ name: 'a', image: 'a', command }] } } },
    }),
  ])
    expect(findingsOf('secret-leak', given)).toHaveLength(1);
});

it.each([
  ['.netrc', 'machine api.acme.example\n  login app\n  password hunter2\n', 1],
  ['.netrc', 'machine api.acme.example login app password hunter2', 1],
  ['.netrc', 'default\nlogin app\npassword hunter2\n', 1],
  ['.netrc', 'machine api.acme.example\n  login app\n  password $API_PASSWORD\n', 0],
  ['notes', 'a machine of ours\nthe password changes\n', 0],
  ['notes', 'default\nlogin again\nthe password changes\n', 0],
  ['notes', 'Enter the\npassword twice\n', 0],
])('reads %s in a ConfigMap: %j', (key, text, count) => {
  const found = findingsOf('secret-in-config', object('v1', 'ConfigMap', { data: { [key]: text } }));
  expect(found).toHaveLength(count);
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

it.each([
  ['YAML', base64(yaml), 1],
  ['a setting', base64('DB_PASSWORD=hunter2'), 1],
  ['.netrc', base64('machine a login b password hunter2'), 1],
  ['a token', base64(`x = ${githubToken()}`), 1],
  ['a database', base64('root:hunter2@tcp(db:3306)/shop'), 1],
  ['a picture', base64(`\x89PNG\r\n\x1a\n\0\0password: hunter2\n`), 0],
  ['no base64', '%%%', 0],
  ['text about secrets', base64('passwordFile: /run/db\n'), 0],
])('reads the bytes of a ConfigMap: %s', (_, bytes, count) => {
  const found = findingsOf('secret-in-config', object('v1', 'ConfigMap', { binaryData: { conf: bytes } }));
  expect(found.map(({ property }) => property)).toEqual(Array.from({ length: count }, () => 'binaryData.conf'));
  expect(JSON.stringify(found)).not.toMatch(/hunter2|aHVudGVyMg/);
});

it.each(['SecretStore', 'ClusterSecretStore'])('finds what a %s makes up', (kind) => {
  const fake = (data: readonly object[]) =>
    object('external-secrets.io/v1', kind, { spec: { provider: { fake: { data } } } });
  expect(findingsOf('secret-leak', fake([{ key: '/db', value: 'hunter2', version: 'v1' }]))).toMatchObject([
    { property: 'spec.provider.fake.data[0].value', message: 'the value of value is given out as a secret' },
  ]);
  expect(findingsOf('secret-leak', fake([{ key: '/db', valueMap: { a: 'hunter2' } }]))).toHaveLength(1);
  expect(findingsOf('secret-leak', fake([{ key: '/db', value: '' }]))).toEqual([]);
  const vault = { server: 'https://vault.acme.example', path: 'secret' };
  expect(findingsOf('secret-leak', object('external-secrets.io/v1', kind, { spec: { provider: { vault } } }))).toEqual(
    [],
  );
});

it('finds the secret in the address of a webhook', () => {
  const configuration = object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    webhooks: [{ name: 'a.b.c', clientConfig: { url: 'https://hook.acme.example/x?token=hunter2' } }],
  });
  expect(findingsOf('secret-leak', configuration)).toMatchObject([{ property: 'webhooks[0].clientConfig.url' }]);
});

describe('a line that a client connects with', () => {
  const connections: readonly (readonly [line: string, count: number])[] = [
    ['redis-cart:6379,user=cart,password=hunter2Canary9', 1],
    ['redis-cart:6379,user=cart,password=kJ8s9Xq2Lm4Zt7Wv0p', 1],
    ['redis-cart:6379, password = hunter2Canary9, ssl = true', 1],
    ['redis-cart:6379,password=$(REDIS_PASSWORD),ssl=true', 0],
    ['redis-cart:6379,password=/etc/redis/password,ssl=true', 0],
    ['redis-cart:6379,passwordFile=db,ssl=true', 0],
    ['redis-cart:6379,ssl=true', 0],
  ];
  it.each(connections)('%s is read in a variable, an argument, a ConfigMap and nested JSON', (line, count) => {
    const json = JSON.stringify({ REDIS_ADDR: line });
    const config = (value: string) => object('v1', 'ConfigMap', { data: { REDIS_ADDR: value } });
    const release = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { spec: { values: { redisAddr: line } } });
    for (const given of [
      env('REDIS_ADDR', line),
      env('SETTINGS', json),
      args(`--redis=${line}`),
      args('--settings', json),
      config(line),
      config(json),
      config(JSON.stringify({ a: json })),
      config(`mode: fast\nredis: "${line}"\n`),
      release,
    ]) {
      const found = ['secret-literal', 'secret-in-config', 'secret-leak'].flatMap((rule) => findingsOf(rule, given));
      expect([given, found.length > 0]).toEqual([given, count > 0]);
      expect(JSON.stringify(found)).not.toMatch(/Canary9|kJ8s9/);
    }
  });

  it('is found in the cluster, too, by the comma before the name', () => {
    expect(findingsOf('secret-literal', env('REDIS_ADDR', 'redis-cart:6379,password=hunter2'))).toMatchObject([
      {
        message: 'the environment variable REDIS_ADDR of container "api" sets password, a secret by its name',
      },
    ]);
  });

  it.each(['python -c "token = load(1)"', 'a=1', 'keys=a,b,c', 'x,key = rows[0]'])('%s is none', (line) => {
    expect(findingsOf('secret-leak', args(line))).toEqual([]);
  });
});

const vault = (kind: string, spec: object) => object('secrets.hashicorp.com/v1beta1', kind, { spec });
const store = (provider: object) => object('external-secrets.io/v1', 'ClusterSecretStore', { spec: { provider } });
const csiClass = (parameters: object) =>
  object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', { spec: { provider: 'vault', parameters } });
const transformed = (templates: object) =>
  vault('VaultStaticSecret', { path: 'db', destination: { name: 'db', transformation: { templates } } });

describe('an object that says where secrets are', () => {
  it.each([
    ['what a request is given', vault('VaultDynamicSecret', { params: { password: 'hunter2Canary9' } })],
    ['a header', vault('VaultConnection', { headers: { 'X-Vault-Token': 'hunter2Canary9' } })],
    ['a header of a webhook', store({ webhook: { headers: { Authorization: 'Bearer hunter2Canary9' } } })],
    ['a login', store({ delinea: { clientSecret: { value: 'hunter2Canary9' } } })],
    ['a parameter', csiClass({ vaultToken: 'hunter2Canary9' })],
    ['a line of its objects', csiClass({ objects: '- objectName: db\n  password: hunter2Canary9\n' })],
    [
      'an argument of its objects',
      csiClass({ objects: '- objectName: db\n  secretArgs: { password: hunter2Canary9 }\n' }),
    ],
    ['a template that sets it', transformed({ db: { text: 'password=hunter2Canary9' } })],
    ['a template that is called so', transformed({ password: { text: 'hunter2Canary9' } })],
  ])('has no secret in %s', (_, given) => {
    const found = findingsOf('secret-leak', given);
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it.each([
    [
      object('external-secrets.io/v1', 'ExternalSecret', {
        spec: {
          secretStoreRef: { name: 'vault-1', kind: 'ClusterSecretStore' },
          target: { name: 'db-2', template: { data: { url: 'db://{{ .user }}:{{ .password }}@db' } } },
          data: [{ secretKey: 'Db-2.json', remoteRef: { key: 'shop/db-2', property: 'Password2', version: 'v3' } }],
          dataFrom: [{ extract: { key: 'Shop2/DB' } }, { find: { name: { regexp: '.*password[0-9]' } } }],
        },
      }),
    ],
    [
      object('external-secrets.io/v1alpha1', 'PushSecret', {
        spec: { data: [{ match: { secretKey: 'Api-2.key', remoteRef: { remoteKey: 'Shop2/Token' } } }] },
      }),
    ],
    [
      store({
        vault: { server: 'https://vault', auth: { appRole: { roleId: 'r', secretRef: { name: 'A2', key: 'Id2' } } } },
        webhook: {
          url: 'https://x?token={{ .auth.token }}',
          headers: { Authorization: 'Bearer {{ .auth.token }}' },
          body: '{"password": "{{ .remoteRef.key }}"}',
          secrets: [{ name: 'auth', secretRef: { name: 'Hook2' } }],
        },
      }),
    ],
    [
      csiClass({
        roleName: 'api2',
        vaultSkipTLSVerify: 'false',
        objects: '- objectName: Password2\n  secretPath: Secret2/data/Db\n  secretKey: Password2\n',
        secrets: '- resourceName: projects/x2/secrets/Db/versions/1',
        auth: 'pod-adc',
      }),
    ],
    [transformed({ password: { text: '{{ get .Secrets "password" }}' }, db: { text: 'password={{ .Secrets.p }}' } })],
    [vault('VaultAuth', { jwt: { role: 'Api2', secretRef: 'Vault-Token2', audiences: ['vault'] } })],
  ])('may name one', (given) => {
    expect(findingsOf('secret-leak', given)).toEqual([]);
  });
});

describe('what files say in their own words', () => {
  it.each([
    ['init.sql', "CREATE USER x WITH PASSWORD 'hunter2';", 1],
    ['init.sql', "create role x\n  login encrypted password 'hunter2';\n", 1],
    ['init.sql', "CREATE USER 'x'@'%' IDENTIFIED BY 'hunter2';", 1],
    ['init.sql', "CREATE USER x IDENTIFIED WITH caching_sha2_password BY 'hunter2';\nSELECT 1;\n", 1],
    ['init.sql', "CREATE USER x WITH PASSWORD 'SCRAM-SHA-256$4096:aB3$x:y';", 0],
    ['init.sql', `CREATE USER x WITH PASSWORD 'md5${'a1'.repeat(16)}';`, 0],
    ['init.sql', "CREATE USER x WITH PASSWORD :'password';", 0],
    ['init.sql', "CREATE USER x WITH PASSWORD '$DB_PASSWORD';\nCREATE USER y PASSWORD '%s';\n", 0],
    ['init.sql', "SELECT password, 'a1' FROM users WHERE password = crypt('x1', password);\n", 0],
    ['application.properties', 'db.password=#{DB_PASSWORD:hunter2}\nport=1\n', 1],
    ['application.yaml', 'db:\n  password: #{DB_PASSWORD:hunter2}\n', 1],
    ['start.sh', 'a=1\nDB_PASSWORD=#{DB_PASSWORD:-hunter2}\n', 1],
    ['start.sh', 'a=1\nDB_PASSWORD=#{DB_PASSWORD:?not set1}\nPASSWORD=#{P:-}\nTOKEN=#{P:-$Q}\n', 0],
    ['application.properties', 'db.password=#{DB_PASSWORD}\ndb.password=#{DB_PASSWORD:}\nport=1\n', 0],
    ['users.acl', 'user default off\nuser cart on >hunter2 ~* +@all\n', 1],
    ['users.acl', 'user cart on ~* +@all >hunter2', 1],
    ['users.acl', `user cart on #${'a1'.repeat(32)} ~* +@all\n`, 0],
    ['start.sh', 'user add cart >out1\n', 0],
    ['wp-config.php', "<?php\ndefine('DB_PASSWORD', 'hunter2');\n", 1],
    ['wp-config.php', "<?php\ndefine('DB_PASSWORD', getenv('DB_PASSWORD'));\ndefine('DB_NAME', 'shop1');\n", 0],
    ['ldap.conf', 'uri ldap://a\nbindpw hunter2\n', 1],
    ['ldap.conf', 'bindpw hunter2', 1],
    ['userlist.txt', '"app" "hunter2"\n', 1],
    ['userlist.txt', `"app" "md5${'a1'.repeat(16)}"\n"b" "SCRAM-SHA-256$4096:x"\n`, 0],
    ['words.txt', '"app" "hunter2"\n', 0],
    ['nginx.conf', 'location / {\n  proxy_set_header Authorization "Bearer hunter2Canary9";\n}\n', 1],
    ['nginx.conf', 'proxy_set_header Authorization $http_authorization_1;\nproxy_set_header Host $host;\n', 0],
    ['nginx.conf', 'proxy_set_header Authorization "Bearer $token_of_the_upstream_1";', 0],
    ['config.php', "<?php\n$cfg['password'] = 'hunter2secret';\n", 1],
    ['config.php', "$cfg['Servers'][1]['password']='hunter2secret';", 1],
    ['config.php', '<?php\n  $db_password = "hunter2secret";\n', 1],
    ['config.php', "<?php\n$cfg['password'] = getenv('P1');\n$password = $_ENV['P1'];\n$cfg['token'] = '';\n", 0],
    ['.npmrc', '//npm.acme.example/:_authToken=a23e4567-e89b-42d3-a456-4266hunter2', 1],
    ['.npmrc', 'a=1\n//npm.acme.example/x/:_password="aHVudGVyMg=="\n', 1],
    ['.npmrc', '//npm.acme.example/:_authToken=#{NPM_TOKEN1}\n//a/:_auth=$(cat a1)\n', 0],
    ['app.yaml', 'env:\n- name: DB_PASSWORD\n  value: hunter2secret\n', 1],
    ['app.yaml', 'env:\n- name: DB_PASSWORD\n  value: $(DB1)\n- name: DB_PASSWORD_FILE\n  value: a1\n', 0],
    ['app.yaml', 'env:\n- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: a1}\n- name: A\n  value: x1\n', 0],
    ['app.yaml', 'a: 1\npassword: !!str hunter2secret\n', 1],
    ['app.yaml', 'a: 1\npassword: &db hunter2secret\nb: *db\n', 1],
    ['app.yaml', 'a: 1\npassword: !Ref Db1\ntoken: *t1\nsecret: !vault |\n  a1\n', 0],
    ['app.yaml', 'a: 1\npassword:\n  hunter2secret\nb: 2\n', 1],
    ['app.yaml', 'a: 1\npassword:\n  "hunter2secret"\n', 1],
    ['app.yaml', 'password:\n  secretKeyRef:\n    name: a1\ntokens:\n  - a1\ntoken:\nb1\nsecret:\n  # Db1\n', 0],
    ['wpa.conf', 'network={\n  ssid="a"\n  psk="hunter2secret"\n}\n', 1],
    ['wpa.conf', 'network={\n  psk="#{PSK1}"\n  key_mgmt=WPA-PSK\n}\n', 0],
    ['ipsec.secrets', '# a\n@a @b : PSK "hunter2secret"\n', 1],
    ['start.sh', '#!/bin/sh\nopenssl genrsa -aes256 -passout pass:hunter2secret 2048\n', 1],
    ['start.sh', 'openssl rsa -passin file:/a1\nopenssl rsa -passin env:A1\nopenssl rsa -passin "pass:$P1"\n', 0],
    ['app.ini', 'a=1\nheader="Authorization: Bearer Ab12Hunter2"\n', 1],
    ['header', 'Authorization: Bearer Ab12Hunter2', 1],
    ['header', 'Authorization: Bearer <token1>', 0],
    ['app.ini', 'a=1\nb=Authorization: Bearer #{TOKEN1}\nc=Authorization: Bearer token\n', 0],
    ['app.ini', 'a=1\nlog=password=***\n', 0],
    ['logback.xml', "<a>\n<pattern>%replace(%m){'password=\\S+', 'password=***'}%n</pattern>\n</a>\n", 0],
    ['logback.xml', '<pattern>%replace(%m){"password=[^ ]*","password=***"}%n</pattern>', 0],
  ])('%s: %j', (key, text, count) => {
    const value = text.replaceAll('#{', '$' + '{');
    const found = findingsOf('secret-in-config', object('v1', 'ConfigMap', { data: { [key]: value } }));
    expect(found).toHaveLength(count);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it.each([
    [['redis-server', '--requirepass', 'hunter2'], 1],
    [['redis-server', '--masterauth', 'hunter2'], 1],
    [['sh', '-c', 'redis-server --requirepass hunter2'], 1],
    [['vault', 'server', '-dev', '-dev-root-token-id=hunter2'], 1],
    [['redis-server', '--requirepass', '$(PASSWORD)', '--masterauth', '--port', '6379'], 0],
    [['vault', 'server', '-dev', '-dev-root-token-id=$(TOKEN)'], 0],
    [['sh', '-c', `psql -c "ALTER USER x WITH PASSWORD 'hunter2'"`], 1],
  ])('the command %j', (list, count) => {
    const found = findingsOf('secret-leak', args(...list));
    expect(found).toHaveLength(count);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('a snippet of an Ingress', () => {
    const snippet = 'proxy_set_header Authorization "Bearer hunter2Canary9";';
    expect(
      findingsOf('secret-leak', annotated({ 'nginx.ingress.kubernetes.io/configuration-snippet': snippet })),
    ).toHaveLength(1);
  });
});

describe('a Secret within another object', () => {
  const within = (manifest: object) => object('kubernetes.crossplane.io/v1alpha2', 'Object', { spec: { manifest } });
  const inner = (values: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, ...values });

  it.each([
    ['bytes', within(inner({ data: { 'config.json': base64('hunter2') } })), 'spec.manifest.data'],
    ['texts', within(inner({ stringData: { p: 'hunter2' } })), 'spec.manifest.stringData'],
    [
      'one of a list',
      object('kro.run/v1alpha1', 'ResourceGraphDefinition', {
        spec: { resources: [{ id: 'db', template: inner({ stringData: { p: 'hunter2' } }) }] },
      }),
      'spec.resources[0].template.stringData',
    ],
  ])('is found: %s', (_, given, property) => {
    const found = findingsOf('secret-leak', given);
    expect(found).toMatchObject([{ property }]);
    expect(JSON.stringify(found)).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  it.each([
    ['without values', within(inner({ type: 'Opaque', data: {} }))],
    ['that is filled in', within(inner({ stringData: { p: ['$', '{schema.spec.p}'].join(''), q: '{{ .q }}' } }))],
    ['of another kind', within({ apiVersion: 'v1', kind: 'ConfigMap', data: { p: 'a' } })],
  ])('is none: %s', (_, given) => {
    expect(findingsOf('secret-leak', given)).toEqual([]);
  });

  it.each([
    ['apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata:\n  p: aHVudGVyMg==\n', 1],
    ['kind: Namespace\n---\nkind: "Secret"\napiVersion: v1\nstringData: { p: hunter2 }\n', 1],
    [JSON.stringify(inner({ stringData: { p: 'hunter2' } })), 1],
    ['apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n', 0],
    ['apiVersion: v1\nkind: Secret\nstringData:\n  p: {{ .Values.p }}\n', 0],
  ])('is found in a file of a ConfigMap: %j', (text, count) => {
    const found = findingsOf('secret-in-config', object('v1', 'ConfigMap', { data: { 's.yaml': text } }));
    expect(found).toHaveLength(count);
    expect(JSON.stringify(found)).not.toMatch(/hunter2|aHVudGVyMg/);
  });
});
