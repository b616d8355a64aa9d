import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A JSON Web Token with other claims, signed with the key in the file. */
export function signedAnew(token: string, claims: Readonly<Record<string, unknown>>, keyFile: string): string {
  const [header = '', payload = ''] = token.split('.');
  const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')), ...claims };
  const signed = `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
  const key = createPrivateKey(readFileSync(keyFile));
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}
