import * as fc from 'fast-check';
import { heldBy, type ImageRegistry, inRegistry, remedyIn } from '../../../core/images/image-registry';
import { parseImage } from '../../../core/images/reference';

const digest = `sha256:${'a'.repeat(64)}`;
const registry: ImageRegistry = {
  host: 'registry.acme.example:8443',
  upstreams: ['docker.io/library', 'quay.io/acme/web', 'registry.k8s.io', 'registry.internal:5000/team'],
};

describe('a registry of one’s own', () => {
  it.each([
    ['docker.io/library/redis:7.4', 'docker.io/library/redis:7.4'],
    ['index.docker.io/library/redis:7.4', 'docker.io/library/redis:7.4'],
    ['index.docker.io/redis:7.4', 'docker.io/library/redis:7.4'],
    [`docker.io/library/redis@${digest}`, `docker.io/library/redis@${digest}`],
    [`docker.io/redis:7.4@${digest}`, `docker.io/library/redis:7.4@${digest}`],
    ['docker.io/library/redis', 'docker.io/library/redis'],
    ['quay.io/acme/web:1', 'quay.io/acme/web:1'],
    ['quay.io/acme/web/sub:1', 'quay.io/acme/web/sub:1'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['registry.internal:5000/team/api:1', 'registry.internal-5000/team/api:1'],
  ])('has %s', (image, held) => {
    expect(inRegistry(registry, image)).toBe(`registry.acme.example:8443/${held}`);
  });

  it.each([
    'docker.io/libraryx/redis:7',
    'docker.io/acme/redis:7',
    'quay.io/acme/website:1',
    'quay.io/acme:1',
    'quay.io:8443/acme/web:1',
    'registry.acme.example:8443/docker.io/library/redis:7',
    // Which registry a node takes for it, the node says.
    'redis:7',
    'library/redis:7',
    'No Image',
    '',
  ])('has no %s', (image) => {
    expect(inRegistry(registry, image)).toBeUndefined();
  });

  it('keeps tag and digest, and what it names is an image of its own', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,8}$/), { nil: undefined });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), tag, fc.boolean(), (path, tag, pinned) => {
        const image = `quay.io/acme/web/${path.join('/')}${tag === undefined ? '' : `:${tag}`}${pinned ? `@${digest}` : ''}`;
        const held = parseImage(inRegistry(registry, image) ?? '');
        const { registry: host, repository, ...rest } = parseImage(image) ?? { registry: '', repository: '' };
        expect(held).toEqual({ registry: registry.host, repository: `${host}/${repository}`, ...rest });
      }),
    );
  });

  it('holds an image of Docker Hub by its whole name', () => {
    expect(heldBy('r.example', 'redis:7')).toBe('r.example/docker.io/library/redis:7');
    expect(heldBy('r.example', 'No Image')).toBeUndefined();
  });

  it.each([
    ['docker.io/library/redis:7', /^write registry\.acme\.example:8443\/docker\.io\/library\/redis:7: only images of/],
    [
      'ghcr.io/x/y:1',
      /^list ghcr\.io\/x\/y in privateRegistry\.upstreams, and copy it there \(bulwark images copy\); or push /,
    ],
    ['index.docker.io/library/redis:7', /^write registry\.acme\.example:8443\/docker\.io\/library\/redis:7: only/],
    ['index.docker.io/x/y:1', /^list docker\.io\/x\/y in privateRegistry\.upstreams/],
    ['registry-1.docker.io/library/redis:7', /^write docker\.io\/library\/redis:7: images are compared/],
    ['GHCR.io:443/x/y:1', /^write ghcr\.io\/x\/y:1: images are compared/],
    ['redis:7', /^write its registry out/],
  ])('says what to do about %s', (image, remedy) => {
    expect(remedyIn(registry, image)).toMatch(remedy);
  });
});
