import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { LEDGER } from '../../../constructs/app/output-ledger';
import {
  type BulwarkApp,
  type BulwarkAppProps,
  LockedNamespace,
  OutputFolderError,
  Probe,
  SecureDeployment,
  SecureJob,
} from '../../../index';
import { basics, errorsOf, objectsOf, temporaryFolder, testApp, testNamespace } from '../../support/app';

function scene(outdir: string, props: Partial<BulwarkAppProps> = {}): { app: BulwarkApp; shop: LockedNamespace } {
  const app = testApp({ outdir, ...props });
  const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
  const api = new SecureDeployment(shop, 'api', { ...basics, port: 8080, readiness: Probe.http('/ready') });
  new SecureJob(new LockedNamespace(app, 'batch', { owner: 'x' }), 'import', basics).connectTo(api);
  return { app, shop };
}

/** Every file below a folder: relative path -> content. */
function filesIn(folder: string, below = ''): Record<string, string> {
  if (!existsSync(join(folder, below))) return {};
  return Object.assign(
    {},
    ...readdirSync(join(folder, below), { withFileTypes: true }).map((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? filesIn(folder, path) : { [path]: readFileSync(join(folder, path), 'utf8') };
    }),
  );
}

describe('BulwarkApp.synth', () => {
  it.each(['namespace', 'object'] as const)('writes the same bytes each time, in the layout by %s', (layout) => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const { app } = scene(first, { layout });
    expect(app.synth().files).toMatchObject({ unchanged: 0, removed: 0 });
    const written = filesIn(first);
    expect(app.synth().files).toMatchObject({ written: 0, removed: 0, unchanged: Object.keys(written).length - 1 });
    scene(second, { layout }).app.synth();
    expect(filesIn(second)).toEqual(written);
    expect(Object.keys(written).sort()).toMatchSnapshot();
  });

  it('says what it made', () => {
    const outdir = temporaryFolder();
    const result = scene(outdir).app.synth();
    expect(result).toMatchObject({
      outdir,
      kinds: { Namespace: 2, Deployment: 1, Job: 1, NetworkPolicy: 4 },
      workloads: ['Deployment shop/api', 'Job batch/import'],
      connections: [{ from: 'batch/import', to: 'shop/api', ports: '8080' }],
      findings: [],
      requiredPolicies: [],
    });
    expect(String(result)).toContain('batch/import -> shop/api :8080');
  });

  it('leaves the previous output whole where a rule is broken', () => {
    const outdir = temporaryFolder();
    const { app, shop } = scene(outdir);
    app.synth();
    const before = filesIn(outdir);
    new SecureDeployment(shop, 'bad', { ...basics, image: 'nginx' });
    expect(() => app.synth()).toThrow(/nothing was written/);
    expect(filesIn(outdir)).toEqual(before);
  });

  it('removes what no longer belongs, and touches nothing that it did not write', () => {
    const outdir = temporaryFolder();
    writeFileSync(join(outdir, 'README.md'), 'mine');
    const { app } = scene(outdir);
    app.synth();
    expect(Object.keys(filesIn(outdir))).toContain('batch.yaml');
    app.node.tryRemoveChild('batch');
    expect(app.synth().files.removed).toBe(1);
    expect(Object.keys(filesIn(outdir)).sort()).toEqual([LEDGER, 'README.md', 'shop.yaml']);
    expect(filesIn(outdir)['README.md']).toBe('mine');
  });

  it('refuses to overwrite what it did not write', () => {
    const outdir = temporaryFolder();
    writeFileSync(join(outdir, 'shop.yaml'), 'mine');
    expect(() => scene(outdir).app.synth()).toThrow(OutputFolderError);
    expect(filesIn(outdir)).toEqual({ 'shop.yaml': 'mine' });
  });

  it('refuses a folder that cannot be written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => scene(join(folder, 'file')).app.synth()).toThrow(
      /the output folder .*file cannot be written.*choose another output folder|file is not a folder; move that away, or choose another output folder/,
    );
    if (process.getuid?.() === 0) return;
    mkdirSync(join(folder, 'locked'));
    chmodSync(join(folder, 'locked'), 0o500);
    expect(() => scene(join(folder, 'locked', 'dist')).app.synth()).toThrow(/give this user the right to write there/);
  });

  it('makes several environments side by side', () => {
    const outdir = temporaryFolder();
    for (const environment of ['staging', 'prod'])
      expect(scene(outdir, { environment }).app.synth().outdir).toBe(join(outdir, environment));
    expect(readdirSync(outdir).sort()).toEqual(['prod', 'staging']);
    expect(filesIn(join(outdir, 'prod'))).toEqual(filesIn(join(outdir, 'staging')));
  });

  it.each(['../prod', 'a/b', '', 'Prod'])('refuses the environment %j', (environment) => {
    expect(() => testApp({ environment })).toThrow(
      `environment = ${JSON.stringify(environment)} is no name for a folder`,
    );
  });

  it('writes to CDK8S_OUTDIR, and to dist without it', () => {
    const before = process.env.CDK8S_OUTDIR;
    try {
      process.env.CDK8S_OUTDIR = '/somewhere';
      expect(testApp({ outdir: undefined }).outdir).toBe('/somewhere');
      delete process.env.CDK8S_OUTDIR;
      expect(testApp({ outdir: undefined }).outdir).toBe('dist');
    } finally {
      if (before !== undefined) process.env.CDK8S_OUTDIR = before;
    }
  });
});

describe('two apps of one program', () => {
  const one = (outdir: string, namespace: string, props: Partial<BulwarkAppProps> = {}) => {
    const app = testApp({ outdir, ...props });
    new LockedNamespace(app, namespace, { owner: 'x' });
    return app;
  };
  const refusal =
    /was written by app \d+ \(shop\) of this program, and app \d+ \(batch\) would remove 1 of its files and write 1 into it; give each app an outdir or an environment of its own/;

  it.each([
    ['the same outdir', 'dist'],
    ['another way to write it', 'dist/../dist/'],
    ['a symbolic link to it', 'link'],
    ['an environment that makes it', '.', { environment: 'dist' }],
  ] as const)('are refused one folder: %s', (_, second, props: Partial<BulwarkAppProps> = {}) => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'dist'), join(folder, 'link'));
    const first = one(`${folder}/dist`, 'shop');
    first.synth();
    const before = filesIn(`${folder}/dist`);
    const other = one(`${folder}/${second}`, 'batch', props);
    for (const options of [{}, { dryRun: true }]) {
      expect(() => other.synth(options)).toThrow(OutputFolderError);
      expect(() => other.synth(options)).toThrow(refusal);
    }
    expect(filesIn(`${folder}/dist`)).toEqual(before);
    expect(first.synth().files).toEqual({ written: 0, unchanged: 1, removed: 0 });
  });

  it('are refused one folder where the second would overwrite or add', () => {
    const outdir = temporaryFolder();
    one(outdir, 'shop').synth();
    const changed = testApp({ outdir });
    new LockedNamespace(changed, 'shop', { owner: 'y' });
    expect(() => changed.synth()).toThrow(/\(shop\) of this program, and app \d+ \(shop\) would write 1 into it/);
    const more = one(outdir, 'shop');
    new LockedNamespace(more, 'batch', { owner: 'x' });
    expect(() => more.synth()).toThrow(/would write 1 into it/);
  });

  it('may write the very same, and may write where the files of the first are gone', () => {
    const outdir = temporaryFolder();
    one(outdir, 'shop').synth();
    expect(one(outdir, 'shop').synth().files).toEqual({ written: 0, unchanged: 1, removed: 0 });
    rmSync(join(outdir, 'shop.yaml'));
    expect(one(outdir, 'batch').synth().files.written).toBe(1);
    rmSync(outdir, { recursive: true });
    expect(one(outdir, 'shop').synth().files.written).toBe(1);
  });

  it('leave each other alone where one folder is in the other', () => {
    const dist = temporaryFolder();
    const outer = () => one(dist, 'staging', { layout: 'object' });
    const first = outer();
    const inner = one(dist, 'shop', { environment: 'staging' });
    for (const app of [first, inner, first, inner]) app.synth();
    const both = filesIn(dist);
    expect(Object.keys(both)).toEqual(expect.arrayContaining(['staging/Namespace.staging.yaml', 'staging/shop.yaml']));
    first.node.tryRemoveChild('staging');
    first.synth();
    expect(Object.keys(filesIn(dist)).sort()).toEqual([LEDGER, `staging/${LEDGER}`, 'staging/shop.yaml']);
    expect(inner.synth().files.unchanged).toBe(1);
  });
});

describe('BulwarkApp.synthYaml', () => {
  it('orders by kind: definitions, namespaces, bounds, then the rest', () => {
    const { app } = scene(temporaryFolder());
    const kinds = objectsOf(app).map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['Namespace', 'Namespace']);
    expect(kinds.indexOf('NetworkPolicy')).toBeLessThan(kinds.indexOf('Deployment'));
    expect(kinds.indexOf('ServiceAccount')).toBeLessThan(kinds.indexOf('Deployment'));
  });

  it('honours dependencies, between objects and between constructs', () => {
    const app = testApp();
    const chart = new Chart(app, 'chart');
    const [a, b] = ['a', 'b'].map(
      (name) => new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }),
    );
    const { shop } = scene(temporaryFolder());
    expect(objectsOf(app).map(({ metadata }) => metadata?.name)).toEqual(['a', 'b']);
    a!.addDependency(b!);
    expect(objectsOf(app).map(({ metadata }) => metadata?.name)).toEqual(['b', 'a']);
    const first = new SecureJob(shop, 'z-first', basics);
    new SecureJob(shop, 'a-second', basics).node.addDependency(first);
    const jobs = objectsOf(shop.node.root as BulwarkApp)
      .filter(({ kind }) => kind === 'Job')
      .map(({ metadata }) => metadata?.name);
    expect(jobs).toEqual(['import', 'z-first', 'a-second']);
  });

  it('sees what changed since the last synthesis', () => {
    const { app, shop } = scene(temporaryFolder());
    app.synthYaml();
    ApiObject.of(shop.node.findChild('Namespace')).metadata.addLabel('stage', 'prod');
    expect(app.synthYaml()).toContain('stage: prod');
    ApiObject.of(shop.node.findChild('Namespace')).metadata.addLabel('stage', 'x'.repeat(64));
    expect(errorsOf(app)).toMatchObject([{ rule: 'label-value', construct: 'shop' }]);
  });
});

describe('a dry run', () => {
  it('says what would be written, and writes nothing', () => {
    const { app } = testNamespace();
    const dry = app.synth({ dryRun: true });
    expect(dry.files).toEqual({ written: 1, unchanged: 0, removed: 0 });
    expect(String(dry)).toContain('(dry run: 1 would be written, 0 are current, 0 would be removed)');
    expect(existsSync(app.outdir)).toBe(false);
    app.synth();
    expect(app.synth({ dryRun: true }).files).toEqual({ written: 0, unchanged: 1, removed: 0 });
  });
});
