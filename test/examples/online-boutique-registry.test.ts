import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsIn, inspect } from '../../constructs/app/inspection';
import { ImageLock } from '../../core';
import { imagesOf } from '../../core/images';
import type { KubernetesObject } from '../../core/manifest';
import type { PodSpec } from '../../core/manifest/pod';
import { registries } from '../../examples/online-boutique/online-boutique';
import { temporaryFolder } from '../support/app';
import { boutique, boutiqueObjects, byName } from './boutique';

const target = '1.36';
const imagesIn = (objects: readonly KubernetesObject[]) => objects.flatMap((object) => imagesOf(object));
const upstreamImages = [...new Set(imagesIn(boutiqueObjects({ target })))].sort();
const privateRegistry = { host: 'registry.acme.example', upstreams: registries, pullSecrets: ['registry-pull'] };

describe('the shop from a registry of one’s own', () => {
  const imageLock = join(temporaryFolder(), 'images.lock.json');
  const tagged = upstreamImages.filter((image) => !image.includes('@'));
  const digests = new Map(tagged.map((image, i) => [image, `sha256:${String(i).padStart(64, '0')}`]));
  const images = { registries: [], privateRegistry, imageLock };
  beforeAll(() => {
    const entries = [...digests].map(([image, digest]) => [image, { digest, platforms: ['linux/amd64'] }] as const);
    writeFileSync(imageLock, ImageLock.of(entries).toString());
  });

  it('is by default from upstream, by the names that upstream gives', () => {
    expect(upstreamImages).toHaveLength(13);
    for (const image of upstreamImages) expect(image).toMatch(/^(us-central1-docker\.pkg\.dev|docker\.io\/library)\//);
  });

  it('has every image from there, whole name, tag and the digest of the lock, and pulls with its Secret', () => {
    const objects = boutiqueObjects({ target, images });
    const wanted = upstreamImages.map((image) => {
      const digest = digests.get(image);
      return `registry.acme.example/${image}${digest === undefined ? '' : `@${digest}`}`;
    });
    expect([...new Set(imagesIn(objects))].sort()).toEqual(wanted.sort());
    const deployments = [...byName(objects, 'Deployment').values()];
    expect(deployments).toHaveLength(12);
    for (const { spec } of deployments)
      expect((spec as { readonly template: { readonly spec: PodSpec } }).template.spec.imagePullSecrets).toEqual([
        { name: 'registry-pull' },
      ]);
  });

  it('differs from the default in nothing else', () => {
    const without = (objects: readonly KubernetesObject[]) =>
      JSON.stringify(objects)
        .replaceAll('registry.acme.example/', '')
        .replaceAll(/@sha256:0{60}\d{4}/g, '')
        .replaceAll('"imagePullSecrets":[{"name":"registry-pull"}],', '');
    expect(without(boutiqueObjects({ target, images }))).toBe(without(boutiqueObjects({ target })));
  });

  it('needs its exception no more, and breaks no rule', () => {
    const { findings } = inspect(boutique({ target, images }).app);
    expect(errorsIn({ findings })).toEqual([]);
    expect(findings.filter(({ rule }) => rule === 'image-digest')).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toContain('exception-unused');
  });

  it('is refused where one of its upstreams is not listed', () => {
    const [first = ''] = registries;
    const { app } = boutique({
      target,
      images: { ...images, privateRegistry: { ...privateRegistry, upstreams: [first] } },
    });
    const errors = errorsIn(inspect(app));
    expect(errors.map(({ rule, construct, value }) => [rule, construct, value])).toEqual([
      ['image-allowed', 'online-boutique/redis-cart', expect.stringMatching(/^docker\.io\/library\/redis:alpine@/)],
      ['image-allowed', 'online-boutique/loadgenerator', expect.stringMatching(/^docker\.io\/library\/busybox:/)],
    ]);
  });
});
