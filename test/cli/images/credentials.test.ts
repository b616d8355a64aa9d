import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { credentialsOf } from '../../../cli/images/credentials';

const helperSays = '{"Username":"a","Secret":"made-up"}';

/** What of Docker's configuration is taken; that a registry lets in by it is asked of a real one in images.cluster.test.ts. */
describe('whoever docker login left', () => {
  const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, PATH } = process.env;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'credentials-'));
    mkdirSync(join(folder, 'bin'));
    process.env.DOCKER_CONFIG = folder;
    process.env.REGISTRY_AUTH_FILE = join(folder, 'auth.json');
    process.env.PATH = `${join(folder, 'bin')}${delimiter}${PATH}`;
  });
  afterEach(() => {
    for (const [name, value] of Object.entries({ DOCKER_CONFIG, REGISTRY_AUTH_FILE, PATH }))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    rmSync(folder, { recursive: true, force: true });
  });
  const configure = (config: unknown, file = 'config.json') =>
    writeFileSync(join(folder, file), JSON.stringify(config));
  const helper = (body: string) => {
    const file = join(folder, 'bin', 'docker-credential-made-up');
    writeFileSync(file, `#!/bin/sh\nread server\n${body}\n`);
    chmodSync(file, 0o755);
  };

  it('is asked of the store of a cloud, which needs no login', async () => {
    helper(`test "$server" = r.example && echo '${helperSays}' || { echo credentials not found in a store; exit 1; }`);
    configure({ credsStore: 'made-up' });
    expect(await credentialsOf('r.example')).toEqual({ user: 'a', password: 'made-up' });
    expect(await credentialsOf('other.example')).toBeUndefined();
  });

  it('is nobody where a store that nobody logged in by does not work, and an error where somebody did', async () => {
    configure({ credsStore: 'not-there', auths: { 'r.example': {} } });
    expect(await credentialsOf('other.example')).toBeUndefined();
    await expect(credentialsOf('r.example')).rejects.toThrow('docker-credential-not-there, which Docker');
  });

  it("is in podman's file where the store does not know", async () => {
    helper('echo credentials not found in a store; exit 1');
    configure({ credsStore: 'made-up' });
    configure({ auths: { 'r.example': { auth: Buffer.from('b:made-up').toString('base64') } } }, 'auth.json');
    expect(await credentialsOf('r.example')).toEqual({ user: 'b', password: 'made-up' });
  });

  it("knows Docker's registry by its older name", async () => {
    configure({ auths: { 'https://index.docker.io/v1/': { auth: Buffer.from('c:made-up').toString('base64') } } });
    expect(await credentialsOf('index.docker.io')).toEqual({ user: 'c', password: 'made-up' });
  });

  it.each(['null', '[]', '"a"', '{'])('is said to be no JSON object: %s', async (text) => {
    writeFileSync(join(folder, 'config.json'), text);
    await expect(credentialsOf('r.example')).rejects.toThrow(
      'config.json is no JSON object: log in to the registry anew',
    );
  });

  it('is nobody where an entry holds nothing', async () => {
    configure({ auths: { 'r.example': null, 'other.example': { auth: 5 } } });
    expect(await credentialsOf('r.example')).toBeUndefined();
    expect(await credentialsOf('other.example')).toBeUndefined();
  });
});
