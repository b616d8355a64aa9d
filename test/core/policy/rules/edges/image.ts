import { container, pod } from '../rule-cases';
import { breaks, type Edge, type EdgeOptions, type Edges, keeps } from './edge';

const sha = 'a'.repeat(64);
const long = (length: number) => 'a'.repeat(length);

const places: readonly (readonly [string, (image: string) => Edge['object']])[] = [
  ['spec.containers[0].image', (image) => container({ image })],
  [
    'spec.volumes[0].image.reference',
    (reference) => pod({ containers: [], volumes: [{ name: 'model', image: { reference } }] }),
  ],
];

/** Images of a container, and of a volume. */
const images = (kept: readonly string[], broken: readonly string[], options: EdgeOptions = {}): readonly Edge[] =>
  places.flatMap(([property, make]) => [
    ...kept.map((image) => keeps(make(image), options)),
    ...broken.map((image) => breaks(make(image), property, options)),
  ]);

/** A volume that is no image at all. */
const noImage = keeps(pod({ containers: [], volumes: [{ name: 'own', emptyDir: { sizeLimit: '1Mi' } }] }));

/** Objects at the edges of the rules about images. */
export const imageEdges: Edges = {
  'image-valid': [
    noImage,
    ...images(
      [
        'redis',
        `a@sha256:${sha}`,
        `registry.acme.example/sha256:${sha}`,
        `${sha}b`,
        `r.example/${sha}`,
        `registry.acme.example/${long(255)}`,
        `registry.acme.example/${long(255)}:1`,
        `b/${long(253)}`,
        long(247),
        `docker.io/${long(247)}`,
        `docker.io/${long(200)}/${long(54)}`,
        `registry.acme.example/x/docker.io/${long(200)}`,
      ],
      [
        '',
        sha,
        `sha256:${sha}`,
        `sha512:${sha}${sha}`,
        `registry.acme.example/${long(256)}`,
        `localhost/${long(256)}:1`,
        `b/${long(254)}`,
        `acme/r.example/${long(250)}`,
        long(248),
        `${long(248)}:1`,
        `docker.io/${long(248)}`,
        `index.docker.io/${long(248)}:1`,
      ],
    ),
  ],
  'image-registry': [
    noImage,
    ...images(
      ['localhost/app', 'localhost:5000/app', 'r.example/app', '', `r.example/a/b@sha256:${sha}`],
      ['redis', 'acme/app', 'acme/app:1', 'acme/r.example/app'],
    ),
  ],
  'image-allowed': [
    noImage,
    ...images(
      ['registry.acme.example/app', 'registry.acme.example/a/b:1', ''],
      ['evil.example/registry.acme.example/app', 'registry.acme.examples/app', 'acme/registry.acme.example', 'redis'],
    ),
    ...images(
      ['redis', 'redis:7', 'docker.io/redis', 'docker.io/library/redis', 'index.docker.io/redis:7'],
      ['acme/redis', 'docker.io/acme/redis', 'index.docker.io/acme/redis', 'index.docker.io.example/library/redis'],
      {
        registries: ['other.example', 'docker.io/library'],
      },
    ),
    ...images(['acme/app', 'docker.io/acme/app:1'], ['app', 'docker.io/app', 'r.example/acme/app'], {
      registries: ['docker.io/acme/'],
    }),
    ...images(['docker.io/library/redis', 'docker.io/redis', 'redis'], ['docker.io/library/redis2'], {
      registries: ['docker.io/library/redis'],
    }),
    ...images(['r.example/docker.io/app'], ['docker.io/library/app'], { registries: ['r.example/docker.io'] }),
    ...images(['acme/r.example/app'], ['r.example/app'], { registries: ['docker.io/acme/r.example'] }),
    ...images([], ['redis', 'r.example/app'], { registries: [] }),
  ],
  'image-deprecated-registry': [
    noImage,
    ...images(
      ['r.example/k8s.gcr.io/pause', 'registry.k8s.io/pause', 'k8s.gcr.io', 'gcr.io/acme/app'],
      ['k8s.gcr.io/pause:3.9', 'gcr.io/google-containers/pause', 'gcr.io/google_containers/pause'],
    ),
  ],
  'image-digest': [noImage, ...images([`redis@sha256:${sha}`, ''], ['redis', 'redis:7', 'r.example:5000/app'])],
};
