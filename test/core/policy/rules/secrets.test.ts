import { args, env, secretsCases } from './cases/secrets';
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
    const started = performance.now();
    findingsOf('secret-literal', env('DB_PASSWORD', text));
    findingsOf('secret-literal', args('--password', text));
    expect(performance.now() - started).toBeLessThan(60_000);
  }
});

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
