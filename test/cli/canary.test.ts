/** Values that stand where they must not, in files that are checked and in apps that are refused: no text has them in any spelling. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { formatIds } from '../../core/report/formats/ids';
import { EncryptedSecret, SecretFile, SecureDeployment, VaultSecretMount } from '../../index';
import { basics, findingsOf, temporaryFolder, testNamespace } from '../support/app';
import { encryptedValue, fileOf, sealedSecret, sopsBlock, sopsSecret } from '../support/encryption/fixtures';
import { runCliIn } from '../support/run-cli';
import { canaries, tracesOf } from '../support/vault/canary';

const all = canaries('data', 'text', 'list', 'env', 'sops', 'sealed', 'kustomize', 'applied', 'broken');
const base64 = (value: string): string => Buffer.from(value).toString('base64');
const quoted = (value: string): string => JSON.stringify(value);

/** One of each place; the last of them can be read by nobody. */
const files: Readonly<Record<string, string>> = {
  'data.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { password: ${quoted(base64(all.data))}, 'x': ${quoted(base64(`1${all.data}`))} }\n`,
  'minified.json': JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'b' },
    stringData: { p: all.data },
  }),
  'text.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: c }\nstringData: ${quoted(all.text)}\n`,
  'list.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: d }\ndata:\n- ${quoted(all.list)}\n`,
  'env.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: e }\nspec:\n  containers:\n  - name: e\n    image: e\n    env:\n    - name: DB_PASSWORD\n      value: ${quoted(all.env)}\n    args:\n    - --password\n    - ${quoted(all.env)}\n`,
  'config.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: f }\ndata:\n  password: ${quoted(all.env)}\n`,
  'sops.yaml': sopsSecret({ data: `    a: ${encryptedValue()}\n    b: ${quoted(all.sops)}\n` }),
  'sealed.yaml': sealedSecret({ data: `    a: ${quoted(base64(all.sealed))}\n` }),
  'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: { name: g }\nsecretGenerator:\n- name: g\n  literals: [${quoted(`password=${all.kustomize}`)}]\n`,
  'applied.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: h\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: ${quoted(JSON.stringify({ data: { a: base64(all.applied) } }))}\n`,
  'twice.yaml': `apiVersion: v1\nkind: Secret\nstringData: { p: ${quoted(all.broken)}, p: ${quoted(all.broken)} }\n`,
  'open.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  p: "${all.broken.replaceAll('"', '')}\n`,
  'alias.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  p: *${all.broken.slice(0, 31)}\n`,
  'tag.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  p: !${all.broken.slice(0, 31)} x\n`,
  'flow.yaml': `apiVersion: v1\nkind: Secret\nstringData: {p: ${all.broken.slice(0, 31)}, [\n`,
  'broken.json': `{"apiVersion": "v1", "kind": "Secret", "stringData": {"p": ${quoted(all.broken)} "q": 1}}`,
};

describe('a canary', () => {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

  it.each(formatIds)(
    'is in no report of a failing check, as %s',
    (format) => {
      const { code, stdout, stderr } = runCliIn({ cwd: folder }, 'check', '--format', format, ...Object.keys(files));
      expect(code).not.toBe(0);
      expect(stdout).toContain('secret-in-manifest');
      expect(tracesOf(all, new Map(Object.entries({ stdout, stderr })))).toEqual([]);
    },
    120_000,
  );

  it('is in no list of who reads what', () => {
    const { stdout, stderr } = runCliIn({ cwd: folder }, 'secrets', ...Object.keys(files));
    expect(tracesOf(all, new Map(Object.entries({ stdout, stderr })))).toEqual([]);
  }, 60_000);

  it('is in no error and no file of a synthesis that fails', () => {
    const outdir = temporaryFolder();
    const { app, shop } = testNamespace({ outdir });
    const secret = { apiVersion: 'v1', kind: 'Secret' };
    new ApiObject(shop, 'data', { ...secret, metadata: { name: 'a' }, data: { a: all.data } } as never);
    new ApiObject(shop, 'text', { ...secret, metadata: { name: 'b' }, stringData: all.text } as never);
    new ApiObject(shop, 'list', {
      ...secret,
      metadata: { name: 'c' },
      stringData: { a: [all.list], b: { [all.list]: 1 } },
    } as never);
    new kplus.Secret(shop, 'kplus', { stringData: { a: all.data } });
    new Include(shop, 'include', { url: join(folder, 'data.yaml') });
    for (const name of Object.keys(files)) new EncryptedSecret(shop, `file-${name}`, { file: join(folder, name) });
    const clear = fileOf(sopsSecret({ data: `    b: ${quoted(all.sops)}\n`, sops: sopsBlock('^data$') }));
    const db = new EncryptedSecret(shop, 'clear', { file: clear });
    new SecureDeployment(shop, 'api', {
      ...basics,
      env: { DB_PASSWORD: all.env },
      secrets: [
        SecretFile.fromSecret(db, { key: 'none', file: '/etc/db/none' }),
        VaultSecretMount.kv('no-mount', { file: '/etc/vault/a' }),
      ],
    });
    const findings = findingsOf(app);
    const shown = new Map([['findings', JSON.stringify(findings)]]);
    expect(findings.filter(({ rule }) => rule === 'encrypted-secret').length).toBeGreaterThan(
      Object.keys(files).length,
    );
    for (const act of [() => app.synth(), () => app.synthYaml()])
      try {
        act();
        shown.set('nothing thrown', all.data);
      } catch (error) {
        shown.set('error', `${(error as Error).stack}\n${JSON.stringify(error)}`);
      }
    for (const name of readdirSync(outdir)) shown.set(name, readFileSync(join(outdir, name), 'utf8'));
    expect(tracesOf(all, shown)).toEqual([]);
  });
});
