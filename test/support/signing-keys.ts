/** Keys of signers, made for each run. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A pair as PEM. */
interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

function written(pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }): KeyPair {
  return {
    publicKey: String(pair.publicKey.export({ type: 'spki', format: 'pem' })),
    privateKey: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

export const ecPair = (namedCurve = 'P-256'): KeyPair => written(generateKeyPairSync('ec', { namedCurve }));
export const rsaPair = (modulusLength: number): KeyPair => written(generateKeyPairSync('rsa', { modulusLength }));
export const ed25519Pair = (): KeyPair => written(generateKeyPairSync('ed25519'));
export const x25519Pair = (): KeyPair => written(generateKeyPairSync('x25519'));

/** The public half of a new pair. */
export const publicKey = (): string => ecPair().publicKey;
