import { container, pod, type RuleCases } from '../rule-cases';

export const digest = `sha256:${'a'.repeat(64)}`;
export const image = (text: unknown) => container({ image: text });
const volume = (reference: unknown) => pod({ containers: [], volumes: [{ name: 'model', image: { reference } }] });

/** For each rule of the folder, objects that keep it and objects that break it. */
export const imageCases: Readonly<Record<string, RuleCases>> = {
  'image-valid': {
    compliant: [
      { name: 'a short name', object: image('redis') },
      { name: 'a whole reference', object: image(`registry.acme.example:5000/payments/api:1.2@${digest}`) },
      { name: 'a volume', object: volume('registry.acme.example/model:1') },
    ],
    violating: [
      {
        name: 'no image, in whichever container',
        object: pod({ initContainers: [{ name: 'setup' }], containers: [{ name: 'api', image: '' }] }),
        findings: [
          {
            property: 'spec.initContainers[0].image',
            message: 'init container "setup" has no image',
            container: 'setup',
          },
          { property: 'spec.containers[0].image', message: 'container "api" has no image' },
        ],
      },
      {
        name: 'capital letters',
        object: image('registry.acme.example/API:1'),
        findings: [
          {
            property: 'spec.containers[0].image',
            message: expect.stringMatching(
              /^container "api" has the image "registry\.acme\.example\/API:1", which is no image reference: the repository .* must be lower case$/,
            ),
            value: 'registry.acme.example/API:1',
          },
        ],
      },
      {
        name: 'a volume with a space',
        object: volume('a b'),
        findings: [
          {
            property: 'spec.volumes[0].image.reference',
            message: expect.stringMatching(/^volume "model" has the image "a b", which is no image reference: /),
          },
        ],
      },
    ],
  },
  'image-registry': {
    compliant: [
      { name: 'Docker Hub by name', object: image('docker.io/library/redis:alpine') },
      { name: 'a registry with a port', object: image('localhost:5000/app') },
    ],
    violating: [
      {
        name: 'an official image',
        object: image('redis:alpine'),
        findings: [
          {
            property: 'spec.containers[0].image',
            message: 'the image redis:alpine of container "api" names no registry',
            remedy: 'write docker.io/library/redis:alpine if Docker Hub is meant',
            value: 'redis:alpine',
          },
        ],
      },
      {
        name: "a user's image, of a container and of a volume",
        object: pod({
          containers: [{ name: 'api', image: `acme/api@${digest}` }],
          volumes: [{ name: 'model', image: { reference: 'acme/m' } }],
        }),
        findings: [
          {
            property: 'spec.containers[0].image',
            message: `the image acme/api@${digest} of container "api" names no registry`,
            remedy: `write docker.io/acme/api@${digest} if Docker Hub is meant`,
          },
          {
            property: 'spec.volumes[0].image.reference',
            message: 'the image acme/m of volume "model" names no registry',
          },
        ],
      },
    ],
  },
  'image-allowed': {
    compliant: [
      { name: 'the registry', object: image('registry.acme.example/anything/below:1') },
      { name: 'a path of it', object: image('r.example/payments/api'), registries: ['other', 'r.example/payments'] },
      { name: 'one repository', object: image('r.example/payments'), registries: ['r.example/payments'] },
      {
        name: 'a prefix with a slash at its end',
        object: image('r.example/payments/api'),
        registries: ['r.example/payments/'],
      },
      { name: 'a short name, read as Docker Hub', object: image('redis'), registries: ['docker.io/library'] },
      { name: 'its older name', object: image('index.docker.io/redis:7'), registries: ['docker.io/library'] },
    ],
    violating: [
      {
        name: 'another registry',
        object: image('evil.example/api:1'),
        findings: [
          {
            property: 'spec.containers[0].image',
            message:
              'the image evil.example/api:1 of container "api" comes from evil.example/api, which is not in the allowed registries (registry.acme.example)',
            value: 'evil.example/api:1',
          },
        ],
      },
      {
        name: 'names that only begin alike',
        object: pod({
          containers: [
            { name: 'a', image: 'registry.acme.example.evil.example/api' },
            { name: 'b', image: 'r.example/payroll/api' },
          ],
        }),
        registries: ['registry.acme.example', 'r.example/pay'],
        findings: [
          {
            property: 'spec.containers[0].image',
            message:
              'the image registry.acme.example.evil.example/api of container "a" comes from registry.acme.example.evil.example/api, which is not in the allowed registries (registry.acme.example, r.example/pay)',
          },
          {
            property: 'spec.containers[1].image',
            message:
              'the image r.example/payroll/api of container "b" comes from r.example/payroll/api, which is not in the allowed registries (registry.acme.example, r.example/pay)',
          },
        ],
      },
      {
        name: 'an older name of another registry',
        object: image('index.docker.io.example/redis:7'),
        registries: ['docker.io'],
        findings: [
          {
            property: 'spec.containers[0].image',
            message:
              'the image index.docker.io.example/redis:7 of container "api" comes from index.docker.io.example/redis, which is not in the allowed registries (docker.io)',
          },
        ],
      },
      {
        name: 'every image, where the list is empty',
        object: image('redis:7'),
        registries: [],
        findings: [
          {
            property: 'spec.containers[0].image',
            message:
              'the image redis:7 of container "api" comes from docker.io/library/redis, and the list of allowed registries is empty, so that none is allowed',
            remedy: 'push the image to an allowed registry, or add its registry to registries',
          },
        ],
      },
    ],
  },
  'image-deprecated-registry': {
    compliant: [
      { name: 'the registry that took over', object: image('registry.k8s.io/pause:3.10') },
      { name: 'a name that only ends so', object: image('r.example/k8s.gcr.io/pause') },
      { name: 'another project of gcr.io', object: image('gcr.io/acme/app') },
    ],
    violating: ['k8s.gcr.io/pause:3.9', 'gcr.io/google_containers/pause:3.1', 'gcr.io/google-containers/pause'].map(
      (text) => ({
        name: text,
        object: image(text),
        findings: [
          {
            property: 'spec.containers[0].image',
            message: `the image ${text} of container "api" comes from a registry that gets no new versions`,
            value: text,
          },
        ],
      }),
    ),
  },
  'image-digest': {
    compliant: [
      { name: 'a digest', object: image(`redis@${digest}`) },
      { name: 'a digest beside a tag', object: image(`redis:latest@${digest}`) },
    ],
    violating: [
      {
        name: 'a tag',
        object: image('r.example/api:1.2'),
        findings: [
          {
            property: 'spec.containers[0].image',
            message:
              'the image r.example/api:1.2 of container "api" has the tag 1.2 and no digest: the tag can be moved to another image',
            remedy:
              'write the digest: r.example/api:1.2@sha256:…, as `docker buildx imagetools inspect r.example/api:1.2` shows it; `bulwark images lock` does that for all images of an app',
            value: 'r.example/api:1.2',
          },
        ],
      },
      {
        name: 'latest',
        object: image('r.example/api:latest'),
        findings: [
          {
            property: 'spec.containers[0].image',
            message:
              'the image r.example/api:latest of container "api" has the tag latest and no digest: each start runs whatever was pushed last',
          },
        ],
      },
      {
        name: 'nothing, a port being no tag',
        object: image('host:5000/app'),
        findings: [
          {
            property: 'spec.containers[0].image',
            message:
              'the image host:5000/app of container "api" has neither tag nor digest: each start runs whatever was pushed last as latest',
            remedy:
              'write the digest: host:5000/app:<version>@sha256:…, as `docker buildx imagetools inspect host:5000/app:<version>` shows it; `bulwark images lock` does that for all images of an app',
          },
        ],
      },
    ],
  },
};
