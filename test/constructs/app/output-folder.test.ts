import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import * as fc from 'fast-check';
import { OutputFolderError, type OutputFolderFault } from '../../../constructs/app/output-error';
import { OutputFolder, type OutputResult } from '../../../constructs/app/output-folder';
import type { FileSystem } from '../../../constructs/app/output-transaction';

const LEDGER = '.kube-bulwark';
let scratch: string;
let dist: string;

beforeEach(() => {
  scratch = fs.mkdtempSync(join(tmpdir(), 'output-folder-'));
  dist = join(scratch, 'dist');
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

const files = (entries: Record<string, string>) => new Map(Object.entries(entries));
const put = (path: string, content: string) => {
  fs.mkdirSync(dirname(join(dist, path)), { recursive: true });
  fs.writeFileSync(join(dist, path), content);
};
const read = (path: string) => fs.readFileSync(join(dist, path), 'utf8');

/** Everything under a folder: files with content, folders, links; so that "nothing was changed" is an equality. */
function snapshot(folder: string): Record<string, string> {
  if (!fs.existsSync(folder)) return {};
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name);
    const what = entry.isFile() ? fs.readFileSync(path, 'utf8') : entry.isDirectory() ? '<folder>' : '<link>';
    return [relative(folder, path), what];
  });
  return Object.fromEntries(entries.sort());
}

/** The files alone, without the ledger. */
function generated(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(snapshot(dist)).filter(([path, content]) => content !== '<folder>' && path !== LEDGER),
  );
}

function refusal(action: () => unknown): OutputFolderError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(OutputFolderError);
    return error as OutputFolderError;
  }
  throw new Error('nothing was refused');
}

const nothing: OutputResult = { written: [], unchanged: [], removed: [], edited: [] };

describe('OutputFolder.replace', () => {
  it('writes files and the list of them', () => {
    const result = new OutputFolder(dist).replace(files({ 'shop.yaml': 'a', 'deep/er/x.yaml': 'b' }));
    expect(result).toEqual({ ...nothing, written: ['deep/er/x.yaml', 'shop.yaml'] });
    expect(generated()).toEqual({ 'shop.yaml': 'a', 'deep/er/x.yaml': 'b' });
    expect(read(LEDGER)).toBe(
      `${JSON.stringify(
        {
          note: 'Written by kube-bulwark: the files here that it may overwrite and remove.',
          files: {
            'deep/er/x.yaml': 'sha256:3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',
            'shop.yaml': 'sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
          },
        },
        undefined,
        2,
      )}\n`,
    );
  });

  it('leaves nothing in the folder that kubectl and Argo CD would read as a manifest, but the manifests', () => {
    new OutputFolder(dist).replace(files({ 'shop.yaml': 'a' }));
    const read = fs.readdirSync(dist).filter((name) => /\.(?:json|ya?ml|jsonnet)$/.test(name));
    expect(read).toEqual(['shop.yaml']);
  });

  it('writes nothing at all the second time', () => {
    const wanted = files({ 'shop.yaml': 'a', 'deep/x.yaml': 'b' });
    new OutputFolder(dist).replace(wanted);
    const before = snapshot(dist);
    const stamp = new Date(1e12);
    for (const path of [...Object.keys(before), '.']) fs.utimesSync(join(dist, path), stamp, stamp);
    expect(new OutputFolder(dist).replace(wanted)).toEqual({ ...nothing, unchanged: ['deep/x.yaml', 'shop.yaml'] });
    expect(snapshot(dist)).toEqual(before);
    for (const path of [...Object.keys(before), '.']) expect(fs.statSync(join(dist, path)).mtime).toEqual(stamp);
  });

  it('writes the same ledger, whatever the order of the files', () => {
    new OutputFolder(dist).replace(files({ a: '1', b: '2' }));
    const first = read(LEDGER);
    new OutputFolder(join(scratch, 'other')).replace(files({ b: '2', a: '1' }));
    expect(fs.readFileSync(join(scratch, 'other', LEDGER), 'utf8')).toBe(first);
  });

  it('touches only files that changed', () => {
    new OutputFolder(dist).replace(files({ same: 's', changed: '1' }));
    const inode = fs.statSync(join(dist, 'same')).ino;
    expect(new OutputFolder(dist).replace(files({ same: 's', changed: '2' }))).toEqual({
      ...nothing,
      written: ['changed'],
      unchanged: ['same'],
    });
    expect(generated()).toEqual({ same: 's', changed: '2' });
    expect(fs.statSync(join(dist, 'same')).ino).toBe(inode);
  });

  it('removes what it wrote and no longer belongs, with the folders that this empties', () => {
    new OutputFolder(dist).replace(files({ 'a/b/1': 'x', 'a/b/2': 'x', 'c/d/3': 'x', keep: 'x' }));
    put('c/README.md', 'not ours');
    expect(new OutputFolder(dist).replace(files({ keep: 'x' }))).toEqual({
      ...nothing,
      unchanged: ['keep'],
      removed: ['a/b/1', 'a/b/2', 'c/d/3'],
    });
    expect(Object.keys(snapshot(dist))).toEqual([LEDGER, 'c', 'c/README.md', 'keep']);
  });

  it('leaves everything else alone', () => {
    put('notes.txt', 'mine');
    put('empty/.gitkeep', '');
    fs.mkdirSync(join(dist, 'bare'));
    fs.symlinkSync('/etc', join(dist, 'elsewhere'));
    const foreign = snapshot(dist);
    new OutputFolder(dist).replace(files({ 'a.yaml': 'a' }));
    new OutputFolder(dist).replace(files({}));
    const { [LEDGER]: ledger, ...rest } = snapshot(dist);
    expect(rest).toEqual(foreign);
    expect(JSON.parse(ledger!).files).toEqual({});
  });

  it('makes no folder for no files', () => {
    expect(new OutputFolder(dist).replace(files({}))).toEqual(nothing);
    expect(fs.existsSync(dist)).toBe(false);
  });

  it('does not mind a file of its own that is gone', () => {
    new OutputFolder(dist).replace(files({ a: '1', b: '2' }));
    fs.unlinkSync(join(dist, 'a'));
    fs.unlinkSync(join(dist, 'b'));
    expect(new OutputFolder(dist).replace(files({ b: '2' }))).toEqual({ ...nothing, written: ['b'] });
    expect(JSON.parse(read(LEDGER)).files).not.toHaveProperty('a');
  });

  it('overwrites and removes what someone edited, and reports it', () => {
    new OutputFolder(dist).replace(files({ kept: 'ours', gone: 'ours', same: 'ours' }));
    for (const path of ['kept', 'gone']) put(path, 'theirs');
    expect(new OutputFolder(dist).replace(files({ kept: 'ours', same: 'ours' }))).toEqual({
      written: ['kept'],
      unchanged: ['same'],
      removed: ['gone'],
      edited: ['gone', 'kept'],
    });
    expect(generated()).toEqual({ kept: 'ours', same: 'ours' });
  });

  it('does not report an edit that is what would be written', () => {
    new OutputFolder(dist).replace(files({ a: '1' }));
    put('a', '2');
    expect(new OutputFolder(dist).replace(files({ a: '2' }))).toEqual({ ...nothing, unchanged: ['a'] });
    expect(new OutputFolder(dist).replace(files({ a: '3' }))).toEqual({ ...nothing, written: ['a'] });
  });

  it('puts a folder in the place of a file that goes', () => {
    new OutputFolder(dist).replace(files({ shop: 'x', other: 'x' }));
    expect(new OutputFolder(dist).replace(files({ 'shop/a.yaml': 'y' }))).toEqual({
      ...nothing,
      written: ['shop/a.yaml'],
      removed: ['other', 'shop'],
    });
    expect(generated()).toEqual({ 'shop/a.yaml': 'y' });
  });

  it('follows a link that is the output folder itself', () => {
    fs.mkdirSync(join(scratch, 'real'));
    fs.symlinkSync('real', dist);
    new OutputFolder(dist).replace(files({ a: '1' }));
    expect(fs.readFileSync(join(scratch, 'real', 'a'), 'utf8')).toBe('1');
  });

  it('ends, after any runs, with exactly the last files and what others put there', () => {
    const path = fc.constantFrom('a', 'b.yaml', 'c/1', 'c/2', 'd/e/3', 'd/e/f/4');
    const run = fc.dictionary(path, fc.constantFrom('x', 'y', 'z'), { maxKeys: 6, noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 5 }), (runs) => {
        fs.rmSync(dist, { recursive: true, force: true });
        put('c/mine', 'mine');
        const reported = new Set<string>();
        for (const wanted of runs) {
          const plan = new OutputFolder(dist).replace(files(wanted), { dryRun: true });
          const result = new OutputFolder(dist).replace(files(wanted));
          expect(result).toEqual(plan);
          expect([...result.written, ...result.unchanged].sort()).toEqual(Object.keys(wanted).sort());
          for (const removed of result.removed) reported.delete(removed);
          for (const written of result.written) reported.add(written);
          expect([...reported].sort()).toEqual(Object.keys(wanted).sort());
          expect(generated()).toEqual({ ...wanted, 'c/mine': 'mine' });
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('OutputFolder.replace with dryRun', () => {
  it('says what would change, and changes nothing', () => {
    new OutputFolder(dist).replace(files({ a: '1', b: '2', c: '3' }));
    put('b', 'edited');
    const before = snapshot(dist);
    expect(new OutputFolder(dist).replace(files({ a: '1', b: '2', d: '4' }), { dryRun: true })).toEqual({
      written: ['b', 'd'],
      unchanged: ['a'],
      removed: ['c'],
      edited: ['b'],
    });
    expect(snapshot(dist)).toEqual(before);
    expect(new OutputFolder(join(scratch, 'new')).replace(files({ a: '1' }), { dryRun: true }).written).toEqual(['a']);
    expect(fs.existsSync(join(scratch, 'new'))).toBe(false);
  });

  it('refuses what a real run refuses', () => {
    put('a', 'mine');
    expect(refusal(() => new OutputFolder(dist).replace(files({ a: '1' }), { dryRun: true })).fault).toBe('in-the-way');
  });
});

describe('OutputFolder refuses', () => {
  /** The fault, and that nothing anywhere was changed. */
  function refuses(fault: OutputFolderFault, wanted: Record<string, string>, message: RegExp): OutputFolderError {
    const before = snapshot(scratch);
    const error = refusal(() => new OutputFolder(dist).replace(files(wanted)));
    expect(error.fault).toBe(fault);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(error.remedy);
    expect(snapshot(scratch)).toEqual(before);
    return error;
  }

  it('files that it did not write, all of them at once', () => {
    new OutputFolder(dist).replace(files({ ours: '1' }));
    put('b.yaml', 'mine');
    put('deep/a.yaml', 'mine');
    const error = refuses(
      'in-the-way',
      { ours: '2', new: '3', 'b.yaml': 'x', 'deep/a.yaml': 'x' },
      /did not write .*dist\/b\.yaml, .*dist\/deep\/a\.yaml, and generated files would go there; move that away/,
    );
    expect(error.paths).toEqual(['b.yaml', 'deep/a.yaml']);
  });

  it('even a file with the content that it would write', () => {
    put('a.yaml', 'same');
    refuses('in-the-way', { 'a.yaml': 'same' }, /a\.yaml/);
  });

  it('a folder in place of a file, and a file in place of a folder', () => {
    put('a.yaml/inside', 'mine');
    put('b', 'mine');
    const error = refuses(
      'in-the-way',
      { 'a.yaml': 'x', 'b/c/d.yaml': 'x', 'b/e.yaml': 'x' },
      /dist\/a\.yaml, .*dist\/b,/,
    );
    expect(error.paths).toEqual(['a.yaml', 'b']);
  });

  it('a link in place of a file or folder, to outside and to inside', () => {
    fs.mkdirSync(join(scratch, 'outside'));
    fs.writeFileSync(join(scratch, 'outside', 'a.yaml'), 'precious');
    put('inside/x', 'mine');
    fs.symlinkSync(join(scratch, 'outside'), join(dist, 'out'));
    fs.symlinkSync('inside', join(dist, 'in'));
    fs.symlinkSync(join(scratch, 'outside', 'a.yaml'), join(dist, 'file.yaml'));
    fs.symlinkSync('nowhere', join(dist, 'dangling'));
    const error = refuses(
      'symbolic-link',
      { 'out/a.yaml': 'x', 'in/b.yaml': 'x', 'file.yaml': 'x', dangling: 'x' },
      /symbolic link/,
    );
    expect(error.paths).toEqual(['dangling', 'file.yaml', 'in', 'out']);
  });

  it('to remove through a link that someone put in place of its folder', () => {
    new OutputFolder(dist).replace(files({ 'sub/a.yaml': 'x' }));
    fs.renameSync(join(dist, 'sub'), join(scratch, 'precious'));
    fs.symlinkSync(join(scratch, 'precious'), join(dist, 'sub'));
    refuses('symbolic-link', {}, /dist\/sub is a symbolic link/);
    expect(fs.existsSync(join(scratch, 'precious', 'a.yaml'))).toBe(true);
  });

  it('a ledger that is a link', () => {
    fs.mkdirSync(dist);
    fs.writeFileSync(join(scratch, 'passwd'), '{}');
    fs.symlinkSync('../passwd', join(dist, LEDGER));
    refuses('symbolic-link', { a: 'x' }, /\.kube-bulwark is a symbolic link/);
  });

  it.each([
    ['not JSON', '{', /is not JSON; restore it from version control/],
    ['no list', '[]', /holds no list of files/],
    ['a list that is none', '{"files":["a"]}', /holds no list of files/],
    ['a hash that is none', '{"files":{"a":true}}', /lists "a" with true, which is not a SHA-256 hash/],
  ])('a ledger with %s', (_, ledger, message) => {
    put(LEDGER, ledger);
    refuses('bad-ledger', { a: 'x' }, message);
  });

  it.each(['../precious', '/precious', 'a/../../precious', 'a\\..\\..\\precious', 'C:/precious', './a', ''])(
    'a tampered ledger that lists %p',
    (path) => {
      fs.writeFileSync(join(scratch, 'precious'), 'p');
      put(LEDGER, JSON.stringify({ files: { [path]: `sha256:${'0'.repeat(64)}` } }));
      refuses('bad-ledger', {}, /\.kube-bulwark lists ".*", which /);
    },
  );

  it.each(['../a', '/a', 'a/../b', 'a//b', 'a/', '.', 'a\\b', 'C:/a', '', 'a\0', LEDGER, '.Kube-Bulwark-1-abcdef/a'])(
    'the file name %p',
    (path) => {
      expect(refuses('bad-path', { [path]: 'x' }, /the output file/).paths).toEqual([path]);
    },
  );

  it('names that are one file where case does not count, and a file that is a folder of another', () => {
    refuses('bad-path', { 'a.yaml': 'x', 'A.yaml': 'y' }, /a\.yaml and A\.yaml differ in case alone/);
    refuses('bad-path', { a: 'x', 'A/b.yaml': 'y' }, /a is in the place of a folder of A\/b\.yaml/);
  });

  it('a file in place of the folder, or above it', () => {
    fs.writeFileSync(dist, 'a file');
    refuses('unwritable', { a: 'x' }, /dist is not a folder; move that away, or choose another output folder/);
    const before = snapshot(scratch);
    const error = refusal(() => new OutputFolder(join(dist, 'below')).replace(files({ a: 'x' })));
    expect(error.message).toMatch(/cannot be written: ENOTDIR.*a file stands where a folder is needed/);
    expect(snapshot(scratch)).toEqual(before);
  });

  it('a link to nothing in place of the folder', () => {
    fs.symlinkSync('nowhere', dist);
    refuses('unwritable', { a: 'x' }, /dist is a symbolic link to nothing/);
  });

  it.each(['/proc/kube-bulwark/dist', '/dev/full/dist'])('the real %s', (folder) => {
    if (!fs.existsSync(dirname(folder)) && !fs.existsSync('/proc')) return;
    const error = refusal(() => new OutputFolder(folder).replace(files({ a: 'x' })));
    expect(error.fault).toBe('unwritable');
    expect(error.message).toMatch(
      new RegExp(`the output folder ${folder} cannot be written: E[A-Z]+: .*; .*Nothing was changed`),
    );
    expect(error.cause).toHaveProperty('code');
  });
});

/** A file system whose n-th change fails, as a full disk or a lost network share would; counts the changes. */
function failingAt(n: number, code = 'ENOSPC', forever = false): FileSystem & { readonly changes: () => number } {
  let count = 0;
  const guard =
    <A extends unknown[], R>(operation: (...args: A) => R) =>
    (...args: A): R => {
      const now = count++;
      if (now === n || (forever && now > n)) throw Object.assign(new Error(`${code}: injected`), { code });
      return operation(...args);
    };
  return {
    ...fs,
    copyFileSync: guard(fs.copyFileSync),
    linkSync: guard(fs.linkSync),
    mkdirSync: guard(fs.mkdirSync) as FileSystem['mkdirSync'],
    mkdtempSync: guard(fs.mkdtempSync) as FileSystem['mkdtempSync'],
    renameSync: guard(fs.renameSync),
    rmSync: guard(fs.rmSync),
    rmdirSync: guard(fs.rmdirSync) as FileSystem['rmdirSync'],
    unlinkSync: guard(fs.unlinkSync),
    writeFileSync: guard(fs.writeFileSync) as FileSystem['writeFileSync'],
    changes: () => count,
  };
}

describe('OutputFolder when the file system fails', () => {
  const old = files({ changed: 'old', edited: 'old', 'gone/a': 'old', 'gone/deep/b': 'old', same: 'old' });
  const wanted = files({ changed: 'new', edited: 'new', 'fresh/deep/c': 'new', same: 'old', 'fresh/d': 'new' });

  function previous(): Record<string, string> {
    fs.rmSync(dist, { recursive: true, force: true });
    new OutputFolder(dist).replace(old);
    put('edited', 'by hand');
    put('notes', 'mine');
    return snapshot(dist);
  }

  it('leaves the previous output whole, whichever operation fails', () => {
    previous();
    const counter = failingAt(-1);
    new OutputFolder(dist, counter).replace(wanted);
    const total = counter.changes();
    const complete = generated();
    expect(total).toBeGreaterThan(20);

    let rolledBack = 0;
    for (let n = 0; n < total; n++) {
      const before = previous();
      try {
        new OutputFolder(dist, failingAt(n)).replace(wanted);
        // A hard link that fails has a copy instead, and tidying up after the last change cannot undo it.
        expect(generated()).toEqual(complete);
      } catch (error) {
        rolledBack++;
        expect(error).toMatchObject({
          fault: 'unwritable',
          message: expect.stringMatching(/ENOSPC: injected; free some space/),
        });
        expect(snapshot(dist)).toEqual(before);
      }
      // Whatever happened, the next run mends it.
      expect(new OutputFolder(dist).replace(wanted).edited).toEqual(expect.any(Array));
      expect(generated()).toEqual({ ...complete, notes: 'mine' });
      expect(Object.keys(snapshot(dist)).filter((path) => path.startsWith('.kube-bulwark-'))).toEqual([]);
    }
    expect(rolledBack).toBeGreaterThan(12);
  });

  it('leaves no folder behind where there was none', () => {
    const deep = join(dist, 'a', 'b');
    const counter = failingAt(-1);
    fs.mkdirSync(dist);
    new OutputFolder(deep, counter).replace(wanted);
    // The very last change takes the staging folder away, when all is written.
    for (let n = 0; n < counter.changes() - 1; n++) {
      fs.rmSync(dist, { recursive: true });
      fs.mkdirSync(dist);
      expect(refusal(() => new OutputFolder(deep, failingAt(n, 'EROFS')).replace(wanted)).message).toContain(
        'read-only',
      );
      expect(snapshot(dist)).toEqual({});
    }
  });

  it('says what it could not put back, and where that is kept', () => {
    previous();
    const counter = failingAt(-1);
    new OutputFolder(dist, counter).replace(wanted);
    let lost = 0;
    for (let n = 0; n < counter.changes(); n++) {
      const before = previous();
      let error: OutputFolderError;
      try {
        new OutputFolder(dist, failingAt(n, 'EIO', true)).replace(wanted);
        continue;
      } catch (caught) {
        error = caught as OutputFolderError;
      }
      if (error.fault !== 'not-restored') {
        const now = snapshot(dist);
        for (const [path, content] of Object.entries(before)) expect(now[path]).toBe(content);
        continue;
      }
      lost++;
      const backups = fs.readdirSync(/kept in (\S+)$/.exec(error.message)![1]!, { withFileTypes: true });
      const kept = backups.map((entry) => fs.readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      for (const path of error.paths.filter((path) => path in before)) expect(kept).toContain(before[path]);
      for (const [path, content] of Object.entries(before)) {
        if (!error.paths.includes(path)) expect(snapshot(dist)[path]).toBe(content);
      }
    }
    expect(lost).toBeGreaterThan(5);
  });

  it('keeps a ledger that knows every file, wherever the process is killed', () => {
    previous();
    const counter = failingAt(-1);
    new OutputFolder(dist, counter).replace(wanted);
    for (let n = 0; n < counter.changes(); n++) {
      previous();
      try {
        // From its n-th change on nothing happens any more, as in a process that is gone: no rollback either.
        new OutputFolder(dist, failingAt(n, 'EIO', true)).replace(wanted);
      } catch {}
      new OutputFolder(dist).replace(wanted);
      expect(generated()).toEqual({ ...Object.fromEntries(wanted), notes: 'mine' });
      new OutputFolder(dist).replace(files({}));
      expect(generated()).toEqual({ notes: 'mine' });
    }
  });

  it('takes away what a killed process left, and nothing of one that runs', () => {
    previous();
    const dead = '.kube-bulwark-999999999-abcdef';
    const alive = `.kube-bulwark-${process.ppid}-abcdef`;
    put(`${dead}/0`, 'x');
    put(`${alive}/0`, 'x');
    put('.kube-bulwark-notes', 'mine');
    new OutputFolder(dist).replace(wanted);
    const left = Object.keys(snapshot(dist)).filter((path) => path.startsWith('.kube-bulwark-'));
    expect(left).toEqual(['.kube-bulwark-notes', alive, `${alive}/0`].sort());
  });

  it('copies where the file system has no hard links', () => {
    previous();
    const withoutLinks: FileSystem = {
      ...fs,
      linkSync: () => {
        throw Object.assign(new Error('EPERM: injected'), { code: 'EPERM' });
      },
    };
    new OutputFolder(dist, withoutLinks).replace(wanted);
    expect(generated()).toEqual({ ...Object.fromEntries(wanted), notes: 'mine' });
  });

  it('names a file that cannot be read', () => {
    previous();
    const unreadable: FileSystem = {
      ...fs,
      readFileSync: ((path: string, ...rest: [never]) => {
        if (path.endsWith('changed'))
          throw Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES' });
        return fs.readFileSync(path, ...rest);
      }) as FileSystem['readFileSync'],
    };
    expect(refusal(() => new OutputFolder(dist, unreadable).replace(wanted)).message).toMatch(
      /EACCES: permission denied, open '.*dist\/changed'; give this user the right to write there/,
    );
  });
});

describe('an output folder in another one', () => {
  it('keeps its files, where an old list of the outer one names them too', () => {
    new OutputFolder(dist).replace(files({ 'staging/a.yaml': 'outer', 'staging/b.yaml': 'outer' }));
    fs.rmSync(join(dist, 'staging/a.yaml'));
    new OutputFolder(join(dist, 'staging')).replace(files({ 'a.yaml': 'inner' }));
    expect(new OutputFolder(dist).replace(files({ 'c.yaml': 'outer' }))).toEqual({
      ...nothing,
      written: ['c.yaml'],
      removed: ['staging/b.yaml'],
    });
    expect(read('staging/a.yaml')).toBe('inner');
    expect(read(LEDGER)).not.toContain('staging');
    expect(new OutputFolder(join(dist, 'staging')).replace(files({ 'a.yaml': 'inner' })).unchanged).toEqual(['a.yaml']);
  });

  it('is not written to by the outer one, in place of its file or of a folder with it', () => {
    new OutputFolder(dist).replace(files({ 'staging/a': 'outer' }));
    fs.rmSync(join(dist, 'staging/a'));
    new OutputFolder(join(dist, 'staging')).replace(files({ a: 'inner' }));
    for (const path of ['staging/a', 'staging/a/b.yaml'])
      expect(refusal(() => new OutputFolder(dist).replace(files({ [path]: 'outer' }))).fault).toBe('in-the-way');
    expect(read('staging/a')).toBe('inner');
  });
});
