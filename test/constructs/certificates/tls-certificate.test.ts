import { Construct } from 'constructs';
import {
  ExistingNamespace,
  Issuer,
  LockedNamespace,
  Mount,
  Probe,
  SecureDeployment,
  SecureJob,
  TlsCertificate,
  type TlsCertificateProps,
} from '../../../index';
import { basics, errorsOf, findingsOf, image, objectOf, objectsOf, testApp, testNamespace } from '../../support/app';

const issuer = Issuer.cluster('internal');
const watched = { folder: '/etc/web/tls', reload: 'watches' } as const;

/** A Deployment that shows a certificate, and a container beside it that does not. */
function served(props: Partial<TlsCertificateProps> = {}, mount: object = watched) {
  const { app, shop } = testNamespace();
  const certificate = new TlsCertificate(shop, 'web-tls', { issuer, service: 'web', ...props });
  const web = new SecureDeployment(shop, 'web', {
    ...basics,
    port: 8443,
    readiness: Probe.tcp(),
    secrets: [...certificate.files(mount as never)],
    containers: [{ ...basics, name: 'beside' }],
  });
  return { app, shop, certificate, web };
}

const specOf = (props: Partial<TlsCertificateProps>) =>
  objectOf(served(props).app, 'Certificate', 'web-tls').spec as Readonly<Record<string, unknown>>;

/** Of each prop, what it does. */
const effects: Readonly<Record<keyof Required<TlsCertificateProps>, () => void>> = {
  issuer: () => {
    expect(specOf({ issuer: Issuer.local('own') }).issuerRef).toEqual({
      group: 'cert-manager.io',
      kind: 'Issuer',
      name: 'own',
    });
  },
  service: () => {
    expect(specOf({ service: undefined, dnsNames: ['shop.example.org'] }).dnsNames).toEqual(['shop.example.org']);
  },
  dnsNames: () => {
    expect(specOf({ dnsNames: ['shop.example.org', 'web.shop'] }).dnsNames).toEqual([
      'web.shop',
      'web.shop.svc',
      'web.shop.svc.cluster.local',
      'shop.example.org',
    ]);
  },
  wildcards: () => {
    const wildcards = { names: ['*.web.shop.svc'], reason: 'one name for each pod of the set' } as const;
    expect(specOf({ wildcards }).dnsNames).toContain('*.web.shop.svc');
  },
  uses: () => {
    expect(specOf({ uses: ['server', 'client'] }).usages).toEqual(['digital signature', 'server auth', 'client auth']);
  },
  key: () => {
    expect(specOf({ key: 'RSA-3072' }).privateKey).toEqual({ algorithm: 'RSA', size: 3072, rotationPolicy: 'Always' });
    expect(specOf({ key: 'Ed25519' }).privateKey).toEqual({ algorithm: 'Ed25519', rotationPolicy: 'Always' });
  },
  duration: () => {
    expect(specOf({ duration: '36h' })).toMatchObject({ duration: '36h', renewBefore: '12h' });
  },
  renewBefore: () => {
    expect(specOf({ renewBefore: '45d' })).toMatchObject({ duration: '2160h', renewBefore: '1080h' });
  },
};

describe('TlsCertificate', () => {
  it('asks for a certificate of the Service, with a new key at each renewal', () => {
    const { app } = served();
    expect(objectOf(app, 'Certificate', 'web-tls')).toEqual({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'web-tls', namespace: 'shop' },
      spec: {
        secretName: 'web-tls',
        dnsNames: ['web.shop', 'web.shop.svc', 'web.shop.svc.cluster.local'],
        duration: '2160h',
        renewBefore: '720h',
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        usages: ['digital signature', 'server auth'],
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
      },
    });
    expect(findingsOf(app)).toEqual([]);
  });

  it('is what all of its output says', () => {
    expect(objectsOf(served().app)).toMatchSnapshot();
  });

  it('puts the key into the one container that asks for it, read-only, for its group alone', () => {
    const { app } = served();
    const { template } = objectOf(app, 'Deployment', 'web').spec as {
      template: {
        spec: {
          volumes: { name: string }[];
          containers: { name: string; volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[] }[];
          securityContext: { fsGroup: number };
        };
      };
    };
    const { volumes, containers, securityContext } = template.spec;
    const holders = volumes.filter((volume) => JSON.stringify(volume).includes('web-tls'));
    expect(holders).toEqual([
      {
        name: expect.any(String),
        projected: {
          defaultMode: 0o440,
          sources: [
            {
              secret: {
                name: 'web-tls',
                items: ['tls.crt', 'tls.key', 'ca.crt'].map((key) => ({ key, path: key, mode: 0o440 })),
              },
            },
          ],
        },
      },
    ]);
    const mounts = containers.flatMap(({ name, volumeMounts = [] }) =>
      volumeMounts.filter((mount) => mount.name === holders[0]?.name).map((mount) => [name, mount]),
    );
    expect(mounts).toEqual([['web', { name: holders[0]?.name, mountPath: '/etc/web/tls', readOnly: true }]]);
    expect(securityContext.fsGroup).toBeGreaterThan(0);
    expect(JSON.stringify(containers)).not.toContain('secretKeyRef');
  });

  it.each(Object.entries(effects))('has an effect for %s', (_, effect) => {
    effect();
  });

  it('leaves out what a public issuer does not give, and takes another mode', () => {
    const { app } = served({}, { ...watched, ca: false, mode: 0o400, folder: '/etc/web/tls/' });
    // The key is root's: with 0o400 nobody else reads it.
    expect(errorsOf(app).map(({ rule, property }) => [rule, property])).toEqual([
      ['secret-mount', 'secrets[0].mode'],
      ['secret-mount', 'secrets[1].mode'],
    ]);
    const text = JSON.stringify(objectOf(served({}, { ...watched, ca: false }).app, 'Deployment', 'web'));
    expect(text).not.toContain('ca.crt');
  });

  it.each<[string, Record<string, unknown>, readonly (readonly [string, RegExp])[]]>([
    ['a year', { duration: '365d' }, [['duration', /longer than 100 days/]]],
    ['minutes', { duration: '59m', renewBefore: '5m' }, [['duration', /less than cert-manager takes/]]],
    ['no time', { duration: 'long' }, [['duration', /no duration/]]],
    ['every Service', { service: '*' }, [['service', /no name of a Service/]]],
    ['a Service of another namespace', { service: 'web.payments' }, [['service', /no name of a Service/]]],
    ['a Service without a name', { service: '' }, [['service', /no name of a Service/]]],
    ['a renewal at once', { renewBefore: '90d' }, [['renewBefore', /renewed without end/]]],
    ['a renewal too late', { renewBefore: '4m' }, [['renewBefore', /less than cert-manager takes/]]],
    ['a renewal that is none', { renewBefore: 'soon' }, [['renewBefore', /no duration/]]],
    ['a wildcard without a reason', { dnsNames: ['*.example.org'] }, [['dnsNames[0]', /every name of its domain/]]],
    [
      'wildcards of nothing',
      { wildcards: { names: ['*.org', 'a.*.org'], reason: 'because' } },
      [
        ['wildcards.names[0]', /no wildcard within a domain/],
        ['wildcards.names[1]', /no wildcard within a domain/],
        ['wildcards.reason', /says nothing/],
      ],
    ],
    ['an address', { dnsNames: ['10.0.0.1'] }, [['dnsNames[0]', /is an address/]]],
    ['a part of more than 63', { dnsNames: [`${'x'.repeat(64)}.example.org`] }, [['dnsNames[0]', /no DNS name/]]],
    ['what is no name', { dnsNames: ['Web_1'] }, [['dnsNames[0]', /no DNS name/]]],
    ['nobody', { service: undefined }, [['dnsNames', /for nobody/]]],
    ['a short key', { key: 'RSA-1024' }, [['key', /no key to ask for/]]],
    ['no use', { uses: [] }, [['uses', /neither as a server nor/]]],
    [
      'another use',
      { uses: ['signer'] },
      [
        ['uses[0]', /is not/],
        ['uses', /neither/],
      ],
    ],
    ['no issuer', { issuer: 'internal' }, [['issuer', /is not an Issuer/]]],
    ['what it does not know', { rotation: 'Never' }, [['rotation', /there is no prop/]]],
  ])('refuses %s', (_, props, expected) => {
    const { app, shop } = testNamespace();
    new TlsCertificate(shop, 'web-tls', { issuer, service: 'web', ...props } as TlsCertificateProps);
    const errors = errorsOf(app).filter(({ construct }) => construct === 'shop/web-tls');
    expect(errors.map(({ rule, property, message }) => [rule, property, message])).toEqual(
      expected.map(([property, message]) => ['prop-valid', property, expect.stringMatching(message)]),
    );
  });

  it('says that RSA with 2048 bits ends', () => {
    const { app } = served({ key: 'RSA-2048' });
    expect(findingsOf(app)).toEqual([
      expect.objectContaining({ severity: 'warning', property: 'key', message: expect.stringContaining('2031') }),
    ]);
  });

  it.each([
    ['web.bank.svc', /is of namespace bank, and the key would be in shop/],
    ['db-0.db.bank.svc.cluster.local', /is of namespace bank/],
    ['kubernetes', /is the API server/],
    ['kubernetes.default', /is the API server/],
    ['kubernetes.default.svc', /is the API server/],
    ['kubernetes.default.svc.cluster.local', /is the API server/],
    ['*.default.svc', /is the API server/],
    ['*.web.bank.svc', /is of namespace bank/],
  ])('refuses to be %s', (name, message) => {
    const wildcards = { names: [name] as const, reason: 'a name for each pod' };
    const { app } = served(name.startsWith('*') ? { wildcards } : { dnsNames: [name] });
    const errors = errorsOf(app).filter(({ construct }) => construct === 'shop/web-tls');
    expect(errors.map((error) => error.value)).toEqual([name]);
    expect(errors[0]?.message).toMatch(message);
  });

  it('is no Service of a namespace of the app by its short name, wherever that is declared', () => {
    const { app } = served({ dnsNames: ['db.bank', 'db.example', 'api.shop', 'web.edge'] });
    new LockedNamespace(new Construct(app, 'later'), 'bank', { owner: 'team-bank' });
    new ExistingNamespace(app, 'edge');
    expect(errorsOf(app).map(({ construct, property, value }) => [construct, property, value])).toEqual([
      ['shop/web-tls', 'dnsNames[0]', 'db.bank'],
      ['shop/web-tls', 'dnsNames[3]', 'web.edge'],
    ]);
  });

  it('is no pod of another namespace by a wildcard', () => {
    const { app } = served({ wildcards: { names: ['*.db.bank'], reason: 'a name for each pod' } });
    new LockedNamespace(app, 'bank', { owner: 'team-bank' });
    expect(errorsOf(app).map(({ property, message }) => [property, message])).toEqual([
      ['wildcards.names[0]', expect.stringContaining('*.db.bank is of namespace bank')],
    ]);
  });

  it.each(['kubernetes.shop.svc', 'db-0.db.shop.svc', 'web.example.org', 'svc.example.org'])('may be %s', (name) => {
    expect(errorsOf(served({ dnsNames: [name] }).app)).toEqual([]);
  });

  it.each(['', 'Internal', 5])('knows no issuer %p', (name) => {
    expect(() => Issuer.cluster(name as string)).toThrow(/is no name of an issuer.*Issuer\.cluster/);
    expect(() => Issuer.local(name as string)).toThrow(TypeError);
  });

  describe('where it is mounted', () => {
    const mountErrors = (props: Partial<TlsCertificateProps>, mount: object) =>
      errorsOf(served(props, mount).app).map(({ rule, property, message }) => [rule, property, message]);

    it('needs to hear what a process does about a renewal', () => {
      expect(mountErrors({}, { folder: '/etc/web/tls' })).toEqual([
        ['secret-mount', 'secrets[0].reload', expect.stringContaining('is missing')],
      ]);
      expect(mountErrors({}, { ...watched, reload: 'checksum' })).toEqual([
        ['secret-mount', 'secrets[0].reload', expect.stringContaining('is not')],
      ]);
      expect(mountErrors({}, { ...watched, mod: 0o440 })).toEqual([
        ['secret-mount', 'secrets[0].mod', expect.stringContaining('there is no prop')],
      ]);
    });

    it('takes a process that is restarted before any certificate ends', () => {
      expect(mountErrors({}, { ...watched, reload: { restartedWithin: '29d' } })).toEqual([]);
      const late = [
        ['secret-mount', 'secrets[0].reload.restartedWithin', expect.stringMatching(/ends in 30d.*run for 30d/)],
      ];
      expect(mountErrors({}, { ...watched, reload: { restartedWithin: '30d' } })).toEqual(late);
      expect(mountErrors({ duration: '6h' }, { ...watched, reload: { restartedWithin: '3h' } })).toEqual([
        ['secret-mount', 'secrets[0].reload.restartedWithin', expect.stringContaining('ends in 2h')],
      ]);
      expect(mountErrors({}, { ...watched, reload: { restartedWithin: 'daily' } })).toEqual([
        ['secret-mount', 'secrets[0].reload.restartedWithin', expect.stringContaining('no duration')],
      ]);
    });

    it('is shown by the Service that it is for', () => {
      expect(mountErrors({ service: 'api' }, watched)).toEqual([
        ['secret-mount', 'secrets[0].secret', expect.stringMatching(/for the Service api, and web is called by.* web/)],
      ]);
    });

    it('is shown by a server that has a Service; a client needs none', () => {
      const withoutService = (uses: TlsCertificateProps['uses']) => {
        const { app, shop } = testNamespace();
        const certificate = new TlsCertificate(shop, 'sync-tls', { issuer, service: 'sync', uses });
        new SecureJob(shop, 'sync', { ...basics, secrets: [...certificate.files(watched)] });
        return errorsOf(app).map(({ property }) => property);
      };
      expect(withoutService(['client'])).toEqual([]);
      expect(withoutService(['server'])).toEqual(['secrets[0].secret']);
    });

    it('is in the namespace of its workload', () => {
      const app = testApp();
      const [shop, data] = ['shop', 'data'].map((id) => new LockedNamespace(app, id, { owner: 'team-shop' }));
      const certificate = new TlsCertificate(data as LockedNamespace, 'web-tls', { issuer, service: 'web' });
      new SecureDeployment(shop as LockedNamespace, 'web', {
        ...basics,
        port: 8443,
        readiness: Probe.tcp(),
        secrets: [...certificate.files(watched)],
      });
      expect(errorsOf(app).map(({ property }) => property)).toContain('secrets[0].secret');
    });

    it('is not seen by another container that mounts beside it', () => {
      const { app, shop } = testNamespace();
      const certificate = new TlsCertificate(shop, 'web-tls', { issuer, service: 'web' });
      new SecureDeployment(shop, 'web', {
        ...basics,
        port: 8443,
        readiness: Probe.tcp(),
        secrets: [...certificate.files(watched)],
        sidecars: [{ ...basics, image, name: 'proxy', mounts: { '/etc/app': Mount.configMap('settings') } }],
      });
      const { template } = objectOf(app, 'Deployment', 'web').spec as {
        template: { spec: { initContainers: { volumeMounts: { mountPath: string }[] }[] } };
      };
      expect(template.spec.initContainers[0]?.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/etc/app']);
    });
  });
});
