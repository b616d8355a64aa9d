import { createPublicKey, type JsonWebKey, X509Certificate } from 'node:crypto';
import type { RegistryFault } from '../../core/registry/fault';

/** What tokens are signed by. */
interface Trust {
  readonly certificates?: string | undefined;
  readonly jwks?: string | undefined;
}

/** Everything that is wrong with what tokens are signed by. No message has a key. */
export function trustFaults({ certificates, jwks }: Trust): readonly RegistryFault[] {
  return [
    ...(certificates === undefined ? [] : certificateFaults(certificates)),
    ...(jwks === undefined ? [] : jwksFaults(jwks)),
  ];
}

function certificateFaults(text: string): readonly RegistryFault[] {
  const key = 'authentication.certificates';
  if (/PRIVATE KEY/.test(text)) {
    const message = 'there is a private key among them';
    return [{ key, message, remedy: 'give certificates alone, and change the key' }];
  }
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*(-----END CERTIFICATE-----)?/g) ?? [];
  if (blocks.length === 0)
    return [{ key, message: 'there is no certificate in it', remedy: 'give the text of a PEM file' }];
  return blocks.flatMap((block, i) => {
    const found = certificateOf(block);
    if (found === undefined) {
      const message = `number ${i + 1} is no certificate`;
      return [{ key, message, remedy: 'give the text of a PEM file, whole' }];
    }
    if (!found.ca) return [];
    // Distribution takes each of them for a root: https://github.com/distribution/distribution/blob/v3.1.2/registry/auth/token/token.go
    const message = `number ${i + 1} is that of an authority: whoever has a certificate by it could sign tokens`;
    const remedy = 'give the certificate that tokens are signed by itself, with CA:FALSE, or jwks';
    return [{ key, message, remedy }];
  });
}

function certificateOf(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function jwksFaults(text: string): readonly RegistryFault[] {
  const key = 'authentication.jwks';
  const keys = keysOf(text);
  if (keys === undefined)
    return [{ key, message: 'it is no set of keys', remedy: 'give the JSON that the service of tokens publishes' }];
  if (keys.some((each) => each.kty === 'oct' || 'd' in each || 'k' in each))
    return [{ key, message: 'a key in it is private', remedy: 'give the public keys alone, and change that key' }];
  return keys.flatMap(({ kid, ...rest }, i) => {
    const at = `${key}.keys[${i}]`;
    const faults: RegistryFault[] = [];
    if (typeof kid !== 'string' || kid === '' || keys.findIndex((other) => other.kid === kid) < i) {
      const message = 'tokens name the key that they are signed by, and none can name this one';
      faults.push({ key: `${at}.kid`, message, remedy: 'give each key a kid of its own' });
    }
    if (!isPublicKey(rest)) {
      const message = 'it is no public key, and the registry would not start';
      faults.push({ key: at, message, remedy: 'give it as the service of tokens publishes it' });
    }
    return faults;
  });
}

function keysOf(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { readonly keys?: unknown };
    const isSet = Array.isArray(keys) && keys.length > 0 && keys.every((each) => typeof each === 'object' && each);
    return isSet ? (keys as readonly Readonly<Record<string, unknown>>[]) : undefined;
  } catch {
    return undefined;
  }
}

function isPublicKey(key: Readonly<Record<string, unknown>>): boolean {
  try {
    createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
