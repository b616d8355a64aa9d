import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** Npm and the compiler take their time on a busy machine, and the first install on a machine downloads the peers. */
const SLOW = 300_000;

/** Runs a program and gives its output; a failure shows all of it. */
function run(cwd: string, program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: cleanEnvironment(),
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error ?? status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Without what the npm and jest around this test set, which would reach into the project under test. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(?:npm_(?:package|lifecycle|command|execpath|config_local_prefix)|NODE_OPTIONS|NODE_ENV|JEST_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

const node = (cwd: string, ...args: readonly string[]) => run(cwd, process.execPath, ...args);

/** A small application: typed values in, manifests out. */
const application = (
  name: string,
) => `import { BulwarkApp, ClusterTarget, type Finding, type k8s, type KubernetesObject, LockedNamespace } from 'kube-bulwark';
import { type Finding as CoreFinding, harden, type k8s as core, writeManifests } from 'kube-bulwark/core';
import { Chart } from 'cdk8s';

const target: ClusterTarget = ClusterTarget.of('1.34', { distribution: 'kind' });
const app = new BulwarkApp({ target, registries: ['registry.example'], outdir: 'out-${name}' });
new Chart(app, 'empty');
const findings: readonly Finding[] = app.synth().findings;
const same: readonly CoreFinding[] = findings;
const container: k8s.Container = { name: 'a', image: 'b' };
const hardened: core.PodSpec = harden({ spec: { containers: [container] } }, { target }).template.spec;
if (same.length > 0 || hardened.hostNetwork) throw new Error('not as the types say');
const object: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { version: target.version } };
const text: string = writeManifests([object]);
process.stdout.write(text);
// @ts-expect-error: a version is a text, so the declarations are not any.
export const wrong = () => ClusterTarget.of(1.34);
// @ts-expect-error: what our constructs tell each other is no part of the declarations.
export const internal = (shop: LockedNamespace) => shop.declarationFaults();
`;

/**
 * The types that exported declarations name and that nobody can import. What its own module keeps to itself only stands for a longer type
 * in that module.
 */
function unexportedTypes(entries: readonly string[]): readonly string[] {
  const program = ts.createProgram([...entries], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const checker = program.getTypeChecker();
  const meant = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exportsOf = (module: ts.Symbol): readonly ts.Symbol[] =>
    checker.getExportsOfModule(module).flatMap((exported) => {
      const symbol = meant(exported);
      return symbol.flags & ts.SymbolFlags.ValueModule ? exportsOf(symbol) : [symbol];
    });
  const modules = entries.map((entry) => checker.getSymbolAtLocation(program.getSourceFile(entry)!)!);
  const exported = new Set(modules.flatMap(exportsOf));
  const folder = dirname(entries[0]!);
  const missing = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    const found = name && checker.getSymbolAtLocation(name);
    const symbol = found && meant(found);
    if (symbol && !exported.has(symbol) && !(symbol.flags & ts.SymbolFlags.TypeParameter)) {
      const declaration = symbol.declarations?.[0];
      const file = declaration?.getSourceFile().fileName ?? '';
      const kept = !declaration || !(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export);
      if (!kept && file.startsWith(folder)) missing.add(`${relative(folder, file)}: ${symbol.name}`);
    }
    ts.forEachChild(node, visit);
  };
  for (const { declarations = [] } of exported) for (const declaration of declarations) visit(declaration);
  return [...missing].sort();
}

const EXPECTED = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  version: "1.34"\n';

describe('the packed package', () => {
  let scratch: string;
  let project: string;
  let files: readonly string[];
  const installed = (...path: readonly string[]) => join(project, 'node_modules', 'kube-bulwark', ...path);

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'package-'));
    // A copy without what is built and installed: no stale output gets in, and nothing here changes under other tests.
    const source = join(scratch, 'source');
    const left = new Set(['node_modules', 'lib', 'dist', 'coverage', '.git']);
    mkdirSync(source);
    for (const name of readdirSync(ROOT)) {
      if (!left.has(name)) cpSync(join(ROOT, name), join(source, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'), 'junction');
    // What the folder lib may hold from earlier builds must not be packed.
    mkdirSync(join(source, 'lib'));
    writeFileSync(join(source, 'lib', 'stale.js'), '');
    run(source, 'npm', 'run', 'build');
    const [packed] = JSON.parse(
      run(source, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', scratch),
    );
    files = packed.files.map(({ path }: { path: string }) => path);

    project = join(scratch, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    const peers = Object.keys(manifest.peerDependencies).map((peer) => `${peer}@${manifest.devDependencies[peer]}`);
    const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
    run(project, 'npm', 'install', ...quiet, join(scratch, basename(packed.filename)), ...peers);
  }, SLOW);

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('holds the build, the licence and the documents, and nothing else', () => {
    const allowed = [
      /^lib\/index\.(?:js|d\.ts)$/,
      /^lib\/(?:core|constructs|stacks|cli)\/(?:[a-z0-9-]+\/)*[a-z0-9.-]+\.(?:js|d\.ts)$/,
      /^(?:package\.json|LICENSE|NOTICE|README\.md|CHANGELOG\.md|SECURITY\.md)$/,
      /^docs\/.*\.md$/,
      /^schemas\/[a-z]+\.schema\.json$/,
      /^policy-pack\/(?:index\.js|package\.json|PulumiPolicy\.yaml)$/,
      /^components\/(?:index\.js|index\.d\.ts|package\.json|tsconfig\.json|PulumiPlugin\.yaml)$/,
      /^Pulumi\.yaml$/,
    ];
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(
      files.filter((file) => /(?:^|\/)(?:test|tests|examples|bench|corpus)\/|\.test\.|(?<!\.d)\.ts$/.test(file)),
    ).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'lib/index.js', 'lib/core/index.d.ts']),
    );
    // Each module has its declarations.
    const modules = files.filter((file) => file.startsWith('lib/') && file.endsWith('.js'));
    expect(files.filter((file) => file.startsWith('lib/') && file.endsWith('.d.ts'))).toEqual(
      modules.map((file) => file.replace(/\.js$/, '.d.ts')),
    );
  });

  it('has no script that runs where it is installed, and no dependency but those it names', () => {
    const { scripts, dependencies } = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
    for (const hook of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(hook);
    expect(scripts.prepack).toBe('npm run build');
    expect(dependencies).toEqual(manifest.dependencies);
    const modules = files.filter((file) => file.endsWith('.js')).map((file) => readFileSync(installed(file), 'utf8'));
    const required = modules.flatMap((text) =>
      [...text.matchAll(/\brequire\("([^."][^"]*)"\)/g)].map(([, name]) => name!),
    );
    const known = [...Object.keys(dependencies), ...Object.keys(manifest.peerDependencies)];
    expect([...new Set(required)].filter((name) => !name.startsWith('node:') && !known.includes(name))).toEqual([]);
  });

  it('has every file that its package.json names', () => {
    const named = new Set<string>();
    JSON.stringify([manifest.main, manifest.types, manifest.exports, manifest.bin], (_, value) => {
      if (typeof value === 'string') named.add(value);
      return value;
    });
    expect(named.size).toBeGreaterThan(4);
    for (const path of named) {
      expect(path).toMatch(/^\.\//);
      expect({ path, exists: existsSync(installed(path.replace(/\/\*$/, ''))) }).toEqual({ path, exists: true });
    }
  });

  it('holds the folder that Pulumi is pointed at, and what that loads', () => {
    const pack = installed('policy-pack');
    expect(readdirSync(pack).sort()).toEqual(['PulumiPolicy.yaml', 'index.js', 'package.json']);
    const loaded = /require\('(\.[^']+)'\)/.exec(readFileSync(join(pack, 'index.js'), 'utf8'))?.[1] ?? '';
    expect(existsSync(join(pack, loaded))).toBe(true);
  });

  it(
    'works from CommonJS',
    () => {
      const script =
        "const { ClusterTarget } = require('kube-bulwark'); const core = require('kube-bulwark/core'); console.log(ClusterTarget.of('1.30').version, core.ClusterTarget === ClusterTarget, require('kube-bulwark/package.json').version)";
      expect(node(project, '--input-type=commonjs', '-e', script)).toBe(`1.30 true ${manifest.version}\n`);
    },
    SLOW,
  );

  it(
    'works from ES modules, by the same names',
    () => {
      const named =
        "import { ClusterTarget } from 'kube-bulwark'; import { writeYaml } from 'kube-bulwark/core'; console.log(ClusterTarget.of('1.30').version, writeYaml({ a: 'no' }));";
      expect(node(project, '--input-type=module', '-e', named)).toBe('1.30 a: "no"\n\n');
      // Every export has to be visible to the lexer by which Node finds the names of a CommonJS module.
      const all =
        "import * as module from 'kube-bulwark'; import { createRequire } from 'node:module'; const required = createRequire(process.cwd() + '/')('kube-bulwark'); console.log(JSON.stringify(Object.keys(required).filter((name) => !(name in module)))); console.log(Object.keys(required).length > 20)";
      expect(node(project, '--input-type=module', '-e', all)).toBe('[]\ntrue\n');
    },
    SLOW,
  );

  it(
    'exports what an app is written with, and from the core what works on plain data',
    () => {
      const names = (entry: string): readonly string[] =>
        JSON.parse(node(project, '--eval', `console.log(JSON.stringify(Object.keys(require('${entry}')).sort()))`));
      const ours = names('kube-bulwark');
      expect(ours).toEqual([
        'AccessSubject',
        'AdmissionPolicies',
        'AwsSecretMount',
        'AzureSecretMount',
        'BreakGlass',
        'BreakGlassPolicy',
        'BulwarkApp',
        'BulwarkValidation',
        'CloudAccess',
        'CloudAccessError',
        'CloudIdentity',
        'ClusterAuditor',
        'ClusterDns',
        'ClusterGuardrails',
        'ClusterTarget',
        'CommandOnChange',
        'DebugProfile',
        'EncryptedSecret',
        'Env',
        'ExistingGateway',
        'ExistingNamespace',
        'ExternalNetwork',
        'ExternalWorkload',
        'Gateway',
        'GcpSecretMount',
        'Group',
        'IngressController',
        'Issuer',
        'LockedNamespace',
        'Mount',
        'MutualTls',
        'NamespaceScope',
        'OutputFolderError',
        'Platform',
        'PodTemplateKinds',
        'PrivateAuthority',
        'Probe',
        'RestartOnChange',
        'ScalableWorkload',
        'SecretFile',
        'SecretMount',
        'SecretTemplate',
        'SecretsStoreDriver',
        'SecretsStoreDriverError',
        'SecureCronJob',
        'SecureDaemonSet',
        'SecureDeployment',
        'SecureJob',
        'SecureStatefulSet',
        'SecureWorkload',
        'SignalOnChange',
        'SignedImages',
        'SynthesisError',
        'TlsCertificate',
        'TrustBundle',
        'User',
        'VaultAccess',
        'VaultAccessError',
        'VaultSecretMount',
        'WorkloadGroup',
        'personaRules',
      ]);
      const core = names('kube-bulwark/core');
      expect(ours.filter((name) => core.includes(name))).toEqual(['ClusterDns', 'ClusterTarget', 'PodTemplateKinds']);
      expect(core).toEqual(expect.arrayContaining(['checkObject', 'harden', 'readManifests', 'rules', 'writeYaml']));
      const ofControlPlanes = /^(?:aks|audit|control|eks|flag|key|load|settings|write)[A-Z]/;
      expect(core.filter((name) => ofControlPlanes.test(name))).toEqual([
        'aksLogCategories',
        'auditDecision',
        'auditLevels',
        'auditSizing',
        'auditStages',
        'controlPlane',
        'controlPlaneComponents',
        'controlPlaneFaults',
        'eksLogTypes',
        'flagText',
        'keyRotation',
        'loadFaults',
        'settingsForLoad',
        'writeAks',
        'writeClusterApi',
        'writeEks',
        'writeGke',
        'writeK3s',
        'writeKind',
        'writeKops',
        'writeKubeadm',
        'writeManifests',
        'writeRke2',
        'writeTalos',
        'writeYaml',
      ]);
      expect(core.filter((name) => /InPlace|^clone/.test(name))).toEqual([]);
    },
    SLOW,
  );

  it(
    'exports every type of ours that its declarations name, from one entry point or the other',
    () => {
      const entries = ['index.d.ts', 'core/index.d.ts', 'core/rules.d.ts'].map((path) => installed('lib', path));
      expect(unexportedTypes(entries)).toEqual([]);
    },
    SLOW,
  );

  it(
    'does not load cdk8s where only the core is used',
    () => {
      const loaded = (entry: string) => {
        const script = `require('${entry}'); console.log(JSON.stringify(Object.keys(require.cache)))`;
        const paths: readonly string[] = JSON.parse(node(project, '--input-type=commonjs', '-e', script));
        return paths.filter((path) => /[\\\\/]node_modules[\\\\/](?:cdk8s|constructs)/.test(path)).length;
      };
      expect(loaded('kube-bulwark/core')).toBe(0);
      expect(loaded('kube-bulwark')).toBeGreaterThan(0);
    },
    SLOW,
  );

  it(
    'keeps everything else to itself',
    () => {
      const script =
        "try { require('kube-bulwark/lib/core/manifest/object'); } catch (error) { console.log(error.code); }";
      expect(node(project, '--input-type=commonjs', '-e', script)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
    },
    SLOW,
  );

  /** Compiles the application under strict rules, our declarations included. */
  function compile(name: string, options: object, sources: readonly string[]): void {
    for (const source of sources) writeFileSync(join(project, source), application(source));
    const compilerOptions = {
      ...options,
      target: 'es2022',
      lib: ['es2023'],
      strict: true,
      skipLibCheck: false,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules', '@types')],
    };
    writeFileSync(join(project, `${name}.json`), JSON.stringify({ compilerOptions, files: sources }));
    node(project, join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', `${name}.json`);
  }

  it(
    'works from TypeScript, as CommonJS and as an ES module of Node',
    () => {
      compile('node16', { module: 'node16', moduleResolution: 'node16' }, ['consumer.cts', 'consumer.mts']);
      for (const output of ['consumer.cjs', 'consumer.mjs']) expect(node(project, output)).toBe(EXPECTED);
    },
    SLOW,
  );

  it(
    'works from TypeScript with a bundler',
    () => {
      compile('bundler', { module: 'esnext', moduleResolution: 'bundler', noEmit: true }, ['bundled.ts']);
    },
    SLOW,
  );

  it(
    'brings the command bulwark',
    () => {
      expect(run(project, 'npx', '--no-install', 'bulwark', '--version')).toBe(`${manifest.version}\n`);
      expect(run(project, 'npx', '--no-install', 'bulwark', 'targets')).toContain('Kubernetes versions\n  1.28, ');
    },
    SLOW,
  );
});
