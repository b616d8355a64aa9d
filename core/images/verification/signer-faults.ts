import { isMapping, mappingOf } from '../../manifest/plain';
import type { Report } from './fault';
import { judgeKnownProps } from './known-props';
import { holdsPrivateKey, pemBlocks, readPublicKey } from './public-key';
import { judgeSubject } from './subject';

type Loose = Readonly<Record<string, unknown>>;

/** The one prop by which a signer is told from the others -> what judges it. */
const ways: Readonly<
  Record<'key' | 'certificate' | 'issuer', (signer: Loose, property: string, report: Report) => void>
> = {
  key: judgeKeySigner,
  certificate: judgeCertificateSigner,
  issuer: judgeKeylessSigner,
};

/** Reports what is wrong with a signer. Its name is judged by whoever knows the others. */
export function judgeSigner(signer: unknown, property: string, report: Report): void {
  const given: Loose = isMapping(signer) ? (signer as Loose) : {};
  const named = (Object.keys(ways) as (keyof typeof ways)[]).filter((way) => given[way] !== undefined);
  const [way] = named;
  if (way === undefined || named.length > 1) {
    report(
      property,
      named,
      way === undefined ? 'nothing says who signs' : 'only one of them would count',
      `give one of ${Object.keys(ways).join(', ')}`,
    );
    return;
  }
  judgeKnownProps(given, way, property, report);
  ways[way](given, property, report);
}

function judgeKeySigner({ key, log }: Loose, property: string, report: Report): void {
  judgeKey(key, `${property}.key`, report);
  if (log === undefined || log === 'none' || log === 'public') return;
  if (!isMapping(log)) {
    report(`${property}.log`, log, 'there is no such log', "write 'none', 'public', or { url, key, tuf }");
    return;
  }
  judgeKnownProps(log, 'log', `${property}.log`, report);
  judgeRekor(log as Loose, `${property}.log`, report);
  judgeTuf((log as Loose).tuf, `${property}.log.tuf`, report);
}

function judgeKey(key: unknown, property: string, report: Report): void {
  const read =
    typeof key === 'string' ? readPublicKey(key) : { problem: 'this is no PEM', remedy: 'give a public key as PEM' };
  // Nothing of what may be a private key goes into a message.
  if ('problem' in read) report(property, undefined, read.problem, read.remedy);
}

function judgeCertificateSigner({ certificate, chain }: Loose, property: string, report: Report): void {
  for (const [name, pem] of Object.entries({ certificate, chain })) {
    const text = typeof pem === 'string' ? pem : '';
    const blocks = pemBlocks(text);
    if (holdsPrivateKey(text))
      report(
        `${property}.${name}`,
        undefined,
        'this holds a private key, and whoever reads the manifest could sign with it',
        'give certificates alone, and take the key for lost: make another',
      );
    else if (blocks.length === 0 || blocks.some((block) => block.label !== 'CERTIFICATE'))
      report(`${property}.${name}`, undefined, 'this is no certificate', 'give PEM, each block a CERTIFICATE');
    else if (name === 'certificate' && blocks.length > 1)
      report(`${property}.${name}`, undefined, 'only the first certificate would count', 'give the others as `chain`');
  }
}

function judgeKeylessSigner({ issuer, subject, sigstore }: Loose, property: string, report: Report): void {
  if (!isHttps(issuer) || String(issuer).includes('*'))
    report(
      `${property}.issuer`,
      issuer,
      'identities are only as good as who vouches for them, over https',
      'write the issuer in full: https://token.actions.githubusercontent.com',
    );
  judgeSubject(subject, issuer, `${property}.subject`, report);
  if (sigstore === undefined) return;
  const { tuf, rekor, certificateLogKey } = mappingOf(sigstore) as Loose;
  judgeKnownProps(sigstore, 'sigstore', `${property}.sigstore`, report);
  judgeKnownProps(rekor, 'rekor', `${property}.sigstore.rekor`, report);
  judgeTuf(tuf, `${property}.sigstore.tuf`, report);
  if (rekor !== undefined) judgeRekor(mappingOf(rekor) as Loose, `${property}.sigstore.rekor`, report);
  if (certificateLogKey === undefined) return;
  judgeKey(certificateLogKey, `${property}.sigstore.certificateLogKey`, report);
  if (rekor === undefined)
    report(
      `${property}.sigstore.certificateLogKey`,
      undefined,
      'Kyverno takes this key only beside a Rekor',
      'give `rekor`, or leave the key to the TUF repository',
    );
}

function judgeRekor({ url, key }: Loose, property: string, report: Report): void {
  if (!isHttps(url))
    report(`${property}.url`, url, 'this is no address by https', 'write the address of Rekor with https://');
  judgeKey(key, `${property}.key`, report);
}

function judgeTuf(tuf: unknown, property: string, report: Report): void {
  const { mirror, root } = mappingOf(tuf) as Loose;
  judgeKnownProps(tuf, 'tuf', property, report);
  if (!isHttps(mirror))
    report(
      `${property}.mirror`,
      mirror,
      'without a repository Kyverno asks the public one',
      'write the address of the TUF repository with https://',
    );
  if (!isRoot(root))
    report(`${property}.root`, undefined, 'this is no root.json in base64', 'give what `base64 -w0 root.json` prints');
}

function isRoot(root: unknown): boolean {
  try {
    const { signed } = JSON.parse(atob(String(root))) as { readonly signed?: { readonly _type?: unknown } };
    return signed?._type === 'root';
  } catch {
    return false;
  }
}

function isHttps(url: unknown): boolean {
  return typeof url === 'string' && /^https:\/\/[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*(:\d{1,5})?(\/[^\s?#]*)?$/.test(url);
}
