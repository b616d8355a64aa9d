/** What the real sops and kubeseal have encrypted comes out of an app so that they decrypt it, and the real API server takes it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { BulwarkApp, ClusterTarget, EncryptedSecret, LockedNamespace } from '../../../../index';
import { errorsOf, registry, temporaryFolder } from '../../../support/app';
import { describeCluster, expectOk } from '../../../support/control-plane';
import { definitionsIn } from '../../../support/corpus';
import { serveCustomKinds } from '../../../support/custom-kinds';
import { ageKey, describeEncryption, type RunEncryptionTool, sealingKey } from '../../../support/encryption';
import { fileOf } from '../../../support/encryption/fixtures';
import { goModule } from '../../../support/go-module';
import { lackIn } from '../../../support/go-programs';
import { canaries, tracesOf } from '../../../support/vault/canary';

const { password, pin } = canaries('password', 'pin');

/** A Secret as a person writes it, before it is encrypted: keys in no order, comments, a text of several lines. */
const plain = (namespace: string) => `# The database of the shop.
apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: ${namespace}
  labels: {owner: 'shop'}
type: Opaque
stringData:
  zebra: ${JSON.stringify(password)}
  # asked for at the till
  alpha: ${JSON.stringify(pin)}
  none: ""
  file: |
    one
    two
`;

/** What comes out of an app for an encrypted file: by path. */
function written(namespace: string, file: string, layout: 'namespace' | 'object' = 'namespace') {
  const outdir = temporaryFolder();
  const app = new BulwarkApp({ target: ClusterTarget.of('1.36'), registries: [registry], outdir, layout });
  const scope = new LockedNamespace(app, namespace, { owner: 'team-shop' });
  new EncryptedSecret(scope, 'db', { file });
  expect(errorsOf(app)).toEqual([]);
  app.synth();
  return { outdir, text: app.synthYaml() };
}

const secretOf = (text: string) =>
  (parse(text) as { readonly stringData: Readonly<Record<string, string>> }).stringData;

function encrypted(run: RunEncryptionTool, recipient: string, text: string, ...rule: readonly string[]): string {
  const file = fileOf(text);
  run('sops', ['encrypt', '--age', recipient, ...rule, '--in-place', file]);
  return file;
}

const dataOnly = ['--encrypted-regex', '^(data|stringData)$'];

describeEncryption('a Secret that the real sops has encrypted', (run) => {
  it.each(['namespace', 'object'] as const)('is decrypted from the output in the layout %s', (layout) => {
    const { key, recipient } = ageKey(run);
    const file = encrypted(run, recipient, plain('shop'), ...dataOnly);
    const { outdir, text } = written('shop', file, layout);
    const out = join(outdir, 'shop/Secret.db.yaml');
    expect(readFileSync(out)).toEqual(readFileSync(file));
    const decrypted = run('sops', ['decrypt', out], { env: { SOPS_AGE_KEY: key } });
    expect(secretOf(decrypted)).toEqual({ zebra: password, alpha: pin, none: '', file: 'one\ntwo\n' });
    expect(decrypted).toBe(run('sops', ['decrypt', file], { env: { SOPS_AGE_KEY: key } }));
    expect(
      tracesOf(
        { password, pin },
        new Map([
          ['output', readFileSync(out, 'utf8')],
          ['text', text],
        ]),
      ),
    ).toEqual([]);
  });

  it('is refused by sops itself where a value was changed, which is why nothing is', () => {
    const { key, recipient } = ageKey(run);
    const file = encrypted(run, recipient, plain('shop'), ...dataOnly);
    const changed = fileOf(
      readFileSync(file, 'utf8')
        .replace("owner: 'shop'", "owner: 'shop', made: 'by hand'")
        .replace('owner: shop', 'owner: bank'),
    );
    expect(readFileSync(changed, 'utf8')).not.toBe(readFileSync(file, 'utf8'));
    expect(() => run('sops', ['decrypt', changed], { env: { SOPS_AGE_KEY: key } })).toThrow(/MAC/);
  });

  it.each([
    [
      'of which a regular expression has left the values out',
      ['--encrypted-regex', '^data$'],
      /stringData\.zebra.*not encrypted/,
    ],
    [
      'of which one value was left out',
      ['--unencrypted-regex', '^(apiVersion|kind|metadata|type|alpha)$'],
      /stringData\.alpha.*not encrypted/,
    ],
    ['that is encrypted from its kind on', [], /encrypted from its kind on/],
  ] as const)('is refused as one %s', (_, rule, message) => {
    const { recipient } = ageKey(run);
    const app = new BulwarkApp({ target: ClusterTarget.of('1.36'), registries: [registry], outdir: temporaryFolder() });
    const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    new EncryptedSecret(shop, 'db', { file: encrypted(run, recipient, plain('shop'), ...rule) });
    const errors = errorsOf(app);
    expect(errors.map((error) => error.message).join('\n')).toMatch(message);
    expect(tracesOf({ password, pin }, new Map([['errors', JSON.stringify(errors)]]))).toEqual([]);
  });
});

describeEncryption('a Secret that the real kubeseal has sealed', (run) => {
  const { certificate, privateKey } = sealingKey(run);
  const [certificateFile, keyFile] = [fileOf(certificate, 'tls.crt'), fileOf(privateKey, 'tls.key')];
  const seal = (text: string, scope = 'strict') =>
    fileOf(run('kubeseal', ['--cert', certificateFile, '--scope', scope, '--format', 'yaml'], { input: text }));
  const unseal = (text: string) =>
    parse(
      run('kubeseal', ['--recovery-unseal', '--recovery-private-key', keyFile, '--format', 'yaml'], { input: text }),
    );

  it('is unsealed from the output', () => {
    const { text } = written('shop', seal(plain('shop')));
    expect(tracesOf({ password, pin }, new Map([['text', text]]))).toEqual([]);
    const sealed = text.split(/^---$/m).find((part) => part.includes('kind: SealedSecret')) ?? '';
    const { data } = unseal(sealed) as { readonly data: Readonly<Record<string, string>> };
    expect(Buffer.from(data.zebra ?? '', 'base64').toString()).toBe(password);
    expect(Buffer.from(data.alpha ?? '', 'base64').toString()).toBe(pin);
  });

  it('is refused with another scope than the one asked for', () => {
    for (const found of ['strict', 'namespace-wide', 'cluster-wide'] as const)
      for (const scope of ['strict', 'namespace-wide', 'cluster-wide'] as const) {
        const app = new BulwarkApp({
          target: ClusterTarget.of('1.36'),
          registries: [registry],
          outdir: temporaryFolder(),
        });
        const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
        new EncryptedSecret(shop, 'db', { file: seal(plain('shop'), found), scope });
        expect(errorsOf(app).map(({ property }) => property)).toEqual(found === scope ? [] : ['scope']);
      }
  });

  const source = goModule('sealedSecrets');
  const definitions =
    'folder' in source
      ? definitionsIn(join(source.folder, 'helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml'))
      : [];
  describeCluster(
    'on the API server',
    (cluster) => {
      serveCustomKinds(cluster, definitions, ['bitnami.com/v1alpha1/sealedsecrets']);

      it('is valid, strictly, as is what sops decrypts from the output', async () => {
        const { client } = cluster();
        const namespace = await cluster().namespace('sealed');
        const { text } = written(namespace, seal(plain(namespace)));
        const sealed = parse(text.split(/^---$/m).find((part) => part.includes('kind: SealedSecret')) ?? '');
        const query = { fieldValidation: 'Strict' };
        const path = `/apis/bitnami.com/v1alpha1/namespaces/${namespace}/sealedsecrets`;
        expectOk(await client.request('POST', path, { query, body: sealed }));

        const { key, recipient } = ageKey(run);
        const { outdir } = written(namespace, encrypted(run, recipient, plain(namespace), ...dataOnly));
        const file = join(outdir, `${namespace}/Secret.db.yaml`);
        const body = parse(run('sops', ['decrypt', file], { env: { SOPS_AGE_KEY: key } }));
        expectOk(await client.request('POST', `/api/v1/namespaces/${namespace}/secrets`, { query, body }));
        const stored = await client.request('GET', `/api/v1/namespaces/${namespace}/secrets/db`);
        const { data } = stored.body as unknown as { readonly data: Readonly<Record<string, string>> };
        expect(Buffer.from(data.zebra ?? '', 'base64').toString()).toBe(password);
      });
    },
    { unless: lackIn(source) },
  );
});
