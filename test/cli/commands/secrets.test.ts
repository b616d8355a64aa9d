import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCliIn } from '../../support/run-cli';

const canary = 'c4nary-v4lue';

const workload = `apiVersion: v1
kind: Pod
metadata: {name: api, namespace: pay}
spec:
  containers:
  - name: api
    image: quay.io/acme/api:1
    env:
    - {name: LITERAL, value: ${canary}}
    - {name: DB, valueFrom: {secretKeyRef: {name: db, key: password}}}
---
apiVersion: v1
kind: Secret
metadata: {name: idle, namespace: pay}
stringData: {password: ${canary}}
`;

const source = `apiVersion: secrets.hashicorp.com/v1beta1
kind: VaultDynamicSecret
metadata: {name: db, namespace: pay}
spec: {mount: database, path: creds/+, destination: {name: db}}
`;

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'secrets-'));
  mkdirSync(join(cwd, 'k8s'));
  writeFileSync(join(cwd, 'k8s/workload.yaml'), workload);
  writeFileSync(join(cwd, 'k8s/source.yaml'), source);
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const secrets = (...args: readonly string[]) => runCliIn({ cwd }, 'secrets', ...args);

describe('bulwark secrets', () => {
  it('lists by workload, over files that are given together', () => {
    const { code, stdout, stderr } = secrets('k8s');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const words = stdout.split('\n').map((line) => line.split(/ {2,}/).filter(Boolean));
    expect(words).toEqual([
      ['Pod pay/api'],
      ['SECRET', 'KEY', 'CONTAINER', 'AS', 'BY', 'NOTE'],
      [
        'vault database/creds/+',
        'password',
        'api (main)',
        'DB',
        'env < Secret db < VaultDynamicSecret db',
        'wildcard: the path stands for many secrets: name each of them',
      ],
      [],
      ['Read by nobody here'],
      ['kubernetes pay/idle', '*'],
      [],
      ['1 reader of 1 secret; wildcard: 1'],
      [],
    ]);
  });

  it('lists by secret', () => {
    const { code, stdout } = secrets('--by', 'secret', 'k8s');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^vault database\/creds\/\+\n {2}READER .*\n {2}Pod pay\/api {2}password {2}api \(main\) {2}DB /,
    );
  });

  it.each(['workload', 'secret'])('gives the same readings as JSON, by %s', (by) => {
    const { code, stdout } = secrets('--format', 'json', '--by', by, 'k8s/*.yaml');
    expect(code).toBe(0);
    const listing = JSON.parse(stdout);
    const groups = by === 'workload' ? listing.workloads : listing.secrets;
    expect(groups).toHaveLength(1);
    expect(groups[0].readings).toMatchObject([{ way: 'env', as: 'DB', flag: { kind: 'wildcard' } }]);
    expect(listing).toMatchObject({ by, errors: [], unread: [{ secret: { store: 'kubernetes', name: 'pay/idle' } }] });
  });

  it('reads standard input, and settings', () => {
    expect(runCliIn({ cwd, input: workload }, 'secrets', '-').stdout).toContain('kubernetes pay/db  password');
    writeFileSync(join(cwd, 'own.yaml'), 'paths: [k8s]\nexclude: [k8s/source.yaml]\n');
    expect(secrets('--config', 'own.yaml').stdout).toContain('kubernetes pay/db  password');
  });

  it('lists the rest where something cannot be read, and says so', () => {
    writeFileSync(join(cwd, 'broken.yaml'), `kind: [${canary}\n`);
    const { code, stdout, stderr } = secrets('k8s/workload.yaml', 'broken.yaml', 'nowhere.yaml');
    expect(code).toBe(2);
    expect(stdout).toContain('Pod pay/api');
    expect(stderr).toMatch(/^bulwark: .*nowhere\.yaml: there is no such file or folder$/m);
    expect(stderr).toMatch(/^bulwark: broken\.yaml:\d+:\d+: /m);
    expect(stdout + stderr).not.toContain(canary);
  });

  it('shows no value, in any form', () => {
    for (const by of ['workload', 'secret'])
      for (const format of ['text', 'json']) {
        const { stdout, stderr } = secrets('--by', by, '--format', format, 'k8s');
        expect(stdout).toContain('idle');
        expect(stdout + stderr).not.toContain(canary);
      }
  });

  it('keeps names from steering the terminal', () => {
    const input = workload.replace('name: api,', 'name: "a\\e[2Jb\\nc",');
    const { stdout } = runCliIn({ cwd, input }, 'secrets', '-');
    expect(stdout).toContain('Pod pay/a\\u{1b}[2Jb\\nc\n');
  });

  it.each([
    [['--by', 'works', 'k8s'], '--by takes workload, secret, and not'],
    [['--format', 'yaml', 'k8s'], '--format takes text, json, and not'],
    [['--frmat', 'json', 'k8s'], "unknown option '--frmat'; did you mean '--format'?"],
    [[], 'name files, folders or patterns'],
  ])('refuses %j', (args, message) => {
    const { code, stdout, stderr } = secrets(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
