import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import {
  type BulwarkAppProps,
  ClusterTarget,
  EncryptedSecret,
  type EncryptedSecretProps,
  Platform,
  SynthesisError,
} from '../../../../index';
import { errorsOf, findingsOf, registry, temporaryFolder, testApp, testNamespace } from '../../../support/app';
import {
  encryptedValue,
  fileOf,
  sealedSecret,
  sealedValue,
  sopsBlock,
  sopsSecret,
} from '../../../support/encryption/fixtures';

const secret = 'canary-hunter2-in-the-clear';

function declared(
  text: string | Uint8Array,
  props: Partial<EncryptedSecretProps> = {},
  ofApp: Partial<BulwarkAppProps> = {},
) {
  const { app, shop } = testNamespace(ofApp);
  const made = new EncryptedSecret(shop, 'db', { file: fileOf(text), ...props });
  return { app, shop, made };
}

describe('EncryptedSecret', () => {
  it.each([
    ['namespace', 'shop/Secret.db.yaml'],
    ['object', 'shop/Secret.db.yaml'],
  ] as const)(
    'puts what SOPS has encrypted into a file of its own, byte for byte, in the layout %s',
    (layout, path) => {
      // With everything that a writer would write in another way.
      const text = `\uFEFF${sopsSecret({ data: `    'a' : ${encryptedValue()}   #${encryptedValue('comment')}\r\n    z: ${encryptedValue('int')}\n    m: ""\n` })}\n\n`;
      const outdir = temporaryFolder();
      const { app, made } = declared(text, {}, { layout, outdir });
      expect(findingsOf(app)).toEqual([]);
      const { next } = app.synth();
      expect(readFileSync(join(outdir, path))).toEqual(Buffer.from(text));
      if (layout === 'namespace') expect(readFileSync(join(outdir, 'shop.yaml'), 'utf8')).not.toContain('kind: Secret');
      else expect(readFileSync(join(outdir, 'shop/kustomization.yaml'), 'utf8')).toContain('- Secret.db.yaml');
      expect(next.map(({ how }) => how).join()).toContain(`sops decrypt ${outdir}/shop/Secret.db.yaml | kubectl`);
      expect(made).toMatchObject({ name: 'db', namespace: 'shop', keys: ['a', 'z', 'm'] });
      expect(app.synthYaml()).toContain(`---\n${text}`);
    },
  );

  it.each(['dGhl/adminPassword==', 'a2V5/dbToken=', 'c2VjcmV0/pw=='])(
    'takes an encrypted comment for what it is, whatever comes out by chance: %s',
    (data) => {
      const values = `    # ${encryptedValue('comment', data)}\n    a: ${encryptedValue()}\n`;
      expect(findingsOf(declared(sopsSecret({ data: values })).app)).toEqual([]);
    },
  );

  it('is the same at every synthesis', () => {
    const outdir = temporaryFolder();
    const { app } = declared(sopsSecret(), {}, { outdir });
    app.synth();
    expect(app.synth().files).toMatchObject({ written: 0, removed: 0 });
  });

  it('puts a SealedSecret among the others, with the values it has', () => {
    const value = sealedValue();
    const outdir = temporaryFolder();
    const { app, made } = declared(sealedSecret({ data: `    password: ${value}\n` }), {}, { outdir });
    expect(findingsOf(app)).toEqual([]);
    app.synth();
    expect(readFileSync(join(outdir, 'shop.yaml'), 'utf8')).toContain(`password: ${value}`);
    expect(made.keys).toEqual(['password']);
  });

  it('takes no patch, and no label of its chart', () => {
    const app = testApp();
    const chart = new Chart(app, 'shop', { namespace: 'shop', labels: { squad: 'shop' } });
    const made = new EncryptedSecret(chart, 'db', { file: fileOf(sopsSecret()) });
    expect(app.synthYaml()).not.toContain('squad');
    const [object] = made.node.children as [ApiObject];
    object.addJsonPatch(JsonPatch.add('/metadata/labels', { team: 'shop' }));
    expect(errorsOf(app)).toEqual([expect.objectContaining({ rule: 'patch-valid' })]);
  });

  it('is for a BulwarkApp, where SOPS has encrypted it', () => {
    const app = new App();
    Platform.attach(app, { target: ClusterTarget.of('1.36'), registries: [registry] });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new EncryptedSecret(chart, 'db', { file: fileOf(sopsSecret()) });
    expect(() => app.synthYaml()).toThrow(/encrypted-secret: file\n.*into one file/);
  });
});

const strict = { scope: 'strict' } as const;
const wide = '  annotations:\n    sealedsecrets.bitnami.com/cluster-wide: "true"\n';
const narrower = '  annotations:\n    sealedsecrets.bitnami.com/namespace-wide: "true"\n';
const applied = `    annotations:\n        kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify({ stringData: { password: secret } })}'\n`;

/** What SOPS writes of each service that keeps its keys. */
const services: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kms: {
    arn: 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555',
    role: 'arn:aws:iam::111122223333:role/sops',
    aws_profile: 'AdministratorAccess-111122223333',
  },
  gcp_kms: { resource_id: 'projects/acme-shop/locations/europe-west3/keyRings/sops/cryptoKeys/shop' },
  azure_kv: {
    vault_url: 'https://acme-shop.vault.azure.net',
    name: 'sops',
    version: '0123456789abcdef0123456789abcdef',
  },
  hc_vault: { vault_address: 'https://vault.acme.example:8200', engine_path: 'transit', key_name: 'sops' },
  hckms: { key_id: 'eu-west-101:11111111-2222-3333-4444-555555555555' },
  pgp: { fp: '85D77543B3D624B63CEA9E6DBC17301B491B3F21' },
};
const serviceBlock = (service: string, fields: Readonly<Record<string, string>>) => {
  const keys = Object.entries(fields).map(
    ([name, text], i) => `${i === 0 ? '        - ' : '          '}${name}: '${text}'\n`,
  );
  return sopsBlock().replace(/ {4}age:[\s\S]*?recipient: .*\n/, `    ${service}:\n${keys.join('')}`);
};
/** A name is told from a password where that is random alone. */
const noSuchValue = (good: string) =>
  /^[\w-]+$/.test(good) && !/^[0-9A-Fa-f]+$/.test(good) ? 'x8Kq2Lm9Zt4Wv7BnRc3Y' : secret;

/** A password that is not random. */
const worded = 'hunter2Wordy';

type Refusal = readonly [
  text: string | Uint8Array,
  property: RegExp,
  message: RegExp,
  props?: Partial<EncryptedSecretProps>,
];
const refusals: Readonly<Record<string, Refusal>> = {
  'a Secret in the clear': [
    `apiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: shop }\nstringData: { password: ${secret} }\n`,
    /^file: sops$/,
    /is not encrypted: it has no `sops` block/,
  ],
  'a value in the clear': [
    sopsSecret({ data: `    a: ${encryptedValue()}\n    password: ${secret}\n` }),
    /^file: stringData\.password$/,
    /the value of stringData\.password is not encrypted/,
  ],
  'a value that only looks encrypted': [
    sopsSecret({ data: `    password: ENC[AES256_GCM,data:${secret},iv:a,tag:b,type:str]\n` }),
    /stringData\.password/,
    /is not encrypted/,
  ],
  'a number in the clear': [sopsSecret({ data: '    pin: 4711\n' }), /stringData\.pin/, /is not encrypted/],
  'a field that the regular expression leaves open': [
    sopsSecret({ data: `    password: ${secret}\n`, sops: sopsBlock('^data$') }),
    /stringData\.password/,
    /encrypted_regex "\^data\$" leaves it out/,
  ],
  'values that are no mapping': [sopsSecret({ data: `    - ${secret}\n` }), /stringData/, /is no mapping/],
  'a block without its MAC': [
    sopsSecret({ sops: sopsBlock().replace(/ {4}mac: .*\n/, '') }),
    /sops\.mac/,
    /nobody could tell whether it was changed/,
  ],
  'a block without keys': [
    sopsSecret({ sops: `sops:\n    age: []\n    mac: ${encryptedValue()}\n` }),
    /^file: sops$/,
    /nobody can decrypt it/,
  ],
  'what kubectl apply has kept': [
    sopsSecret()
      .replace('type: Opaque\n', `type: Opaque\n`)
      .replace('    namespace: shop\n', `    namespace: shop\n${applied}`),
    /metadata\.annotations/,
    /holds password in the clear/,
  ],
  'a file that is encrypted from its kind on': [
    sopsSecret().replace('kind: Secret', `kind: ${encryptedValue()}`),
    /^file$/,
    /encrypted from its kind on/,
  ],
  'another kind': [
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: db, namespace: shop }\ndata: { password: ${secret} }\n`,
    /^file$/,
    /holds a ConfigMap/,
  ],
  'two objects': [`${sopsSecret()}---\n${sopsSecret()}`, /^file$/, /holds 2 objects/],
  'no object': ['# nothing\n', /^file$/, /holds 0 objects/],
  'no YAML': [
    `apiVersion: v1\nkind: Secret\nstringData:\n  password: [${secret}\n`,
    /^file$/,
    /db\.enc\.yaml:\d+:\d+ is no Kubernetes object/,
  ],
  'a key twice': [
    `apiVersion: v1\nkind: Secret\nstringData:\n  password: ${secret}\n  password: ${secret}\n`,
    /^file$/,
    /db\.enc\.yaml:\d+:\d+ is no Kubernetes object/,
  ],
  'no UTF-8': [Uint8Array.of(0x61, 0xff), /^file$/, /cannot be read/],
  JSON: [JSON.stringify({ apiVersion: 'v1', kind: 'Secret', stringData: { password: secret } }), /^file$/, /is JSON/],
  'another namespace': [
    sopsSecret({ namespace: 'bank' }),
    /metadata\.namespace/,
    /for the namespace bank.*put into shop/,
  ],
  'no namespace': [
    sopsSecret().replace(/ {4}namespace: .*\n/, ''),
    /metadata\.namespace/,
    /for no namespace.*put into shop/,
  ],
  'no name': [sopsSecret().replace(/ {4}name: .*\n/, ''), /metadata\.name/, /it has no name/],
  'a SealedSecret for another namespace': [
    sealedSecret({ namespace: 'bank' }),
    /metadata\.namespace/,
    /for the namespace bank/,
  ],
  'a SealedSecret for everywhere': [
    sealedSecret({ annotations: wide }),
    /^scope$/,
    /is sealed cluster-wide, and strict/,
    strict,
  ],
  'a SealedSecret for any name': [sealedSecret({ annotations: narrower }), /^scope$/, /is sealed namespace-wide/],
  'a scope that is none': [sealedSecret(), /^scope$/, /there is no scope/, { scope: 'wide' as 'strict' }],
  'a SealedSecret with a value in the clear': [
    sealedSecret({ data: `    password: ${secret}\n` }),
    /spec\.encryptedData\.password/,
    /not what kubeseal writes/,
  ],
  'a SealedSecret with a value in base64': [
    sealedSecret({ data: `    password: ${Buffer.from(secret.repeat(40)).toString('base64')}\n` }),
    /spec\.encryptedData\.password/,
    /not what kubeseal writes/,
  ],
  'a SealedSecret with nothing in it': [sealedSecret({ data: '    {}\n' }), /spec\.encryptedData/, /holds nothing/],
  'a SealedSecret with values beside': [
    `${sealedSecret()}data: { password: ${secret} }\n`,
    /^file: data$/,
    /in the clear beside/,
  ],
  'a template with a value in the clear': [
    sealedSecret({ template: `    data:\n      password: ${secret}\n` }),
    /spec\.template\.data\.password/,
    /stands in the clear/,
  ],
  'a field of its own beside the values': [`${sopsSecret()}password: ${secret}\n`, /^file: password$/, /no such field/],
  'a spec beside the values': [`${sopsSecret()}spec: { password: ${secret} }\n`, /^file: spec$/, /no such field/],
  'values under another case': [`${sopsSecret()}Data: { password: ${secret} }\n`, /^file: Data$/, /no such field/],
  'an anchor in another field': [`${sopsSecret()}x: &x ${secret}\n`, /^file: x$/, /no such field/],
  'a field of metadata that is none': [
    sopsSecret().replace('    name: db\n', `    name: db\n    note: ${secret}\n`),
    /^file: metadata\.note$/,
    /no such field/,
  ],
  'an annotation that is a secret by its name': [
    sopsSecret().replace('    name: db\n', `    name: db\n    annotations: { acme.example/password: ${secret} }\n`),
    /metadata\.annotations/,
    /in the clear, and holds a secret by its name/,
  ],
  'a comment': [
    sopsSecret().replace('# Who', `# password: ${secret}\n# Who`),
    /^file: comment$/,
    /^a comment sets password/,
  ],
  'a comment behind a value': [
    sopsSecret().replace('type: Opaque', `type: Opaque # password=${secret}`),
    /^file: comment$/,
    /^a comment sets password/,
  ],
  'a comment behind an encrypted value': [
    sopsSecret({ data: `    password: ${encryptedValue()} # was ${secret}\n` }),
    /^file: comment$/,
    /among the values stands in the clear/,
  ],
  'a comment that only begins as an encrypted one does': [
    sopsSecret({ data: `    # ENC[AES256_GCM,data:${secret},type:comment]\n    password: ${encryptedValue()}\n` }),
    /^file: comment$/,
    /among the values stands in the clear/,
  ],
  'a comment on a line of its own among the values': [
    sopsSecret({ data: `    # ${secret}\n    password: ${encryptedValue()}\n` }),
    /^file: comment$/,
    /among the values stands in the clear/,
  ],
  'a key of the file that is none': [
    sopsSecret({ sops: sopsBlock().replace(/enc: \|\n[\s\S]*?END AGE[^\n]*\n/, `enc: ${secret}\n`) }),
    /^file: sops\.age\[0\]\.enc$/,
    /no such field or value/,
  ],
  'a type that is none': [sopsSecret().replace('type: Opaque', `type: ${secret}`), /^file: type$/, /field or value/],
  'a flag that is none': [`${sopsSecret()}immutable: ${secret}\n`, /^file: immutable$/, /field or value/],
  'a time that is none': [
    sopsSecret({ sops: sopsBlock().replace(/lastmodified: .*/, `lastmodified: ${secret}`) }),
    /^file: sops\.lastmodified$/,
    /field or value/,
  ],
  'a version that is none': [
    sopsSecret({ sops: sopsBlock().replace(/version: .*/, `version: ${secret}`) }),
    /^file: sops\.version$/,
    /field or value/,
  ],
  ...Object.fromEntries(
    [
      `{{/* ${secret} */}}{{ .password }}`,
      `{{- /* ${secret} */ -}}{{ .password }}`,
      '{{ 48151623 }}{{ .password }}',
      '{{ .password }}{{ print "ca" "na" "ry" }}',
      '{{ .pasword }}',
      '{{ .password }}{{ .other }}',
    ].map((written, i): [string, Refusal] => [
      `a template that writes something else (${i})`,
      [
        sealedSecret({ template: `    data:\n      a: '${written}'\n` }),
        /spec\.template\.data\.a/,
        /stands in the clear/,
      ],
    ]),
  ),
  ...Object.fromEntries(
    [
      `u:${worded}@{{ .password }}`,
      `{{ .password }}:${worded}@{{ .password }}`,
      `postgres://{{ .password }}:${worded}@db/shop`,
      `--password ${worded} {{ .password }}`,
      `machine db login shop password ${worded} {{ .password }}`,
      `requirepass ${worded} {{ .password }}`,
    ].map((written): [string, Refusal] => [
      `a template with a credential beside its field: ${written.replace(worded, '…')}`,
      [
        sealedSecret({ template: `    data:\n      a: '${written}'\n` }),
        /^file: spec\.template\.data\.a$/,
        /writes a password|sets a secret/,
      ],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(services).flatMap(([service, fields]) =>
      Object.entries(fields).map(([field, good]): [string, Refusal] => [
        `a key of ${service} whose ${field} is none`,
        [
          sopsSecret({ sops: serviceBlock(service, { ...fields, [field]: noSuchValue(good) }) }),
          new RegExp(`^file: sops\\.${service}\\[0\\]\\.${field}$`),
          /no such field or value/,
        ],
      ]),
    ),
  ),
  ...Object.fromEntries(
    (
      [
        ['creationTimestamp', 'creationTimestamp', secret],
        ['generation', 'generation', secret],
        ['uid', 'uid', secret],
        ['finalizers', 'finalizers[0]', `[${secret}]`],
      ] as const
    ).map(([field, property, written]): [string, Refusal] => [
      `metadata whose ${field} is none`,
      [
        sopsSecret().replace('    name: db\n', `    name: db\n    ${field}: ${written}\n`),
        new RegExp(`^file: metadata\\.${property.replace(/[[\]]/g, '\\$&')}$`),
        /no such field or value/,
      ],
    ]),
  ),
  'a note in the block': [
    sopsSecret({ sops: `${sopsBlock()}    note: ${secret}\n` }),
    /^file: sops\.note$/,
    /no such field/,
  ],
  'an identity in the block': [
    sopsSecret({ sops: sopsBlock().replace('recipient:', `identity: ${secret}\n          recipient:`) }),
    /^file: sops\.age\[0\]\.identity$/,
    /no such field/,
  ],
  'an identity in place of the recipient': [
    sopsSecret({ sops: sopsBlock().replace(/age1\w+/, `AGE-SECRET-KEY-${secret}`) }),
    /^file: sops\.age\[0\]\.recipient$/,
    /no such field or value/,
  ],
  ...Object.fromEntries(
    (['data', 'stringData'] as const).map((field): [string, Refusal] => [
      `a SealedSecret with ${field} in its spec`,
      [
        sealedSecret().replace('spec:\n', `spec:\n  ${field}: { password: ${secret} }\n`),
        /^file: spec\./,
        /no such field/,
      ],
    ]),
  ),
  'a template with stringData': [
    sealedSecret({ template: `    stringData: { password: ${secret} }\n` }),
    /^file: spec\.template\.stringData$/,
    /no such field/,
  ],
  'a template that sets another value': [
    sealedSecret({ template: `    data:\n      db.env: "user={{ .password }}\\npassword=${secret}"\n` }),
    /^file: spec\.template\.data\.db\.env$/,
    /sets password in line 2/,
  ],
  'a template with a text as its action': [
    sealedSecret({ template: `    data:\n      a: '{{ "${secret}" }}'\n` }),
    /spec\.template\.data\.a/,
    /stands in the clear/,
  ],
  'a template with a text in its action': [
    sealedSecret({ template: `    data:\n      a: '{{ .password | default "${secret}" }}'\n` }),
    /spec\.template\.data\.a/,
    /writes texts in its actions/,
  ],
  'a template with a random text beside its field': [
    sealedSecret({ template: `    data:\n      a: 'x8Kq2Lm9Zt4Wv7BnRc3Y {{ .password }}'\n` }),
    /spec\.template\.data\.a/,
    /holds a random text/,
  ],
};

describe('a file that is not as it should be', () => {
  it.each(Object.entries(refusals))(
    '%s is refused, and shows in no message and no output',
    (_, [text, property, message, props]) => {
      const { app, made } = declared(text, props);
      const errors = errorsOf(app);
      expect(errors).toEqual([
        expect.objectContaining({
          rule: 'encrypted-secret',
          construct: 'shop/db',
          property: expect.stringMatching(property),
          message: expect.stringMatching(message),
          remedy: expect.stringMatching(/\w{2}/),
        }),
      ]);
      expect(made.node.children).toEqual([]);
      expect(JSON.stringify(findingsOf(app))).not.toContain(secret);
      expect(JSON.stringify(findingsOf(app))).not.toContain(worded);
      expect(() => app.synth()).toThrow(SynthesisError);
      try {
        app.synth();
      } catch (error) {
        expect(`${(error as Error).stack}`).not.toContain(secret);
      }
    },
  );

  it('says everything at once', () => {
    const { app } = declared(sopsSecret({ namespace: 'bank', data: `    a: ${secret}\n    b: ${secret}\n` }));
    expect(errorsOf(app).map(({ property }) => property)).toEqual([
      'file: stringData.a',
      'file: stringData.b',
      'file: metadata.namespace',
    ]);
  });

  it('is said of a file that is not there, and of no file', () => {
    const { app, shop } = testNamespace();
    new EncryptedSecret(shop, 'a', { file: join(temporaryFolder(), 'none.yaml') });
    new EncryptedSecret(shop, 'b', {} as EncryptedSecretProps);
    expect(errorsOf(app).map(({ construct, rule }) => [construct, rule])).toEqual([
      ['shop/a', 'encrypted-secret'],
      ['shop/b', 'prop-valid'],
    ]);
  });
});

describe('what is meant', () => {
  it.each(Object.entries(services))('keys of %s', (service, fields) => {
    expect(errorsOf(declared(sopsSecret({ sops: serviceBlock(service, fields) })).app)).toEqual([]);
  });

  it.each([
    '{{ .password }}',
    '{{ .password | b64enc }}',
    'user:{{ index . "password" | replace "\\n" "" }}',
    '{{ printf "%s:%s" .password .password }}',
    'postgres://shop:{{ .password }}@db:5432/shop',
    'shop:{{ .password }}@{{ .password }}',
    'image: registry.acme.example/a:1@sha256:00 {{ .password }}',
    'requirepass {{ .password }}',
    '--password {{ .password }} --password-file /run/a',
    'machine db login shop password {{ .password }}',
  ])('a template %s', (written) => {
    const template = `    data:\n      a: '${written}'\n`;
    expect(errorsOf(declared(sealedSecret({ template })).app)).toEqual([]);
  });

  it.each([
    ['cluster-wide', wide],
    ['namespace-wide', narrower],
  ] as const)('a SealedSecret that is sealed %s where that is asked for', (scope, annotations) => {
    expect(errorsOf(declared(sealedSecret({ annotations }), { scope }).app)).toEqual([]);
  });

  it('a template of what is sealed', () => {
    const template = '    data:\n      db.env: "PASSWORD={{ .password }}"\n';
    const { app, made } = declared(sealedSecret({ template }));
    expect(errorsOf(app)).toEqual([]);
    expect(made.keys).toEqual(['password', 'db.env']);
  });
});
