import { distributionConfig } from '../../../../core/registry/distribution/config';
import type { RegistryAuthentication, RegistrySettings } from '../../../../core/registry/settings';

const settings = (authentication: RegistryAuthentication): RegistrySettings => ({
  host: 'registry.acme.example',
  listen: { address: '0.0.0.0', port: 5_000 },
  tls: { certFile: '/tls.crt', keyFile: '/tls.key' },
  authentication,
  teams: [],
  immutableTags: [],
  storage: { kind: 'volume', folder: '/data' },
  upstreams: [],
});
const service = {
  kind: 'token',
  realm: 'https://auth.acme.example/token',
  service: 'registry',
  issuer: 'auth',
} as const;

describe('distributionConfig', () => {
  it.each([
    ['keys', { jwks: '/trust.json' }, { jwks: '/trust.json' }],
    ['certificates', { certificates: '/trust.pem' }, { rootcertbundle: '/trust.pem' }],
  ])('takes tokens by %s, signed by key pairs alone', (_, trust, written) => {
    const { auth } = distributionConfig(settings({ ...service, trust }), 'read-write');
    expect(auth).toEqual({
      token: {
        realm: 'https://auth.acme.example/token',
        service: 'registry',
        issuer: 'auth',
        ...written,
        signingalgorithms: ['EdDSA', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'],
      },
    });
  });

  it('differs while garbage is collected in that alone', () => {
    const [one, other] = (['read-write', 'read-only'] as const).map((mode) =>
      JSON.stringify(distributionConfig(settings({ kind: 'htpasswd', file: '/users' }), mode)),
    );
    expect(one).toContain('"readonly":{"enabled":false}');
    expect(one?.replace('"readonly":{"enabled":false}', '"readonly":{"enabled":true}')).toBe(other);
  });

  it('shows no metrics unless it is told where', () => {
    const given = settings({ kind: 'htpasswd', file: '/users' });
    expect(distributionConfig(given, 'read-write').http).not.toHaveProperty('debug');
    const metrics = { address: '0.0.0.0', port: 5_001 };
    expect(distributionConfig({ ...given, metrics }, 'read-write').http).toHaveProperty('debug', {
      addr: '0.0.0.0:5001',
      prometheus: { enabled: true, path: '/metrics' },
    });
  });

  it('knows no OpenID providers', () => {
    const oidc = { kind: 'oidc', issuer: '', clientId: '', clientSecretFile: '', scopes: [], groupsClaim: '' } as const;
    expect(() => distributionConfig(settings(oidc), 'read-write')).toThrow(RangeError);
  });
});
