import { fromMirror } from '../../../core/images/mirrors';

const digest = `sha256:${'a'.repeat(64)}`;
const mirrors = {
  'docker.io': 'reg.int/dh',
  'docker.io/library/redis': 'reg.int/special/redis',
  'docker.io/acme/': 'reg.int/acme/',
  'docker.io/nginx': 'reg.int/web',
  'localhost:5000': 'reg.int/local',
  'ghcr.io/acme/web': 'reg.int/web',
};

describe('fromMirror', () => {
  it.each([
    ['a whole repository', `docker.io/library/redis@${digest}`, `reg.int/special/redis@${digest}`],
    ['its tag', 'docker.io/library/redis:7.4', 'reg.int/special/redis:7.4'],
    ['its tag and digest', `docker.io/library/redis:7.4@${digest}`, `reg.int/special/redis:7.4@${digest}`],
    ['neither', 'docker.io/library/redis', 'reg.int/special/redis'],
    ['what is below it', 'docker.io/library/redis/sub:1', 'reg.int/special/redis/sub:1'],
    ['another component', 'docker.io/library/redis-stack:7', 'reg.int/dh/library/redis-stack:7'],
    ['a slash at the end', 'docker.io/acme/x:1', 'reg.int/acme/x:1'],
    ['an older name of Docker Hub', `index.docker.io/library/redis@${digest}`, `reg.int/special/redis@${digest}`],
    ['that of a registry alone', 'index.docker.io/other/x:1', 'reg.int/dh/other/x:1'],
    ['a repository of Docker itself', `docker.io/redis@${digest}`, `reg.int/special/redis@${digest}`],
    ['both', 'index.docker.io/redis:7', 'reg.int/special/redis:7'],
    ['one that the mirror has as it is written', 'docker.io/nginx:1', 'reg.int/web:1'],
    ['one without a mirror of its own', 'docker.io/busybox:1', 'reg.int/dh/busybox:1'],
    ['a port', 'localhost:5000/x:1', 'reg.int/local/x:1'],
    ['one repository of a registry', 'ghcr.io/acme/web:1', 'reg.int/web:1'],
  ])('knows %s', (_, image, mirrored) => {
    expect(fromMirror(mirrors, image)).toBe(mirrored);
    const turned = Object.fromEntries(Object.entries(mirrors).reverse());
    expect(fromMirror(turned, image)).toBe(mirrored);
  });

  it.each([
    'ghcr.io/acme/website:1',
    'ghcr.io/acme:1',
    'ghcr.io:8443/acme/web:1',
    'localhost:50000/x:1',
    'docker.io:443/library/redis:7',
    // Which registry a node takes for it, the node says.
    'redis:7',
    'No Image',
    '',
  ])('leaves %s as it is', (image) => {
    expect(fromMirror(mirrors, image)).toBe(image);
  });
});
