import { imageVerification } from '../../../../core/images';
import { PodTemplateKinds } from '../../../../core/manifest';

const key = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoPUnkjs5/iOyjn/Wx5n5xiXhURYU
AINZIajb2Kfubka+MedEUM2C0GYNCSRFKK3TXZpUEpbS1GeccstlI2Nujw==
-----END PUBLIC KEY-----
`;
const scannerKey = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAzwgYVGoT78hQYJSxJ253QWnqA5b/3D9KJ5hx9repb7Q=
-----END PUBLIC KEY-----
`;
const root = Buffer.from(JSON.stringify({ signed: { _type: 'root' } })).toString('base64');
const today = '2026-11-22';
const entry = { name: 'shop', patterns: ['r.example/shop/**'], signers: [{ name: 'release', key }] };

describe('imageVerification', () => {
  it('of one key reads like this', () => {
    expect(imageVerification({ images: [entry] }, { today })).toMatchSnapshot();
  });

  it('of everything reads like this', () => {
    const ci = {
      name: 'ci',
      issuer: 'https://token.actions.githubusercontent.com',
      subject: { matches: '^https://github\\.com/acme/shop/\\.github/workflows/release\\.yaml@refs/tags/v.+$' },
    };
    const tuf = { mirror: 'https://tuf.acme.example', root };
    const rekor = { url: 'https://rekor.acme.example', key };
    const policies = imageVerification(
      {
        images: [
          {
            ...entry,
            signers: [...entry.signers, ci],
            scan: {
              scanners: [{ name: 'scanner', key: scannerKey }],
              scanner: 'pkg:github/aquasecurity/trivy',
              accepted: [{ id: 'CVE-2026-1', reason: 'the code is not reachable', expires: '2026-12-31' }],
            },
          },
          {
            name: 'base-images',
            patterns: ['r.example/base/*', 'r.example/distroless'],
            signers: [
              {
                name: 'own',
                issuer: 'https://oidc.acme.example',
                subject: 'ci@acme.example',
                sigstore: { tuf, rekor, certificateLogKey: key },
              },
              { name: 'logged', key, log: { ...rekor, tuf } },
              { name: 'public', key, log: 'public' },
            ],
            provenance: { signers: [ci], builder: 'https://ci.acme.example/release' },
            sbom: { signers: [ci], format: 'spdx' },
          },
        ],
        unsigned: [
          { patterns: ['r.example/old'], reason: 'its team signs from the next release on', expires: '2026-12-31' },
        ],
        excludeNamespaces: ['kube-system'],
        pullSecrets: ['registry'],
      },
      {
        today,
        podTemplateKinds: PodTemplateKinds.builtIn.with({
          group: 'argoproj.io',
          kind: 'Rollout',
          path: ['spec', 'template'],
        }),
      },
    );
    expect(policies).toMatchSnapshot();
  });
});
