/** Files as sops and kubeseal write them, without a key that anybody has. The real programs write theirs in the cluster tests. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../app';

const random = (bytes: number): string => randomBytes(bytes).toString('base64');

/** A value that SOPS has encrypted. @param data what of it is not by chance */
export const encryptedValue = (type = 'str', data = random(9)): string =>
  `ENC[AES256_GCM,data:${data},iv:${random(32)},tag:${random(16)},type:${type}]`;

/** What stands at the end of a file of SOPS. */
export const sopsBlock = (regex = '^(data|stringData)$'): string =>
  `sops:
    age:
        - enc: |
            -----BEGIN AGE ENCRYPTED FILE-----
            ${random(48)}
            -----END AGE ENCRYPTED FILE-----
          recipient: age1a780cnupk0tamu33pu97azh8jlgf0fmey4rt2pra2zwvtmq0ketqkag9pj
    encrypted_regex: ${regex}
    lastmodified: "2026-11-21T14:52:36Z"
    mac: ${encryptedValue()}
    version: 3.13.3
`;

/** A Secret that SOPS has encrypted. */
export const sopsSecret = ({
  namespace = 'shop',
  data = `    password: ${encryptedValue()}\n`,
  sops = sopsBlock(),
} = {}): string =>
  `# Who needs this asks the team.
apiVersion: v1
kind: Secret
metadata:
    name: db
    namespace: ${namespace}
type: Opaque
stringData:
${data}${sops}`;

/** A value that kubeseal has encrypted: with RSA's 4,096 bits. */
export const sealedValue = (): string =>
  Buffer.concat([Buffer.from([2, 0]), randomBytes(512), randomBytes(24)]).toString('base64');

/** A SealedSecret. */
export const sealedSecret = ({
  namespace = 'shop',
  annotations = '',
  data = `    password: ${sealedValue()}\n`,
  template = '',
} = {}): string =>
  `---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  creationTimestamp: null
  name: db
  namespace: ${namespace}
${annotations}spec:
  encryptedData:
${data}  template:
    metadata:
      creationTimestamp: null
      name: db
      namespace: ${namespace}
${template}    type: Opaque
`;

/** A file with a text, in a folder of its own. */
export function fileOf(text: string | Uint8Array, name = 'db.enc.yaml'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}
