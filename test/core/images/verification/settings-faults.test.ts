import { type ImageVerification, ImageVerificationError, imageVerification } from '../../../../core/images';
import { ecPair, publicKey } from '../../../support/signing-keys';

const today = '2026-11-22';
const [release, scanner] = [publicKey(), publicKey()];
const root = Buffer.from(JSON.stringify({ signed: { _type: 'root' } })).toString('base64');
const tuf = { mirror: 'https://tuf.acme.example', root };
const subject = { matches: '^https://github\\.com/acme/shop/\\.github/workflows/release\\.yaml@refs/tags/v.+$' };
const keyless = { name: 'ci', issuer: 'https://token.actions.githubusercontent.com', subject };

const entry = {
  name: 'shop',
  patterns: ['r.example/shop/**'],
  signers: [{ name: 'release', key: release }],
  scan: { scanners: [{ name: 'scanner', key: scanner }], scanner: 'pkg:github/aquasecurity/trivy' },
};
const excuse = {
  patterns: ['r.example/old'],
  reason: 'its team signs from the next release on',
  expires: '2026-12-31',
};
const good = { images: [entry] };

/** What is said of settings that may be of any shape. */
function faultsOf(settings: unknown) {
  try {
    imageVerification(settings as ImageVerification, { today });
    return [];
  } catch (error) {
    if (!(error instanceof ImageVerificationError)) throw error;
    return error.faults.map(({ property, message, remedy }) => `${property}: ${message}; ${remedy}`);
  }
}
const of = (more: object) => ({ images: [{ ...entry, ...more }] });
const scan = (more: object) => of({ scan: { ...entry.scan, ...more } });
const signer = (more: object) => of({ signers: [{ name: 'one', ...more }] });
const subjects = (given: unknown) => signer({ ...keyless, subject: given });

/** What -> [settings, the property that is named, a piece of what is said]. */
const wrong: Readonly<Record<string, readonly [settings: unknown, property: string, message: string]>> = {
  'no settings': [undefined, 'images', 'nothing may run'],
  'no images': [{ images: [] }, 'images', 'nothing may run'],
  'a name in capitals': [{ ...good, name: 'Signed' }, 'name', 'no name of an object'],
  'no time': [{ ...good, timeoutSeconds: 31 }, 'timeoutSeconds', '1 to 30 s'],
  'a namespace with a *': [
    { ...good, excludeNamespaces: ['kube-*'] },
    'excludeNamespaces[0]',
    'none would be left out',
  ],
  'no Secret': [{ ...good, pullSecrets: ['a b'] }, 'pullSecrets[0]', 'no name of a Secret'],
  'a text for a list': [{ ...good, pullSecrets: 'a' }, 'pullSecrets', 'no list'],
  'two of a name': [{ images: [entry, entry] }, 'images[1].name', 'two entries'],
  'two names that become one': [
    {
      images: [
        { ...entry, name: 'a-b' },
        { ...entry, name: 'a_b' },
      ],
    },
    'images[1].name',
    'no name',
  ],
  'no patterns': [of({ patterns: [] }), 'images[0].patterns', 'covers no image'],
  'a pattern of everything': [of({ patterns: ['**'] }), 'images[0].patterns[0]', 'anybody may put up'],
  'no signers': [of({ signers: undefined }), 'images[0].signers', 'nobody could sign'],
  'nothing of a signer': [signer({}), 'images[0].signers[0]', 'nothing says who signs'],
  'a signer in two ways': [
    signer({ key: release, issuer: 'https://a.example' }),
    'images[0].signers[0]',
    'only one of them',
  ],
  'a signer without a name': [signer({ key: release, name: 'Release Key' }), 'images[0].signers[0].name', 'no name'],
  'another signer of the name': [
    scan({ scanners: [{ name: 'release', key: scanner }] }),
    'images[0].scan.scanners[0].name',
    'two different signers',
  ],
  'no key': [signer({ key: 'release.pub' }), 'images[0].signers[0].key', 'no PEM'],
  'no log': [signer({ key: release, log: 'rekor' }), 'images[0].signers[0].log', 'no such log'],
  'a log without TUF': [
    signer({ key: release, log: { url: 'http://rekor', key: release } }),
    'images[0].signers[0].log.url',
    'by https',
  ],
  'an issuer by http': [
    signer({ ...keyless, issuer: 'http://a.example' }),
    'images[0].signers[0].issuer',
    'over https',
  ],
  'any issuer': [signer({ ...keyless, issuer: 'https://*' }), 'images[0].signers[0].issuer', 'over https'],
  'no subject': [subjects(undefined), 'images[0].signers[0].subject.matches', 'a text, or'],
  'an empty subject': [subjects(''), 'images[0].signers[0].subject', 'anybody could sign'],
  'a subject with a *': [subjects('https://github.com/acme/*'), 'images[0].signers[0].subject', 'as it is written'],
  'a private Sigstore without a mirror': [
    signer({ ...keyless, sigstore: { tuf: { root } } }),
    'images[0].signers[0].sigstore.tuf.mirror',
    'asks the public one',
  ],
  'a root that is none': [
    signer({ ...keyless, sigstore: { tuf: { ...tuf, root: 'e30=' } } }),
    'images[0].signers[0].sigstore.tuf.root',
    'no root.json',
  ],
  'a key that nothing reads': [
    signer({ ...keyless, sigstore: { tuf, certificateLogKey: release } }),
    'images[0].signers[0].sigstore.certificateLogKey',
    'only beside a Rekor',
  ],
  'no certificate': [
    signer({ certificate: release, chain: release }),
    'images[0].signers[0].certificate',
    'no certificate',
  ],
  'a scanner that signs releases': [
    scan({ scanners: [{ name: 'scanner', key: release }] }),
    'images[0].scan.scanners[0]',
    'signs images, too',
  ],
  'a scanner that signs releases of others': [
    { images: [entry, { name: 'base', patterns: ['r.example/base'], signers: [{ name: 'base', key: scanner }] }] },
    'images[0].scan.scanners[0]',
    'signs images, too',
  ],
  'no scanners': [scan({ scanners: [] }), 'images[0].scan.scanners', 'nobody could sign'],
  'no program': [scan({ scanner: '' }), 'images[0].scan.scanner', 'any program'],
  'a program with a version': [
    scan({ scanner: 'pkg:github/aquasecurity/trivy@1' }),
    'images[0].scan.scanner',
    'any program',
  ],
  'a report of nobody': [scan({ report: 'clair' }), 'images[0].scan.report', 'no such value'],
  'a severity of nobody': [scan({ refuseFrom: 'HIGH' }), 'images[0].scan.refuseFrom', 'no such value'],
  'an age of 0': [scan({ maxAgeHours: 0 }), 'images[0].scan.maxAgeHours', 'never be fresh'],
  'an age of 31 days': [scan({ maxAgeHours: 744 }), 'images[0].scan.maxAgeHours', 'replayed'],
  'half an hour': [scan({ maxAgeHours: 1.5 }), 'images[0].scan.maxAgeHours', 'never be fresh'],
  'all vulnerabilities': [
    scan({ accepted: [{ ...excuse, id: '*' }] }),
    'images[0].scan.accepted[0].id',
    'no vulnerability',
  ],
  'a finding without a reason': [
    scan({ accepted: [{ id: 'CVE-2026-1', expires: '2026-12-31' }] }),
    'images[0].scan.accepted[0].reason',
    'no reason',
  ],
  'any builder': [of({ provenance: { signers: entry.signers } }), 'images[0].provenance.builder', 'any builder'],
  'a format of nobody': [
    of({ sbom: { signers: entry.signers, format: 'xml' } }),
    'images[0].sbom.format',
    'no such value',
  ],
  'an exception that has ended': [
    { ...good, unsigned: [{ ...excuse, expires: '2026-11-21' }] },
    'unsigned[0].expires',
    'ended on 2026-11-21',
  ],
  'an exception for all': [
    { ...good, unsigned: [{ ...excuse, patterns: entry.patterns }] },
    'unsigned[0].patterns[0]',
    'may run unsigned',
  ],
  'an exception for more than all': [
    { ...good, unsigned: [{ ...excuse, patterns: ['r.example/**'] }] },
    'unsigned[0].patterns[0]',
    'all of r.example/shop/** has to be signed',
  ],
  'an exception for what one pattern has': [
    {
      images: [{ ...entry, patterns: ['r.example/a/**', 'r.example/shop/cart'] }],
      unsigned: [{ ...excuse, patterns: ['r.example/*/c*'] }],
    },
    'unsigned[0].patterns[0]',
    'all of r.example/shop/cart',
  ],
  'a ticket that is no text': [{ ...good, unsigned: [{ ...excuse, ticket: {} }] }, 'unsigned[0].ticket', 'no text'],
  'a scan that is a word': [of({ scan: 'daily' }), 'images[0].scan', 'says nothing'],
  'no scan, said otherwise than by nothing': [of({ scan: false }), 'images[0].scan', 'says nothing'],
  'a provenance that is a list': [of({ provenance: [] }), 'images[0].provenance', 'says nothing'],
  'a list of materials that is a word': [of({ sbom: 'spdx' }), 'images[0].sbom', 'says nothing'],
  'a misspelt entry': [of({ provenence: {} }), 'images[0].provenence', 'did you mean provenance'],
  'a misspelt scan': [scan({ maxAge: 1 }), 'images[0].scan.maxAge', 'no prop "maxAge"'],
  'a misspelt exception': [
    { ...good, unsigned: [{ ...excuse, tikcet: 'X' }] },
    'unsigned[0].tikcet',
    'did you mean ticket',
  ],
  'a misspelt finding': [
    scan({ accepted: [{ id: 'CVE-2026-1', reason: excuse.reason, expires: excuse.expires, packages: [] }] }),
    'images[0].scan.accepted[0].packages',
    'there are id, reason',
  ],
  'a key with a subject': [
    signer({ key: release, subject: 'a@b.example' }),
    'images[0].signers[0].subject',
    'no prop "subject"',
  ],
  'a misspelt Sigstore': [
    signer({ ...keyless, sigStore: { tuf } }),
    'images[0].signers[0].sigStore',
    'did you mean sigstore',
  ],
  'a misspelt log': [
    signer({ ...keyless, sigstore: { tuf, rekor: { url: 'https://r.example', key: release, tuf } } }),
    'images[0].signers[0].sigstore.rekor.tuf',
    'no prop "tuf"',
  ],
  'exceptions that let all of it run together': [
    {
      ...good,
      unsigned: [
        { ...excuse, patterns: ['r.example/shop/*'] },
        { ...excuse, patterns: ['r.example/shop/*/**'] },
      ],
    },
    'unsigned',
    'by these patterns together',
  ],
  'an exception for nothing': [
    { ...good, unsigned: [{ ...excuse, patterns: [] }] },
    'unsigned[0].patterns',
    'no image',
  ],
};

/** Regular expressions of subjects that let strangers in, and why. */
const open: Readonly<Record<string, string>> = {
  '.*': 'without ^ and $',
  '^.*': 'without ^ and $',
  'https://github\\.com/acme/.*$': 'without ^ and $',
  '^https://github\\.com/acme/.*\\$': 'without ^ and $',
  '^.*$': 'names nobody',
  '^.+$': 'names nobody',
  '^https://.*$': 'names nobody',
  '^https://github\\.com/.*$': 'names nobody',
  '^https://github\\.com/[a-z]+/x$': 'names nobody',
  '^https://github.com/acme/shop/.*$': 'a dot that is not escaped',
  '^https://github\\.com/acme/?.*$': 'names nobody',
  '^https://github\\.com/acme/*.*$': 'names nobody',
  '^https://github\\.com/acme/{0,1}.*$': 'names nobody',
  '^.*@.*$': 'names nobody',
  '^https://github\\.com/acme/a|.*$': 'escapes the anchors',
  '^(?=x)https://github\\.com/acme/a$': 'neither lookaround',
  '^https://github\\.com/acme/(a$': 'no regular expression',
  '^https://github\\.com/acme/a{1001}$': 'repeats nothing more than 1000 times',
  '^https://github\\.com/acme/(?:a{500}){3}$': 'repeats nothing more than 1000 times',
  '^https://github\\.com/acme/\\u0061$': 'does not read \\u',
  '^https://github\\.com/acme/(?i:a)$': 'other groups',
  '^https://github\\.com/acme/[^]$': 'no class',
  '^[a-z]+@acme\\.example$': 'this issuer vouches for addresses of workflows',
};

/** Of mail addresses. */
const mails: Readonly<Record<string, string | undefined>> = {
  '^[a-z.]+@acme\\.example$': undefined,
  '^.+@acme\\.example$': undefined,
  '^ann\\.doe@gmail\\.com$': undefined,
  '^(?:ann|joe\\+ci)@gmail\\.com$': undefined,
  '^.*@gmail\\.com\\.acme\\.example$': undefined,
  '^.*@gmail\\.com$': 'strangers get addresses at gmail.com, too',
  '^[a-z]@Gmail\\.com$': 'strangers get addresses at Gmail.com, too',
  '^ann?@outlook\\.de$': 'strangers get addresses at outlook.de, too',
  '^(?:ann|j.e)@proton\\.me$': 'strangers get addresses at proton.me, too',
  '^\\w+@users\\.noreply\\.github\\.com$': 'strangers get addresses at users.noreply.github.com, too',
  '^ann{1,9}@yahoo\\.co\\.uk$': 'strangers get addresses at yahoo.co.uk, too',
  '^.*@(?:acme\\.example|gmail\\.com)$': 'names nobody',
};

describe('the settings of image verification', () => {
  it('pass where they are right', () => {
    expect(faultsOf(good)).toEqual([]);
    const all = {
      ...good,
      name: 'images',
      unsigned: [excuse],
      excludeNamespaces: ['kube-system'],
      pullSecrets: ['registry'],
      timeoutSeconds: 30,
    };
    expect(faultsOf(all)).toEqual([]);
    const some = ['r.example/shop/old', 'r.example/shop/*', 'r.example/*', 'r.example/shop', 'other.example/**'];
    expect(faultsOf({ ...good, unsigned: [{ ...excuse, patterns: some }] })).toEqual([]);
    expect(faultsOf(of({ scan: null, provenance: null, sbom: undefined }))).toEqual([]);
    for (const given of ['https://a.example/b', subject, { matches: '^https://gitlab\\.com/acme/(a|b)$' }])
      expect(faultsOf(subjects(given))).toEqual([]);
    const rekor = { url: 'https://rekor.acme.example', key: release };
    expect(faultsOf(signer({ ...keyless, sigstore: { tuf, rekor, certificateLogKey: scanner } }))).toEqual([]);
    for (const log of ['none', 'public', { ...rekor, tuf }])
      expect(faultsOf(signer({ key: release, log }))).toEqual([]);
  });

  it.each(Object.entries(wrong))('are refused with %s', (_what, [settings, property, message]) => {
    const said = faultsOf(settings);
    expect(said).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
    expect(said.find((each) => each.includes(message))).toMatch(
      new RegExp(`^${property.replace(/[[\].]/g, '\\$&')}: .+; .+`),
    );
  });

  it.each(Object.entries(open))('are refused with the subject %s', (matches, message) => {
    expect(faultsOf(subjects({ matches }))).toEqual([expect.stringContaining(message)]);
  });

  it.each(Object.entries(mails))('know of the mail addresses %s whether strangers have one', (matches, message) => {
    const said = faultsOf(signer({ ...keyless, issuer: 'https://accounts.google.com', subject: { matches } }));
    expect(said).toEqual(message === undefined ? [] : [expect.stringContaining(message)]);
  });

  it('are judged whole: everything that is wrong is said at once', () => {
    const said = faultsOf({
      name: 'A',
      images: [{ ...entry, patterns: ['x'], signers: [{ name: 'b', key: '' }] }],
      timeoutSeconds: 0,
    });
    expect(said.map((each) => each.slice(0, each.indexOf(':')))).toEqual([
      'name',
      'timeoutSeconds',
      'images[0].patterns[0]',
      'images[0].signers[0].key',
    ]);
  });

  it('say nothing of a private key but that it is one', () => {
    const { privateKey } = ecPair();
    const [, line = ''] = privateKey.split('\n');
    const settings = of({
      signers: [
        { name: 'a', key: privateKey },
        { name: 'b', certificate: privateKey, chain: privateKey },
      ],
    });
    try {
      imageVerification(settings as ImageVerification, { today });
      throw new Error('it was taken');
    } catch (error) {
      expect(error).toBeInstanceOf(ImageVerificationError);
      const { faults, message } = error as ImageVerificationError;
      expect(faults.filter((fault) => fault.message.includes('private key'))).toHaveLength(3);
      expect(JSON.stringify(faults) + message).not.toContain(line);
    }
  });

  it.each([
    null,
    1,
    'a',
    [],
    { images: [null, 1, { signers: [null, 1, { key: 1 }], scan: {}, patterns: [null] }] },
    { images: {}, unsigned: [null] },
  ])('of any shape are refused, and never crash: %j', (settings) => {
    expect(faultsOf(settings).length).toBeGreaterThan(0);
  });
});
