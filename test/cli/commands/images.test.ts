import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageLock } from '../../../core/images';
import { runCliIn } from '../../support/run-cli';

const image = '127.0.0.1:1/team/app:1';
const digest = `sha256:${'1'.repeat(64)}`;
const lock = ImageLock.of([[image, { digest, platforms: ['linux/amd64'] }]]).toString();

/** What needs no registry; the rest is asked of a real one in images.cluster.test.ts. */
describe('bulwark images', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'images-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));
  const run = (...args: readonly string[]) => runCliIn({ cwd }, 'images', ...args);

  it.each([
    [[], 'bulwark images takes a word: lock or copy'],
    [['cpy'], "there is no 'bulwark images cpy': did you mean 'copy'?"],
    [['lock', '--to', 'r.example', '--dry-run'], 'bulwark images lock takes no --to and no --dry-run'],
    [['copy', '--check'], 'bulwark images copy takes no --check'],
    [['copy'], 'name its command by --app, or the registry by --to'],
    [['copy', image], 'say where the images belong: --to registry.acme.example'],
    [['copy', '--to', 'https://r.example'], '--to https://r.example is no registry'],
    [['copy', '--to', 'r.example/hub'], '--to r.example/hub is no registry'],
    [['copy', '--to', 'r.example', '--app', 'true'], 'leave out --to'],
    [['copy', '--to', 'R.example:0443', image], '--to R.example:0443: images are compared by the names'],
    [
      ['copy', '--to', 'r.example', 'GHCR.io/x/y:1', 'index.docker.io/x:1'],
      'that one is called ghcr.io: write ghcr.io/x/y:1\nindex.docker.io/x:1: ',
    ],
    [['copy', '--to', 'r.example', 'No Image'], '"No Image" is no image reference'],
    [['copy', '--to', 'r.example', 'docker.io/x/y:1'], 'docker.io/x/y:1 is not locked'],
    [
      ['copy', '--to', 'r.example', '--lock', 'other.json', 'docker.io/x/y:1', 'docker.io/x/z:1'],
      'run `bulwark images lock --lock other.json docker.io/x/y:1 docker.io/x/z:1` first',
    ],
    [['look'], "there is no 'bulwark images look': did you mean 'lock'?"],
    [['lock'], 'there is no app in cdk8s.yaml here: name its command by --app, manifests by --from, or images'],
    [['lock', '--check', '--update'], '--check changes nothing, and --update does: name one of them'],
    [['lock', 'https://r.example/a'], '"https://r.example/a" is no image reference'],
    [['lock', `r.example/a@${digest}`], 'has a digest already'],
    [['lock', 'index.docker.io/library/redis:7'], 'write docker.io/library/redis:7'],
    [['lock', 'R.example:443/a:1'], 'write r.example/a:1'],
    [['lock', image, '--platform', 'arm64'], '--platform arm64: write it as linux/amd64 or linux/arm64/v8'],
    [['lock', image, '--ca', 'none.pem'], '--ca none.pem: '],
    [['lock', image, '--ca', 'images.lock.json'], '--ca images.lock.json holds no certificate as PEM'],
    [['lock', '--from', 'none.yaml'], 'none.yaml'],
    [['lock', image, '--format', 'xml'], '--format takes text, json, and not'],
    [['lock', image, '--chek'], "unknown option '--chek'; did you mean '--check'?"],
  ])('refuses %j', (args, reason) => {
    writeFileSync(join(cwd, 'images.lock.json'), lock);
    const { code, stdout, stderr } = run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(readFileSync(join(cwd, 'images.lock.json'), 'utf8')).toBe(lock);
  });

  it('says what of an image could not be found out, and leaves no file', () => {
    const { code, stdout, stderr } = run('lock', image, '--lock', 'other.json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^bulwark: 127\.0\.0\.1:1\/team\/app:1: 127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/);
    expect(stderr).toContain('1 image could not be locked: other.json is as it was');
    expect(existsSync(join(cwd, 'other.json'))).toBe(false);
  });

  it('refuses a lock that was changed by hand, says where, and mends it by --update alone', () => {
    const edited = lock.replace(digest, `sha256:${'2'.repeat(64)}`);
    writeFileSync(join(cwd, 'images.lock.json'), edited);
    writeFileSync(join(cwd, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers: []\n');
    for (const args of [
      ['--from', 'pod.yaml'],
      ['--check', '--from', 'pod.yaml'],
      ['--update', image],
    ])
      expect(run('lock', ...args)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`images.lock.json:5:7: the entry of ${image} was changed by hand`),
      });
    expect(readFileSync(join(cwd, 'images.lock.json'), 'utf8')).toBe(edited);
    expect(run('lock', '--update', '--from', 'pod.yaml')).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'images.lock.json'), 'utf8')).toBe(ImageLock.empty.toString());
  });

  it('overwrites nothing that is no lock', () => {
    writeFileSync(join(cwd, 'notes.txt'), 'mine\n');
    writeFileSync(join(cwd, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers: []\n');
    expect(run('lock', '--update', '--from', 'pod.yaml', '--lock', 'notes.txt')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('notes.txt is no lock of images, and stays as it is'),
    });
    expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('mine\n');
  });

  it('leaves alone what a newer kube-bulwark wrote, whatever is asked', () => {
    writeFileSync(join(cwd, 'images.lock.json'), '{"lockfileVersion": 2}\n');
    writeFileSync(join(cwd, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers: []\n');
    expect(run('lock', '--update', '--from', 'pod.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('lockfileVersion 2 is of a newer kube-bulwark'),
    });
    expect(readFileSync(join(cwd, 'images.lock.json'), 'utf8')).toBe('{"lockfileVersion": 2}\n');
  });

  it('takes nothing out of the lock where the program has no app at all', () => {
    writeFileSync(join(cwd, 'images.lock.json'), lock);
    writeFileSync(join(cwd, 'pod.yaml'), `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: ${image}\n`);
    expect(run('lock', '--app', 'true')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no BulwarkApp is in what this runs, so that its images are not known: true'),
    });
    expect(run('lock', '--app', 'true', '--from', 'pod.yaml')).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'images.lock.json'), 'utf8')).toBe(lock);
  });

  it('says how much ever a program ended with, and no more', () => {
    const { code, stderr } = run('lock', '--app', 'yes | head -c 1000000; echo the reason; exit 1');
    expect(code).toBe(2);
    expect(stderr).toContain('y\nthe reason\n');
    expect(stderr.length).toBeLessThan(70_000);
  });

  it.each(['10.0.0.1:3128', 'proxy.acme.example:3128', 'user:made-up@proxy:3128', 'http://user:made-up@'])(
    'refuses a proxy that is no URL, and does not show it: %s',
    (proxy) => {
      const { code, stderr } = runCliIn({ cwd, env: { HTTPS_PROXY: proxy, https_proxy: '' } }, 'images', 'lock', image);
      expect(code).toBe(2);
      expect(stderr).toContain('bulwark: HTTPS_PROXY is no URL of a proxy: write http://<host>:<port>');
      expect(stderr).not.toContain(proxy);
    },
  );

  it('says that cdk8s.yaml is no YAML', () => {
    writeFileSync(join(cwd, 'cdk8s.yaml'), 'app: [a\n');
    expect(run('lock')).toMatchObject({ code: 2, stderr: expect.stringContaining('cdk8s.yaml:') });
    expect(run('lock').stderr).not.toContain('there is no app in cdk8s.yaml');
  });

  it('writes where a link leads to', () => {
    writeFileSync(join(cwd, 'real.json'), lock);
    symlinkSync('real.json', join(cwd, 'images.lock.json'));
    writeFileSync(join(cwd, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers: []\n');
    expect(run('lock', '--from', 'pod.yaml')).toMatchObject({ code: 0 });
    expect(lstatSync(join(cwd, 'images.lock.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, 'real.json'), 'utf8')).toBe(ImageLock.empty.toString());
  });

  it('shows what an image of a manifest would hide', () => {
    writeFileSync(
      join(cwd, 'pod.yaml'),
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: "a\\e[2J\\n::error::b"\n',
    );
    expect(run('lock', '--from', 'pod.yaml').stderr).toContain(
      'bulwark: a\\u{1b}[2J\\n::error::b: it is no image reference\n',
    );
  });

  it('says that a lock cannot be written', () => {
    writeFileSync(join(cwd, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers: []\n');
    expect(run('lock', '--from', 'pod.yaml', '--lock', 'none/images.lock.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('none/images.lock.json cannot be written'),
    });
  });
});
