// npm run lock (with --check: only says): adds what `npm install` leaves out of package-lock.json where a registry does not serve the binaries of other platforms.
// npm 11 refuses to install from a lockfile that lacks them, although it would install none of them here.
import { readFileSync, writeFileSync } from 'node:fs';

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openbsd', 'netbsd', 'openharmony', 'sunos', 'win32', 'aix'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32'];

/** The optional dependencies that no entry of the lockfile answers: name of the entry -> version and owner. */
function missingEntries({ packages }) {
  const missing = new Map();
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    if (path === '') continue;
    for (const [name, range] of Object.entries(optionalDependencies)) {
      const entry = `node_modules/${name}`;
      if (packages[entry] || packages[`${path}/${entry}`]) continue;
      missing.set(entry, { version: range.replace(/^[\^~]/, ''), ...(dev && { dev }) });
    }
  }
  return missing;
}

/** What a platform package runs on, by the parts of its name: `cli-darwin-arm64`, `binding-linux-ppc64-gnu`. */
function platformOf(entry) {
  const parts = entry.split('/').at(-1).split('-');
  const os = systems.filter((name) => parts.includes(name));
  const cpu = processors.filter((name) =>
    parts.some((part) => part === name || (part.startsWith(name) && name.length > 4)),
  );
  return { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }) };
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const missing = missingEntries(lock);
if (process.argv.includes('--check')) {
  for (const entry of missing.keys()) console.error(`package-lock.json lacks ${entry}: run npm run lock`);
  process.exitCode = missing.size > 0 ? 1 : 0;
} else {
  for (const [entry, { version, dev }] of missing) {
    lock.packages[entry] = { version, ...platformOf(entry), ...(dev && { dev }), optional: true };
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.size} packages of other platforms added`);
}
