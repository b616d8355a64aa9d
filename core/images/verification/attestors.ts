import type { KeylessSigner, KeySigner, PrivateSigstore, Signer, TransparencyLog } from './settings';

/** Signers as Kyverno's policy names them (`spec.attestors`). */
export function attestorOf(signer: Signer): object {
  return { name: signer.name, cosign: cosignOf(signer) };
}

function cosignOf(signer: Signer): object {
  if ('issuer' in signer) return { keyless: { identities: [identityOf(signer)] }, ...sigstoreOf(signer.sigstore) };
  if ('certificate' in signer)
    return {
      certificate: { cert: { value: signer.certificate }, certChain: { value: signer.chain } },
      ctlog: noLog,
    };
  return { key: { data: signer.key }, ...logOf(signer) };
}

/** Without these Kyverno fetches Sigstore's roots for each verdict, and asks for an entry in the log. */
const noLog = { insecureIgnoreTlog: true, insecureIgnoreSCT: true };

function logOf({ log = 'none' }: KeySigner): object {
  const named: Readonly<Record<Extract<TransparencyLog, string>, object>> = { none: { ctlog: noLog }, public: {} };
  if (typeof log === 'string') return named[log];
  return { ctlog: { url: log.url, rekorPubKey: log.key }, tuf: tufOf(log.tuf) };
}

function identityOf({ issuer, subject }: KeylessSigner): object {
  return { issuer, ...(typeof subject === 'string' ? { subject } : { subjectRegExp: subject.matches }) };
}

function sigstoreOf(sigstore: PrivateSigstore | undefined): object {
  if (sigstore === undefined) return {};
  const { tuf, rekor, certificateLogKey } = sigstore;
  return {
    tuf: tufOf(tuf),
    ...(rekor && {
      ctlog: {
        url: rekor.url,
        rekorPubKey: rekor.key,
        ...(certificateLogKey !== undefined && { ctLogPubKey: certificateLogKey }),
      },
    }),
  };
}

function tufOf({ mirror, root }: PrivateSigstore['tuf']): object {
  return { mirror, root: { data: root } };
}

/** Tells whether two signers are the same person, whatever they are called. */
export function identityKey(signer: Signer): string {
  if ('issuer' in signer) return JSON.stringify(['keyless', signer.issuer, signer.subject]);
  const text = 'certificate' in signer ? signer.certificate : signer.key;
  return JSON.stringify(['key', String(text).replaceAll(/\s/g, '')]);
}
