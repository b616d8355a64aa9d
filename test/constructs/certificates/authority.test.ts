import {
  ExistingNamespace,
  LockedNamespace,
  PrivateAuthority,
  type PrivateAuthorityProps,
  Probe,
  SecureDeployment,
  TlsCertificate,
  TrustBundle,
  type TrustBundleProps,
} from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp } from '../../support/app';

/** An authority where cert-manager is, and a namespace that trusts it. */
function trusting(props: PrivateAuthorityProps = {}, bundle: Partial<TrustBundleProps> = {}, place = 'cert-manager') {
  const app = testApp();
  const certManager = new ExistingNamespace(app, place);
  const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  const authority = new PrivateAuthority(certManager, 'internal', props);
  const trust = new TrustBundle(certManager, 'internal-trust', { authority, namespaces: [shop], ...bundle });
  return { app, certManager, shop, authority, trust };
}

const faultsOf = (app: ReturnType<typeof testApp>) => errorsOf(app).map(({ property, message }) => [property, message]);

describe('PrivateAuthority', () => {
  it('is a root that signs itself, and an issuer for every namespace', () => {
    const { app, authority, shop } = trusting();
    new TlsCertificate(shop, 'web-tls', { issuer: authority.issuer, service: 'web' });
    expect(objectsOf(app).filter(({ apiVersion }) => apiVersion === 'cert-manager.io/v1')).toMatchSnapshot();
    expect(objectOf(app, 'Certificate', 'web-tls').spec).toMatchObject({
      issuerRef: { kind: 'ClusterIssuer', name: 'internal' },
    });
    expect(objectOf(app, 'ClusterIssuer', 'internal').metadata).toEqual({ name: 'internal' });
    expect(findingsOf(app)).toEqual([]);
  });

  it('keeps its key, so that what it signed stays good', () => {
    expect(objectOf(trusting().app, 'Certificate', 'internal-authority').spec).toMatchObject({
      isCA: true,
      usages: ['digital signature', 'cert sign', 'crl sign'],
      privateKey: { algorithm: 'ECDSA', size: 384, rotationPolicy: 'Never' },
      issuerRef: { kind: 'Issuer', name: 'internal-root' },
    });
  });

  /** Of each prop, what it does. */
  const effects: Readonly<Record<keyof Required<PrivateAuthorityProps>, () => void>> = {
    signsFor: () => {
      const { app, authority } = trusting({ signsFor: 'namespace' });
      expect(authority.issuer.reference).toEqual({ group: 'cert-manager.io', kind: 'Issuer', name: 'internal' });
      expect(objectOf(app, 'Issuer', 'internal').metadata).toEqual({ name: 'internal', namespace: 'cert-manager' });
    },
    commonName: () => {
      const { app } = trusting({ commonName: 'Acme internal' });
      expect(objectOf(app, 'Certificate', 'internal-authority').spec).toMatchObject({ commonName: 'Acme internal' });
    },
    duration: () => {
      const spec = { duration: '8760h', renewBefore: '2920h' };
      expect(objectOf(trusting({ duration: '365d' }).app, 'Certificate', 'internal-authority').spec).toMatchObject(
        spec,
      );
    },
    clusterResourceNamespace: () => {
      const props = { clusterResourceNamespace: 'pki' };
      expect(faultsOf(trusting(props, { trustNamespace: 'pki' }, 'pki').app)).toEqual([]);
    },
  };

  it.each(Object.entries(effects))('has an effect for %s', (_, effect) => {
    effect();
  });

  it.each<[string, object, string | undefined, readonly (readonly [string, RegExp])[]]>([
    [
      'a place where its key is not read',
      {},
      'pki',
      [
        ['signsFor', /reads the key of a ClusterIssuer in/],
        ['authority', /trust namespace/],
      ],
    ],
    ['a century', { duration: '36500d' }, undefined, [['duration', /no time for an authority/]]],
    ['a day', { duration: '1d' }, undefined, [['duration', /no time for an authority/]]],
    ['no time', { duration: 'ever' }, undefined, [['duration', /no duration/]]],
    ['no name', { commonName: '' }, undefined, [['commonName', /1 to 64/]]],
    ['a key that changes', { rotation: 'Always' }, undefined, [['rotation', /there is no prop/]]],
  ])('refuses %s', (_, props, place, expected) => {
    expect(faultsOf(trusting(props, {}, place).app)).toEqual(
      expected.map(([property, message]) => [property, expect.stringMatching(message)]),
    );
  });
});

describe('TrustBundle', () => {
  it('hands out the certificate of the authority, never its key, to the namespaces given', () => {
    const { app } = trusting();
    const bundle = objectOf(app, 'Bundle', 'internal-trust');
    expect(bundle).toEqual({
      apiVersion: 'trust.cert-manager.io/v1alpha1',
      kind: 'Bundle',
      metadata: { name: 'internal-trust' },
      spec: {
        sources: [{ secret: { name: 'internal-authority', key: 'ca.crt' } }],
        target: {
          configMap: { key: 'ca.crt' },
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }],
          },
        },
      },
    });
    expect(JSON.stringify(bundle)).not.toMatch(/\.key"/);
  });

  it('is mounted by clients, read-only', () => {
    const { app, shop, trust } = trusting();
    new SecureDeployment(shop, 'web', {
      ...basics,
      port: 8080,
      readiness: Probe.tcp(),
      mounts: { '/etc/trust': trust.mountIn(shop) },
    });
    const { template } = objectOf(app, 'Deployment', 'web').spec as {
      template: { spec: { volumes: { configMap?: object }[]; containers: { volumeMounts: object[] }[] } };
    };
    expect(template.spec.volumes.filter(({ configMap }) => configMap)).toEqual([
      {
        name: expect.any(String),
        configMap: { name: 'internal-trust', items: [{ key: 'ca.crt', path: 'ca.crt' }], defaultMode: 0o444 },
      },
    ]);
    expect(template.spec.containers[0]?.volumeMounts).toEqual([
      { name: expect.any(String), mountPath: '/etc/trust', readOnly: true },
    ]);
    expect(errorsOf(app)).toEqual([]);
  });

  /** Of each prop, what it does. */
  const effects: Readonly<Record<keyof Required<TrustBundleProps>, () => void>> = {
    authority: () => {
      const authority = { namespace: 'cert-manager', secretName: 'corporate' };
      expect(objectOf(trusting({}, { authority }).app, 'Bundle', 'internal-trust').spec).toMatchObject({
        sources: [{ secret: { name: 'corporate', key: 'ca.crt' } }],
      });
    },
    namespaces: () => {
      const { app, shop, trust } = trusting({}, { namespaces: { trusts: 'internal' } });
      expect(objectOf(app, 'Bundle', 'internal-trust').spec).toMatchObject({
        target: { namespaceSelector: { matchLabels: { trusts: 'internal' } } },
      });
      trust.mountIn(shop);
      expect(errorsOf(app)).toEqual([]);
    },
    trustNamespace: () => {
      expect(faultsOf(trusting({}, { trustNamespace: 'trust' }).app)).toEqual([
        ['authority', expect.stringContaining('its trust namespace alone, trust, and this one is in cert-manager')],
      ]);
    },
  };

  it.each(Object.entries(effects))('has an effect for %s', (_, effect) => {
    effect();
  });

  it('is mounted in the namespaces alone that get it', () => {
    const { app, trust, certManager } = trusting();
    trust.mountIn(certManager);
    trust.mountIn(undefined as never);
    expect(faultsOf(app)).toEqual([
      ['mountIn', expect.stringContaining('cert-manager is none of the namespaces')],
      ['mountIn', expect.stringContaining('undefined is none')],
    ]);
  });

  it.each<[string, object, readonly (readonly [string, RegExp])[]]>([
    ['nobody', { authority: 'internal' }, [['authority', /is not an authority/]]],
    [
      'a Secret that is none',
      { authority: { namespace: 'cert-manager', secretName: 'A' } },
      [['authority.secretName', /no name of a Secret/]],
    ],
    ['every namespace', { namespaces: {} }, [['namespaces', /every namespace would get it/]]],
    ['a list of none', { namespaces: [] }, [['namespaces', /every namespace would get it/]]],
    ['namespaces by name', { namespaces: ['shop'] }, [['namespaces', /no namespace/]]],
    ['labels that are none', { namespaces: { 'a b': 'c' } }, [["namespaces['a b']", /no namespace can carry/]]],
    ['the key', { key: 'tls.key' }, [['key', /there is no prop/]]],
  ])('refuses %s', (_, bundle, expected) => {
    expect(faultsOf(trusting({}, bundle).app)).toEqual(
      expected.map(([property, message]) => [property, expect.stringMatching(message)]),
    );
  });
});
