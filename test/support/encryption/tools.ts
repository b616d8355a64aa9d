import { join } from 'node:path';
import type { GoBinaryOptions } from '../go-binary';

const folder = (name: string) => join(__dirname, name);

/** The programs that people encrypt Secrets with, and that make keys for them. */
export const encryptionTools = {
  sops: { name: 'sops', moduleDir: folder('sops-module'), package: 'github.com/getsops/sops/v3/cmd/sops' },
  'age-keygen': { name: 'age-keygen', moduleDir: folder('sops-module'), package: 'filippo.io/age/cmd/age-keygen' },
  kubeseal: {
    name: 'kubeseal',
    moduleDir: folder('sealed-secrets-module'),
    package: 'github.com/bitnami-labs/sealed-secrets/cmd/kubeseal',
  },
  'sealing-key': { name: 'sealing-key', moduleDir: folder('sealed-secrets-module'), package: '.' },
} as const satisfies Readonly<Record<string, GoBinaryOptions>>;

export type EncryptionTool = keyof typeof encryptionTools;
