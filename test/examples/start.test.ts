import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../core/manifest';
import { temporaryFolder } from '../support/app';
import { filesUnder } from './boutique';

const ROOT = resolve(__dirname, '../..');
const WITHOUT_NETWORK = `--require ${join(__dirname, 'no-network.cjs')}`;

/** A command as a process of its own that has no network, and what it tried to reach. */
function run(command: string, args: readonly string[], outdir: string) {
  const networkLog = join(outdir, '..', 'network.log');
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDK8S_OUTDIR: outdir,
      NODE_OPTIONS: WITHOUT_NETWORK,
      NETWORK_LOG: networkLog,
      NO_COLOR: '1',
    },
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { status, stdout, stderr, seconds, reached: existsSync(networkLog) ? readFileSync(networkLog, 'utf8') : '' };
}

/** Sections of a summary, by their title without the counts: its lines. */
function sectionsOf(stdout: string): ReadonlyMap<string, readonly string[]> {
  const blocks = stdout.split('\n\n').map((block) => block.split('\n').filter((line) => line !== ''));
  return new Map(
    blocks.map(([title = '', ...lines]) => [title.replace(/ \(\d+\)/, ''), lines.map((line) => line.trim())]),
  );
}

describe('npm start', () => {
  const outdir = join(temporaryFolder(), 'dist');
  const first = run('npm', ['start'], outdir);
  const sections = sectionsOf(first.stdout);
  const lines = (title: string) => sections.get(title);
  const objects = () =>
    parseAllDocuments(readFileSync(join(outdir, 'online-boutique.yaml'), 'utf8')).map(
      (document) => document.toJS() as KubernetesObject,
    );

  it('succeeds in seconds, silently on stderr but for npm itself', () => {
    expect(first.status).toBe(0);
    expect(first.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('npm '))).toEqual([]);
    expect(first.seconds).toBeLessThan(20);
  });

  it('reaches for no network', () => {
    expect(first.reached).toBe('');
    const control = run(
      process.execPath,
      ['-e', "fetch('http://127.0.0.1:65000/').catch(() => process.exit(3))"],
      outdir,
    );
    expect([control.status, control.reached]).toEqual([3, 'connect 127.0.0.1:65000\n']);
  });

  it('says how many objects are in how many files, where, and how long it took', () => {
    const [, count, files, where, ms] =
      /^(\d+) objects in (\d+) files? under (.+) in (\d+) ms \(\d+ written, 0 unchanged, 0 removed\)$/m.exec(
        first.stdout,
      ) ?? [];
    expect([Number(count), Number(files), where]).toEqual([objects().length, 1, outdir]);
    expect(Number(ms)).toBeGreaterThan(0);
    expect(Object.keys(filesUnder(outdir)).filter((path) => path.endsWith('.yaml'))).toEqual(['online-boutique.yaml']);
  });

  it('counts the objects by kind', () => {
    const counts = new Map<string, number>();
    for (const { kind } of objects()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    expect(lines('Objects')).toEqual([...counts].map(([kind, count]) => `${count} ${kind}`).sort(byKind));
  });

  it('names the workloads', () => {
    const deployments = objects().filter(({ kind }) => kind === 'Deployment');
    expect([...(lines('Workloads') ?? [])].sort()).toEqual(
      deployments.map(({ metadata }) => `Deployment online-boutique/${metadata?.name}`).sort(),
    );
    expect(deployments).toHaveLength(12);
  });

  it('lists the connections', () => {
    const connections = lines('Connections that were declared; policies of your own and patches may open more');
    expect(connections).toHaveLength(17);
    expect(connections).toContain('online-boutique/checkoutservice -> online-boutique/emailservice :8080');
    expect(connections).toContain('gateway-system/gateway -> online-boutique/frontend :8080');
  });

  it('lists what was found, and what was waived with its reason and end', () => {
    const rules = lines('Findings, none of which stops a deployment')?.map(
      (line) => /^\d+ info +([\w-]+): /.exec(line)?.[1],
    );
    expect([...(rules ?? [])].sort()).toEqual([
      'apparmor-missing',
      'external-policy',
      'high-ids',
      'rbac-workloads',
      'supplemental-groups',
      'user-namespaces',
    ]);
    expect(lines('Waived')).toEqual([
      '12 error   image-digest: until 2027-06-30 (SHOP-17): upstream publishes tags only; our registry will pin them',
      expect.stringMatching(/^online-boutique\/adservice, (online-boutique\/[a-z-]+(, )?){11}$/),
    ]);
  });

  it('prints the policy that the owner of the gateway must add', () => {
    const policy = [...sections].find(([title]) => title.startsWith('For the owner of namespace gateway-system'));
    expect(policy?.[1]).toEqual(
      expect.arrayContaining(['kind: NetworkPolicy', 'name: gateway-to-online-boutique-frontend']),
    );
  });

  it('says what to try next', () => {
    expect(lines('What to try next')?.filter((_, i) => i % 2 === 1)).toEqual([
      `kubectl apply --server-side -f ${outdir}/`,
      'npx bulwark images lock',
      'nodes: { userNamespaces: true, supplementalGroupsPolicy: true, appArmor: true }',
      'README.md and docs/ of kube-bulwark',
    ]);
  });

  it('writes the same bytes again', () => {
    const before = filesUnder(outdir);
    expect(run('npm', ['start'], outdir).stdout).toMatch(/\(0 written, 1 unchanged, 0 removed\)$/m);
    expect(filesUnder(outdir)).toEqual(before);
  });
});

function byKind(a: string, b: string): number {
  const [, first = ''] = a.split(' ');
  const [, second = ''] = b.split(' ');
  return first < second ? -1 : 1;
}
