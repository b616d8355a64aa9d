/** A Harbor of each kind. */
import { type HarborPart, harborParts } from '../../../core/registry/harbor/parts';
import type { HarborSettings } from '../../../core/registry/harbor/values';
import { login } from './zot-settings';

const digest = 'sha256:ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d';

export const images = Object.fromEntries(
  harborParts.map((part) => [part, `mirror.acme.example/goharbor/${part}@${digest}`]),
) as Record<HarborPart, string>;

export const basics: HarborSettings = {
  host: 'registry.acme.example',
  images,
  secretName: 'harbor-credentials',
  login,
  storage: { kind: 'volume', folder: '/storage' },
  volumes: { images: 50, scanner: 5 },
  replicas: 1,
  database: { host: 'postgres.acme.example', port: 5432, name: 'registry', user: 'harbor' },
  scanner: {
    databases: ['mirror.acme.example/aquasec/trivy-db'],
    javaDatabases: ['mirror.acme.example/aquasec/trivy-java-db'],
  },
  metrics: false,
};

export const alternatives: Readonly<Record<string, HarborSettings>> = {
  'a volume': basics,
  'a bucket of S3, and replicas': {
    ...basics,
    storage: {
      kind: 's3',
      bucket: 'acme-images',
      region: 'eu-central-1',
      kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1',
    },
    storageAccount: 'harbor-storage',
    replicas: 2,
    database: { ...basics.database, authoritySecret: 'postgres-authority' },
    metrics: true,
  },
  'a bucket of Google Cloud': {
    ...basics,
    storage: { kind: 'gcs', bucket: 'acme-images' },
    storageAccount: 'harbor-storage',
  },
};
