import * as fc from 'fast-check';
import { readPublicKey } from '../../../../core/images/verification/public-key';
import { ecPair as ec, ed25519Pair, rsaPair as rsa, x25519Pair } from '../../../support/signing-keys';

describe('a public key', () => {
  it.each(['P-256', 'P-384', 'P-521'])('of ECDSA %s is read', (curve) => {
    expect(readPublicKey(ec(curve).publicKey)).toEqual({ kind: 'ec', curve });
  });

  it('of RSA is read from 2048 bits, and not below', () => {
    expect(readPublicKey(rsa(2048).publicKey)).toEqual({ kind: 'rsa', bits: 2048 });
    expect(readPublicKey(rsa(1024).publicKey)).toMatchObject({ problem: 'RSA of 1024 bits can be broken' });
  });

  it('of Ed25519 is read', () => {
    expect(readPublicKey(ed25519Pair().publicKey)).toEqual({ kind: 'ed25519' });
  });

  it('is refused where cosign cannot use it, or it is none', () => {
    const { publicKey } = ec('P-256');
    const problems = {
      curve: ec('secp256k1').publicKey,
      exchange: x25519Pair().publicKey,
      none: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD',
      two: `${publicKey}${ec('P-256').publicKey}`,
      certificate: publicKey.replaceAll('PUBLIC KEY', 'CERTIFICATE'),
      old: publicKey.replaceAll('PUBLIC KEY', 'RSA PUBLIC KEY'),
      cut: publicKey.replace(/\n.*\n-----END/, '\n-----END'),
      text: '-----BEGIN PUBLIC KEY-----\nno base64\n-----END PUBLIC KEY-----',
    };
    expect(
      Object.entries(problems).map(([name, pem]) => [name, (readPublicKey(pem) as { problem?: string }).problem]),
    ).toEqual([
      ['curve', 'cosign does not know the curve of this key'],
      ['exchange', 'the PEM holds no public key'],
      ['none', 'this is no PEM'],
      ['two', 'there are 2 keys in one text, of which only the first would count'],
      ['certificate', 'this is a certificate, and not a key'],
      ['old', 'a RSA PUBLIC KEY is no PUBLIC KEY'],
      ['cut', 'the PEM holds no public key'],
      ['text', 'the PEM holds no public key'],
    ]);
  });

  it.each(['PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'ENCRYPTED SIGSTORE PRIVATE KEY'])(
    'is never a %s, whatever stands around it',
    (label) => {
      const secret = `-----BEGIN ${label}-----\nc2VjcmV0\n-----END ${label}-----\n`;
      for (const text of [secret, `${ec('P-256').publicKey}${secret}`, secret.slice(0, 50)])
        expect(readPublicKey(text)).toMatchObject({ problem: expect.stringContaining('private key') });
    },
  );

  it('never throws', () => {
    const { publicKey } = ec('P-256');
    const anyPem = fc
      .uint8Array({ maxLength: 200 })
      .map((bytes) => `-----BEGIN PUBLIC KEY-----\n${Buffer.from(bytes).toString('base64')}\n-----END PUBLIC KEY-----`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), anyPem), (text) => {
        expect(readPublicKey(text)).toHaveProperty('problem');
      }),
    );
    expect(readPublicKey(publicKey)).not.toHaveProperty('problem');
  });
});
