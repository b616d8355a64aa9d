// npm run bench:images: `bulwark images lock` as a process for 200 images of a real registry on loopback, over TLS, with a token for each repository.
// What counts is the wall time of the whole process.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { goBinary } from '../../test/support/go-binary';
import { startRegistry, user } from '../../test/support/registry';

const root = resolve(__dirname, '../..');
const rounds = Number(process.env.ROUNDS ?? 5);
const [repositories, tags] = [40, 5];

/** One process: its wall time. */
function sample(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(process.execPath, [join(root, 'lib/cli/bulwark.js'), 'images', 'lock', ...args], {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('close', (code) =>
      code === 0 ? done(performance.now() - start) : fail(new Error(`it ended with ${code}`)),
    );
  });
}

const show = (name: string, times: readonly number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  const cells = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((each) =>
    `${Math.round(each ?? 0)}`.padStart(6),
  );
  console.log(`${name.padEnd(24)} ${cells.join(' ')} ms (min median max)`);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

async function main(): Promise<void> {
  const built = await goBinary({
    name: 'registry',
    moduleDir: join(root, 'test/support/registry/module'),
    package: 'github.com/distribution/distribution/v3/cmd/registry',
  });
  if ('skipped' in built) return console.log(`no figure: ${built.skipped}`);
  const registry = await startRegistry(built.path, 'token');
  const cwd = mkdtempSync(join(tmpdir(), 'bench-images-'));
  try {
    const images: string[] = [];
    for (let repository = 0; repository < repositories; repository++)
      for (let tag = 0; tag < tags; tag++) {
        const platforms = tag % 2 === 0 ? ['linux/amd64', 'linux/arm64/v8'] : ['linux/amd64'];
        await registry.push(`team/app-${repository}`, `${tag}`, platforms, `${repository} ${tag}`);
        images.push(`${registry.host}/team/app-${repository}:${tag}`);
      }
    const auth = Buffer.from(`${user.name}:${user.password}`).toString('base64');
    writeFileSync(join(cwd, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    const env = { ...process.env, DOCKER_CONFIG: cwd };
    const [fresh, checked]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      rmSync(join(cwd, 'images.lock.json'), { force: true });
      fresh.push(await sample(cwd, ['--ca', registry.caFile, ...images], env));
      checked.push(await sample(cwd, ['--ca', registry.caFile, '--check', ...images], env));
    }
    const time = show('200 images, locked', fresh);
    show('200 images, --check', checked);
    console.log(`200 images in ${Math.round(time)} ms (at most 5000)`);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
    await registry.stop();
  }
}

void main();
