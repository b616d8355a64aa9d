import { Chart } from 'cdk8s';
import { type BulwarkApp, PodTemplateKinds, SignedImages, type SignedImagesProps } from '../../../index';
import { errorsOf, objectsOf, testApp } from '../../support/app';
import { publicKey } from '../../support/signing-keys';

const images: SignedImagesProps['images'] = [
  { name: 'shop', patterns: ['registry.acme.example/shop/**'], signers: [{ name: 'release', key: publicKey() }] },
];

function signed(props: unknown, app: BulwarkApp = testApp()) {
  new SignedImages(new Chart(app, 'cluster', { namespace: 'platform' }), 'images', props as SignedImagesProps);
  return app;
}

interface Policy {
  readonly matchConstraints: object;
  readonly credentials?: object;
  readonly webhookConfiguration: object;
}

const policyOf = (props: Partial<SignedImagesProps>) => {
  const [policy] = objectsOf(signed({ images, ...props }));
  return { name: policy?.metadata?.name, annotations: policy?.metadata?.annotations, spec: policy?.spec as Policy };
};

/** Of each prop, what it does. */
const effects: Readonly<Record<keyof Required<SignedImagesProps>, () => void>> = {
  name: () => {
    expect(policyOf({}).name).toBe('signed-images');
    expect(policyOf({ name: 'shop-images' }).name).toBe('shop-images');
  },
  images: () => {
    expect(JSON.stringify(policyOf({}).spec)).toContain('registry');
  },
  unsigned: () => {
    const { annotations } = policyOf({
      unsigned: [
        {
          patterns: ['registry.acme.example/legacy/*'],
          reason: 'its team signs from the next release on',
          expires: '2027-01-31',
          ticket: 'OPS-1',
        },
      ],
    });
    expect(annotations).toEqual({
      'waived.kube-bulwark.dev/unsigned-0':
        'registry.acme.example/legacy/*: its team signs from the next release on; expires 2027-01-31; ticket OPS-1',
    });
  },
  excludeNamespaces: () => {
    expect(policyOf({}).spec.matchConstraints).not.toHaveProperty('namespaceSelector');
    expect(policyOf({ excludeNamespaces: ['kube-system'] }).spec.matchConstraints).toMatchObject({
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
      },
    });
  },
  pullSecrets: () => {
    expect(policyOf({}).spec).not.toHaveProperty('credentials');
    expect(policyOf({ pullSecrets: ['registry'] }).spec.credentials).toEqual({ secrets: ['registry'] });
  },
  timeoutSeconds: () => {
    expect(policyOf({}).spec.webhookConfiguration).toEqual({ timeoutSeconds: 20 });
    expect(policyOf({ timeoutSeconds: 30 }).spec.webhookConfiguration).toEqual({ timeoutSeconds: 30 });
  },
};

describe('SignedImages', () => {
  it.each(Object.entries(effects))('takes %s', (_name, check) => check());

  it('is one policy of the cluster, which passes the rules of the app', () => {
    const app = signed({ images });
    expect(errorsOf(app)).toEqual([]);
    expect(objectsOf(app).map(({ kind, metadata }) => [kind, metadata?.name, metadata?.namespace])).toEqual([
      ['ImageValidatingPolicy', 'signed-images', undefined],
    ]);
  });

  it('looks at the kinds that the app knows to make pods', () => {
    const app = testApp({
      podTemplateKinds: PodTemplateKinds.builtIn.with({
        group: 'argoproj.io',
        kind: 'Rollout',
        path: ['spec', 'template'],
      }),
    });
    const [policy] = objectsOf(signed({ images }, app));
    expect(JSON.stringify(policy)).toContain('"resources":["rollouts"]');
    expect(JSON.stringify(policy)).toContain("'Rollout'");
  });

  it('says everything that is wrong at once, with its place, and writes nothing', () => {
    const app = signed({
      images: [{ ...images[0], patterns: ['**'], signers: [{ name: 'a', key: 'x' }] }],
      timeoutSeconds: 60,
    });
    expect(errorsOf(app).map(({ construct, rule, property }) => [construct, rule, property])).toEqual([
      ['cluster/images', 'prop-valid', 'timeoutSeconds'],
      ['cluster/images', 'prop-valid', 'images[0].patterns[0]'],
      ['cluster/images', 'prop-valid', 'images[0].signers[0].key'],
    ]);
    expect(() => app.synthYaml()).toThrow('images[0].patterns[0]');
  });

  it.each([undefined, {}, { images: 'all' }, { images, image: 1 }])('refuses %j', (props) => {
    expect(errorsOf(signed(props)).length).toBeGreaterThan(0);
  });
});
