/** Images signed by the real cosign in a real registry, and what Kyverno's own tool makes of them by the generated policy. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ImageVerification,
  imageVerification,
  type ScanRequirement,
  type TrustedImages,
} from '../../../../core/images';
import {
  type KubernetesObject,
  type PodTemplateKind,
  PodTemplateKinds,
  writeManifests,
} from '../../../../core/manifest';
import { Signing } from '../../../support/cosign';
import { describeTool } from '../../../support/policy-tools';
import { type Registry, startRegistry } from '../../../support/registry';

jest.setTimeout(400_000);

const today = '2026-11-22';
const unsigned = 'fail: these images are signed by none of release: ';

interface Result {
  readonly result: string;
  readonly message: string;
  readonly resources: readonly { readonly name: string }[];
}

/** An object of a kind that makes pods, or is one, with this image. */
function workload({ group, kind, path }: PodTemplateKind, name: string, image: string): KubernetesObject {
  const template = { spec: { containers: [{ name: 'main', image }] } };
  const body = [...path].reverse().reduce<object>((inner, step) => ({ [step]: inner }), template);
  return { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata: { name, namespace: 'shop' }, ...body };
}

/** Makes authorities that have given out a certificate for signing code each. */
function codeSigners(folder: string) {
  const run = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(
    join(folder, 'code.cnf'),
    '[req]\ndistinguished_name = dn\n[dn]\n[ca]\nbasicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign\n' +
      '[leaf]\nkeyUsage = critical,digitalSignature\nextendedKeyUsage = codeSigning\nsubjectAltName = email:release@acme.example\n',
  );
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  return (name: string) => {
    const common = ['req', '-x509', '-config', 'code.cnf', ...key, '-subj'];
    run(...common, `/CN=${name}`, '-extensions', 'ca', '-keyout', `${name}.key`, '-out', `${name}.crt`);
    const issuer = ['-CA', `${name}.crt`, '-CAkey', `${name}.key`];
    run(
      ...common,
      '/CN=release',
      '-extensions',
      'leaf',
      ...issuer,
      '-keyout',
      `${name}-leaf.key`,
      '-out',
      `${name}-leaf.crt`,
    );
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    return { certificate: read(`${name}-leaf.crt`), chain: read(`${name}.crt`), key: read(`${name}-leaf.key`) };
  };
}

describeTool('registry', 'signed images,', ({ path: registryProgram }) => {
  describeTool('cosign', 'signed by cosign,', ({ path: cosign }) => {
    describeTool('kubectl-kyverno', 'and judged by Kyverno', ({ path: kyverno }) => {
      let registry: Registry;
      let signing: Signing;
      let keys: Readonly<Record<'release' | 'stranger' | 'scanner', string>>;
      let count = 0;

      beforeAll(async () => {
        registry = await startRegistry(registryProgram, 'htpasswd');
        signing = new Signing(cosign, registry);
        keys = { release: signing.key('release'), stranger: signing.key('stranger'), scanner: signing.key('scanner') };
      });
      afterAll(async () => {
        await signing?.close();
        await registry?.stop();
      });

      /** A new image of its own, as manifests name it. */
      const push = async (repository = 'shop/cart') => {
        const digest = await registry.push(repository, 'latest', ['linux/amd64'], `content ${count++}`);
        return `${registry.host}/${repository}@${digest}`;
      };
      const settings = (more: Partial<TrustedImages> = {}): ImageVerification => ({
        images: [
          {
            name: 'shop',
            patterns: [`${registry.host}/shop/**`],
            signers: [{ name: 'release', key: keys.release }],
            ...more,
          },
        ],
      });
      /** What Kyverno says of each object, by its name: `pass`, or why not. */
      const verdicts = (objects: readonly KubernetesObject[], of: ImageVerification = settings(), day = today) => {
        const file = (name: string, content: readonly KubernetesObject[]) => {
          writeFileSync(join(registry.folder, name), writeManifests(content));
          return name;
        };
        const args = [
          'apply',
          file('policies.yaml', imageVerification(of, { today: day })),
          '--resource',
          file('resources.yaml', objects),
          '--registry',
          '--policy-report',
          '--output-format',
          'json',
        ];
        const { stdout, stderr } = spawnSync(kyverno, args, {
          cwd: registry.folder,
          env: signing.env,
          encoding: 'utf8',
          maxBuffer: 2 ** 26,
        });
        const start = stdout.indexOf('{"kind"');
        if (start === -1) throw new Error(`kyverno gave no report: ${stdout.slice(0, 3000)} ${stderr.slice(0, 3000)}`);
        const { results } = JSON.parse(stdout.slice(start)) as { readonly results: readonly Result[] };
        return Object.fromEntries(
          results.map(({ result, message, resources: [object] }) => [
            object?.name,
            result === 'pass' ? 'pass' : `${result}: ${message}`,
          ]),
        );
      };
      const pod = (name: string, image: string, spec: object = {}): KubernetesObject => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'shop' },
        spec: { containers: [{ name: 'main', image }], ...spec },
      });

      it('admits what is signed, and nothing else', async () => {
        const [signed, bare, strange] = [await push(), await push(), await push()];
        signing.sign(signed, 'release');
        signing.sign(strange, 'stranger');
        expect([signed, bare, strange].map((image) => signing.verifies(image, 'release'))).toEqual([
          true,
          false,
          false,
        ]);
        expect(verdicts([pod('signed', signed), pod('bare', bare), pod('strange', strange)])).toEqual({
          signed: 'pass',
          bare: `${unsigned}${bare}`,
          strange: `${unsigned}${strange}`,
        });
      });

      it('holds a signature for the digest it was made for', async () => {
        const [signed, other, moved] = [await push(), await push(), await push()];
        signing.sign(signed, 'release');
        const [, digest = ''] = signed.split('@');
        const [, replayed = ''] = other.split('@');
        await signing.replay('shop/cart', digest, replayed);
        // The tag is of the last image now, whatever was signed by its name.
        const tag = `${registry.host}/shop/cart:latest`;
        signing.sign(tag, 'stranger');
        const byTag = moved.replace('@', ':latest@');
        expect(verdicts([pod('copied', other), pod('moved', byTag), pod('tag', tag)])).toEqual({
          copied: `${unsigned}${other}`,
          moved: `${unsigned}${byTag}`,
          tag: `fail: image ${tag} does not have a digest`,
        });
        expect(verdicts([pod('by-tag-and-digest', signed.replace('@', ':v1@'))])).toEqual({
          'by-tag-and-digest': 'pass',
        });
      });

      it('refuses what is from elsewhere, and asks no such registry', async () => {
        const signed = await push();
        signing.sign(signed, 'release');
        const [, path = ''] = signed.split(`${registry.host}/`);
        const elsewhere = {
          'another-repository': signed.replace('/shop/', '/shops/'),
          'another-host': `registry.example/${path}`,
          'longer-host': `${registry.host}0/${path}`,
          'no-host': path,
          'host-in-path': `registry.example/${signed}`,
          'no-image': '',
        };
        const objects = Object.entries(elsewhere).map(([name, image]) => pod(name, image));
        const message = 'fail: these images are from elsewhere, or their registry is not written in full: ';
        expect(verdicts(objects)).toEqual(
          Object.fromEntries(Object.entries(elsewhere).map(([name, image]) => [name, `${message}${image}`])),
        );
        expect(
          verdicts([
            {
              ...pod('one-of-two', signed),
              spec: {
                containers: [
                  { name: 'a', image: signed },
                  { name: 'b', image: path },
                ],
              },
            },
          ]),
        ).toEqual({
          'one-of-two': `${message}${path}`,
        });
      });

      it('looks at containers of every kind, and at images that are mounted', async () => {
        const [signed, bad] = [await push(), await push()];
        signing.sign(signed, 'release');
        const places = {
          main: {},
          init: { initContainers: [{ name: 'i', image: bad }] },
          sidecar: { initContainers: [{ name: 'i', image: bad, restartPolicy: 'Always' }] },
          ephemeral: { ephemeralContainers: [{ name: 'e', image: bad }] },
          volume: { volumes: [{ name: 'v', image: { reference: bad } }] },
        };
        const { main, ...others } = verdicts(Object.entries(places).map(([name, spec]) => pod(name, signed, spec)));
        expect(main).toBe('pass');
        expect(others).toEqual(
          Object.fromEntries(['init', 'sidecar', 'ephemeral', 'volume'].map((name) => [name, `${unsigned}${bad}`])),
        );
        expect(
          verdicts([
            pod('second', signed, {
              containers: [
                { name: 'a', image: signed },
                { name: 'b', image: bad },
              ],
            }),
          ]),
        ).toEqual({
          second: `${unsigned}${bad}`,
        });
      });

      it('looks at every kind that makes pods', async () => {
        const [signed, bad] = [await push(), await push()];
        signing.sign(signed, 'release');
        const objects = PodTemplateKinds.builtIn
          .all()
          .flatMap((kind) =>
            [signed, bad].map(
              (image): KubernetesObject =>
                workload(kind, `${kind.kind.toLowerCase()}-${image === signed ? 'signed' : 'bad'}`, image),
            ),
          );
        const expected = PodTemplateKinds.builtIn.all().flatMap(({ kind }) => [
          [`${kind.toLowerCase()}-signed`, 'pass'],
          [`${kind.toLowerCase()}-bad`, `${unsigned}${bad}`],
        ]);
        expect(verdicts(objects)).toEqual(Object.fromEntries(expected));
      });

      it('takes an index of several platforms, one of which has to be linux/amd64', async () => {
        const index = async (...platforms: readonly string[]) => {
          const digest = await registry.push('shop/multi', 'latest', platforms, `index ${count++}`);
          const image = `${registry.host}/shop/multi@${digest}`;
          signing.sign(image, 'release');
          return image;
        };
        const [both, arm] = [await index('linux/amd64', 'linux/arm64'), await index('linux/arm64', 'linux/s390x')];
        expect(verdicts([pod('both', both), pod('arm', arm)])).toEqual({
          both: 'pass',
          arm: expect.stringMatching(/^error: .*no child with platform linux\/amd64/),
        });
      });

      it('takes a new key beside the old one, and either of them', async () => {
        const [old, fresh] = [await push(), await push()];
        signing.sign(old, 'release');
        signing.sign(fresh, 'stranger');
        const both = settings({
          signers: [
            { name: 'release', key: keys.release },
            { name: 'next', key: keys.stranger },
          ],
        });
        expect(verdicts([pod('old', old), pod('fresh', fresh)], both)).toEqual({ old: 'pass', fresh: 'pass' });
      });

      it('takes a certificate that an authority of one’s own has given out for signing code, and no other', async () => {
        const authority = codeSigners(registry.folder);
        const [own, strange] = ['own-authority', 'strange-authority'].map((name) => authority(name));
        signing.importKey('card', own!.key);
        const [image, other] = [await push(), await push()];
        signing.sign(image, 'card');
        signing.sign(other, 'stranger');
        const of = (certificate: string, chain: string) =>
          settings({ signers: [{ name: 'card', certificate, chain }] });
        const none = 'fail: these images are signed by none of card: ';
        expect(verdicts([pod('card', image), pod('other', other)], of(own!.certificate, own!.chain))).toEqual({
          card: 'pass',
          other: `${none}${other}`,
        });
        expect(verdicts([pod('card', image)], of(own!.certificate, strange!.chain))).toEqual({
          card: `${none}${image}`,
        });
      });

      it('asks for each entry that covers an image', async () => {
        const [one, both] = [await push('shop/pay/api'), await push('shop/pay/api')];
        for (const image of [one, both]) signing.sign(image, 'release');
        signing.sign(both, 'stranger');
        const [shop] = settings().images;
        const pay = {
          name: 'pay',
          patterns: [`${registry.host}/shop/pay/*`],
          signers: [{ name: 'auditor', key: keys.stranger }],
        };
        expect(verdicts([pod('one', one), pod('both', both)], { images: [shop!, pay] })).toEqual({
          one: `fail: these images are signed by none of auditor: ${one}`,
          both: 'pass',
        });
      });

      it('lets what is excused run unsigned, with a digest, until its last day', async () => {
        const [image, other] = [await push('shop/old'), await push()];
        const excuse = (expires: string, day: string) =>
          verdicts(
            [
              pod('excused', image),
              pod('other', other),
              pod('tag', image.replace(/@.*/, ':latest')),
              pod('foreign', `registry.example/legacy@sha256:${'1'.repeat(64)}`),
            ],
            {
              ...settings(),
              unsigned: [
                {
                  patterns: [`${registry.host}/shop/old`, 'registry.example/legacy'],
                  reason: 'its team signs from the next release on',
                  expires,
                },
              ],
            },
            day,
          );
        expect(excuse('2999-12-31', today)).toEqual({
          excused: 'pass',
          other: `${unsigned}${other}`,
          tag: `fail: these images have no digest: ${image.replace(/@.*/, ':latest')}`,
          foreign: 'pass',
        });
        // Synthesized when it still held; the cluster's clock has gone on.
        expect(excuse('2020-01-01', '2019-12-31')).toMatchObject({
          excused: `${unsigned}${image}`,
          foreign: expect.stringContaining('from elsewhere'),
        });
      });

      it('does not read what cosign 2 wrote beside bundles of cosign 3', async () => {
        const [before, mixed] = [await push(), await push()];
        for (const image of [before, mixed]) signing.signAsBefore(image, 'release');
        signing.sign(mixed, 'stranger');
        expect(verdicts([pod('before', before), pod('mixed', mixed)])).toEqual({
          before: 'pass',
          mixed: `${unsigned}${mixed}`,
        });
      });

      describe('with scans', () => {
        const scanned = (more: Partial<ScanRequirement> = {}) =>
          settings({
            scan: {
              scanners: [{ name: 'scanner', key: keys.scanner }],
              scanner: 'pkg:github/aquasecurity/trivy',
              maxAgeHours: 24,
              ...more,
            },
          });
        const lacking = 'fail: these images lack a vulnerability scan as it is asked for: ';
        /** In whole seconds: what signs writes times anew, without zeros at the end. */
        const hoursAgo = (hours: number) =>
          new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
        const scan = ({
          at = hoursAgo(1),
          uri = 'pkg:github/aquasecurity/trivy@0.68.1',
          found = [] as readonly (readonly [string, string])[],
          result = undefined as unknown,
        } = {}) => ({
          type: 'vuln',
          uri: 'https://cosign.sigstore.dev/attestation/vuln/v1',
          predicate: {
            invocation: { parameters: [], uri: '', event_id: '', 'builder.id': '' },
            scanner: {
              uri,
              version: '0.68.1',
              db: { uri: '', version: '2' },
              result: result ?? {
                SchemaVersion: 2,
                Results: [
                  { Target: 'os' },
                  {
                    Target: 'app',
                    Vulnerabilities: found.map(([VulnerabilityID, Severity]) => ({ VulnerabilityID, Severity })),
                  },
                ],
              },
            },
            metadata: { scanStartedOn: at, scanFinishedOn: at },
          },
        });
        /** A signed image with these attestations of the scanner's. */
        const attested = async (...scans: readonly ReturnType<typeof scan>[]) => {
          const image = await push();
          signing.sign(image, 'release');
          for (const each of scans) signing.attest(image, 'scanner', each);
          return image;
        };

        it('admits a fresh one without findings, and refuses each other, with why', async () => {
          const old = hoursAgo(25);
          const images = {
            fresh: await attested(scan()),
            mild: await attested(
              scan({
                found: [
                  ['CVE-2026-1', 'LOW'],
                  ['CVE-2026-2', 'MEDIUM'],
                ],
              }),
            ),
            renewed: await attested(scan({ at: old })),
            none: await attested(),
            old: await attested(scan({ at: old })),
            future: await attested(scan({ at: hoursAgo(-2) })),
            critical: await attested(
              scan({
                found: [
                  ['CVE-2026-3', 'CRITICAL'],
                  ['CVE-2026-4', 'HIGH'],
                  ['CVE-2026-5', 'LOW'],
                ],
              }),
            ),
            unknown: await attested(scan({ found: [['CVE-2026-6', 'UNKNOWN']] })),
            nameless: await attested(scan({ uri: '' })),
            other: await attested(scan({ uri: 'pkg:github/aquasecurity/trivyish@1' })),
            empty: await attested(scan({ result: {} })),
            text: await attested(scan({ result: 'no findings' })),
          };
          await signing.renew(images.renewed, 'scanner', scan());
          const said = verdicts(
            Object.entries(images).map(([name, image]) => pod(name, image)),
            scanned(),
          );
          const why = (name: keyof typeof images, text: string) => `${lacking}${images[name]}: ${text}`;
          expect(said).toEqual({
            fresh: 'pass',
            mild: 'pass',
            renewed: 'pass',
            none: why('none', 'it has no vulnerability scan signed by scanner'),
            old: why('old', `its scan is of ${old}, more than 24 hours ago`),
            future: expect.stringContaining('which is to come'),
            critical: why('critical', 'it has CVE-2026-3 CRITICAL, CVE-2026-4 HIGH'),
            unknown: why('unknown', 'it has CVE-2026-6 UNKNOWN'),
            nameless: why('nameless', 'it was scanned by "", and not by pkg:github/aquasecurity/trivy'),
            other: expect.stringContaining('it was scanned by "pkg:github/aquasecurity/trivyish@1"'),
            empty: why('empty', 'its scan holds no report of trivy'),
            text: expect.not.stringContaining('pass'),
          });
        });

        it('reads one statement of a signer, by the order of digests and not of time: old ones have to go', async () => {
          const image = await attested(scan({ at: hoursAgo(30) }));
          const { uri } = scan();
          const [old = ''] = await signing.statements(image, uri);
          signing.attest(image, 'scanner', scan());
          const read = (await signing.statements(image, uri)).at(-1);
          const { a } = verdicts([pod('a', image)], scanned());
          expect(a === 'pass').toBe(read !== old);
          await signing.renew(image, 'scanner', scan());
          expect(verdicts([pod('a', image)], scanned())).toEqual({ a: 'pass' });
        });

        it('takes the word of the scanner alone, and for the digest it scanned', async () => {
          const wrongKey = await attested();
          signing.attest(wrongKey, 'stranger', scan());
          const byReleaser = await attested();
          signing.attest(byReleaser, 'release', scan());
          const otherType = await attested();
          signing.attest(otherType, 'scanner', { ...scan(), type: 'https://example.com/scan/v1' });
          const before = await push();
          signing.signAsBefore(before, 'release');
          signing.attestAsBefore(before, 'scanner', scan());
          const good = await attested(scan());
          const replayed = await push();
          await signing.replay('shop/cart', good.split('@')[1]!, replayed.split('@')[1]!);
          const scannedOnly = await push();
          signing.attest(scannedOnly, 'scanner', scan());
          const none = (image: string) => `${lacking}${image}: it has no vulnerability scan signed by scanner`;
          expect(
            verdicts(
              Object.entries({ wrongKey, byReleaser, otherType, before, good, replayed, scannedOnly }).map(
                ([name, image]) => pod(name.toLowerCase(), image),
              ),
              scanned(),
            ),
          ).toEqual({
            wrongkey: none(wrongKey),
            byreleaser: none(byReleaser),
            othertype: none(otherType),
            before: none(before),
            good: 'pass',
            replayed: `${unsigned}${replayed}`,
            scannedonly: `${unsigned}${scannedOnly}`,
          });
        });

        it('would take an attestation of a release key for a signature: scanners need keys of their own', async () => {
          const image = await push();
          signing.attest(image, 'release', scan());
          expect(verdicts([pod('attested', image)])).toEqual({ attested: 'pass' });
        });

        it('takes any scanner that is listed, and passes over findings that were judged, until their last day', async () => {
          const image = await attested(scan({ found: [['CVE-2026-3', 'CRITICAL']] }));
          const byBoth = await attested(scan());
          signing.attest(byBoth, 'stranger', scan({ at: hoursAgo(100) }));
          const accepted = (expires: string, id = 'CVE-2026-3') =>
            scanned({ accepted: [{ id, reason: 'the code is not reachable', expires }] });
          expect(verdicts([pod('a', image)], accepted('2999-12-31'))).toEqual({ a: 'pass' });
          expect(verdicts([pod('a', image)], accepted('2999-12-31', 'CVE-2026-33'))).toMatchObject({
            a: expect.stringContaining('CVE-2026-3 CRITICAL'),
          });
          expect(verdicts([pod('a', image)], accepted('2020-01-01'), '2019-12-31')).toMatchObject({
            a: expect.stringContaining('CVE-2026-3 CRITICAL'),
          });
          const two = scanned({
            scanners: [
              { name: 'scanner', key: keys.scanner },
              { name: 'second', key: keys.stranger },
            ],
          });
          expect(verdicts([pod('a', byBoth)], two)).toEqual({ a: 'pass' });
        });

        it('reads reports of grype', async () => {
          const grype = (...matches: readonly (readonly [string, string])[]) =>
            scan({
              uri: 'pkg:github/anchore/grype@0.104.0',
              result: {
                matches: matches.map(([id, severity]) => ({ vulnerability: { id, severity } })),
                descriptor: { name: 'grype' },
              },
            });
          const [clean, bad, trivys] = [
            await attested(grype(['CVE-2026-1', 'Negligible'])),
            await attested(grype(['CVE-2026-2', 'Medium'])),
            await attested({ ...scan({ uri: 'pkg:github/anchore/grype@1' }) }),
          ];
          expect(
            verdicts(
              [pod('clean', clean), pod('bad', bad), pod('trivys', trivys)],
              scanned({ report: 'grype', scanner: 'pkg:github/anchore/grype', refuseFrom: 'medium' }),
            ),
          ).toEqual({
            clean: 'pass',
            bad: `${lacking}${bad}: it has CVE-2026-2 Medium`,
            trivys: `${lacking}${trivys}: its scan holds no report of grype`,
          });
        });

        it('asks for provenance and a bill of materials', async () => {
          const build = {
            type: 'https://slsa.dev/provenance/v1',
            predicate: { buildDefinition: {}, runDetails: { builder: { id: 'https://ci.example/release' } } },
          };
          const sbom = { type: 'cyclonedx', predicate: { bomFormat: 'CycloneDX', specVersion: '1.6', components: [] } };
          const signers = [{ name: 'release', key: keys.release }];
          const of = settings({ provenance: { signers, builder: 'https://ci.example/release' }, sbom: { signers } });
          const [both, none, elsewhere] = [await attested(), await attested(), await attested()];
          for (const each of [build, sbom]) signing.attest(both, 'release', each);
          signing.attest(none, 'release', build);
          signing.attest(elsewhere, 'release', {
            ...build,
            predicate: { runDetails: { builder: { id: 'https://laptop.example' } } },
          });
          expect(verdicts([pod('both', both), pod('none', none), pod('elsewhere', elsewhere)], of)).toEqual({
            both: 'pass',
            none: `fail: these images lack a bill of materials as it is asked for: ${none}: it has no bill of materials signed by release`,
            elsewhere: `fail: these images lack a provenance as it is asked for: ${elsewhere}: it was built by "https://laptop.example", and not by https://ci.example/release`,
          });
        });
      });
    });
  });
});
