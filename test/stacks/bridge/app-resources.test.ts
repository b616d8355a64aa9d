import * as kubernetes from '@pulumi/kubernetes';
import { CustomResource, type Output, output, secret } from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import { formatIdentity, identityOf, type KubernetesObject } from '../../../core/manifest';
import type { BulwarkApp } from '../../../index';
import { LockedNamespace, Probe, SecureDeployment, SynthesisError } from '../../../index';
import { AppResources, LateValues } from '../../../stacks/bridge';
import type { Registration } from '../../../stacks/render/collect';
import { basics, objectsOf, testApp } from '../../support/app';
import { failureOf } from '../../support/pulumi/failure';
import { leaks, objectsIn, run } from '../../support/pulumi/registered';

/** Something else of the program, whose outputs nobody knows in a preview. */
class Bucket extends CustomResource {
  declare readonly endpoint: Output<string>;
  constructor(name: string) {
    super('cloud:storage/bucket:Bucket', name, { endpoint: undefined });
  }
}

interface Shop {
  readonly image?: string;
  readonly replicas?: number;
  readonly env?: Readonly<Record<string, string>>;
}

function shop({ image = basics.image, env = {}, ...rest }: Shop = {}): BulwarkApp {
  const app = testApp();
  const namespace = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  const web = new SecureDeployment(namespace, 'web', {
    ...basics,
    image,
    port: 8080,
    readiness: Probe.tcp(),
    env,
    ...rest,
  });
  const api = new SecureDeployment(namespace, 'api', { ...basics, port: 9090, readiness: Probe.tcp() });
  web.connectTo(api);
  return app;
}

const byName = (found: readonly Registration[], end: string, kind = ''): Registration => {
  const [one, ...more] = found.filter(({ name, type }) => name.endsWith(end) && type.endsWith(kind));
  if (one === undefined || more.length > 0) throw new Error(`expected one ${kind} ${end}, found ${more.length + 1}`);
  return one;
};

describe('AppResources', () => {
  it('registers what synthesis would write, and no more', async () => {
    const app = shop();
    const written = objectsOf(app);
    const found = await run(() => new AppResources('shop', { app }));
    const objects = objectsIn(found).map((object) => {
      const { annotations, ...metadata } = object.metadata ?? {};
      const { 'pulumi.com/patchFieldManager': _, ...rest } = annotations ?? {};
      return { ...object, metadata: { ...metadata, ...(Object.keys(rest).length > 0 && { annotations: rest }) } };
    });
    const byIdentity = (list: readonly KubernetesObject[]) =>
      Object.fromEntries(list.map((object) => [formatIdentity(identityOf(object)), object]));
    expect(byIdentity(objects)).toEqual(byIdentity(written));
    expect(objects).toHaveLength(written.length);
  });

  it('has URNs of kind, namespace and name, whatever else there is', async () => {
    const found = await run(() => new AppResources('shop', { app: shop() }));
    expect(found.map(({ urn }) => urn.replace('urn:pulumi:dev::platform::', '')).sort()).toMatchSnapshot();
  });

  it('puts everything into the component, and waits for what an object cannot do without', async () => {
    const found = await run(() => new AppResources('shop', { app: shop() }));
    const [component, ...objects] = found;
    expect(component).toMatchObject({ type: 'kube-bulwark:kubernetes:App', name: 'shop', custom: false });
    for (const { parent } of objects) expect(parent).toBe(component?.urn);
    const waits = ({ dependsOn }: Registration): readonly string[] =>
      dependsOn.map((urn) => urn.split('$').at(-1) ?? '').sort();
    expect(waits(byName(found, 'shop/web', ':Deployment'))).toEqual([
      'kubernetes:core/v1:LimitRange::shop:shop/limits',
      'kubernetes:core/v1:Namespace::shop:shop',
      'kubernetes:core/v1:ResourceQuota::shop:shop/quota',
      'kubernetes:core/v1:ServiceAccount::shop:shop/web',
      'kubernetes:networking.k8s.io/v1:NetworkPolicy::shop:shop/default-deny',
      'kubernetes:networking.k8s.io/v1:NetworkPolicy::shop:shop/web',
    ]);
    expect(waits(byName(found, 'shop/web', ':Service'))).toEqual(['kubernetes:core/v1:Namespace::shop:shop']);
    expect(waits(byName(found, 'shop:shop'))).toEqual([]);
  });

  it('waits for what a construct was made to depend on', async () => {
    const app = shop();
    const [namespace] = app.node.children.filter(({ node }) => node.id === 'shop');
    const [web, api] = ['web', 'api'].map((id) => namespace?.node.findChild(id));
    if (web === undefined || api === undefined) throw new Error('no workloads');
    web.node.addDependency(api);
    const found = await run(() => new AppResources('shop', { app }));
    const deployment = byName(found, 'shop/api', ':Deployment').urn;
    expect(byName(found, 'shop/web', ':Deployment').dependsOn).toContain(deployment);
    expect(byName(found, 'shop/api', ':Deployment').dependsOn).not.toContain(deployment);
  });

  it('has the definition of a kind before its objects, and earlier versions of a custom kind as aliases', async () => {
    const app = testApp();
    const namespace = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    const spec = { group: 'stable.example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced' };
    const schema = { openAPIV3Schema: { type: 'object' } };
    const versions = [{ name: 'v1beta1', served: true, storage: true, schema }];
    const metadata = { name: 'widgets.stable.example.com' };
    new ApiObject(namespace, 'one', {
      apiVersion: 'stable.example.com/v1beta1',
      kind: 'Widget',
      metadata: { name: 'one', namespace: 'shop' },
    });
    new ApiObject(namespace, 'crd', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata,
      spec: { ...spec, versions },
    } as ConstructorParameters<typeof ApiObject>[2]);
    const found = await run(() => new AppResources('shop', { app }));
    const widget = byName(found, 'shop/one');
    expect(widget.type).toBe('kubernetes:stable.example.com/v1beta1:Widget');
    expect(widget.dependsOn).toContain(byName(found, metadata.name).urn);
    expect(widget.aliases.map(({ type }) => type)).toEqual(
      ['v1alpha1', 'v1alpha2', 'v1alpha3'].map((version) => `kubernetes:stable.example.com/${version}:Widget`),
    );
  });

  it('leaves the number of replicas to an autoscaler', async () => {
    const app = testApp();
    const namespace = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    new SecureDeployment(namespace, 'web', { ...basics, replicas: 2 });
    new SecureDeployment(namespace, 'api', { ...basics, replicas: 2 });
    new ApiObject(namespace, 'hpa', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 2,
        maxReplicas: 4,
      },
    } as ConstructorParameters<typeof ApiObject>[2]);
    const found = await run(() => new AppResources('shop', { app }));
    expect(byName(found, 'shop/web', ':Deployment').ignoreChanges).toEqual(['spec.replicas']);
    expect(byName(found, 'shop/api', ':Deployment').ignoreChanges).toEqual([]);
  });

  it('changes what Kubernetes has made by itself, and does not make it', async () => {
    const found = await run(() => new AppResources('shop', { app: shop() }));
    expect(byName(found, 'shop/default')).toMatchObject({
      type: 'kubernetes:core/v1:ServiceAccountPatch',
      inputs: {
        kind: 'ServiceAccount',
        automountServiceAccountToken: false,
        metadata: { annotations: { 'pulumi.com/patchFieldManager': 'kube-bulwark' } },
      },
    });
  });

  it('hands its provider to everything in it', async () => {
    const found = await run(() => {
      const provider = new kubernetes.Provider('eu', { context: 'eu' });
      return new AppResources('shop', { app: shop() }, { provider });
    });
    const objects = found.filter(({ type }) => /^kubernetes:/.test(type));
    for (const { provider } of objects) expect(provider).toMatch(/^urn:.*::eu::eu/);
    expect(objects.length).toBeGreaterThan(10);
  });

  it('registers nothing where a rule refuses something', async () => {
    const app = shop({ image: 'docker.io/library/nginx:latest' });
    const registered: unknown[] = [];
    const program = () => registered.push(new AppResources('shop', { app }));
    await expect(run(program)).rejects.toThrow(SynthesisError);
    expect(registered).toEqual([]);
  });

  it('takes nothing that somebody would have to decrypt on the way', async () => {
    const app = shop();
    const sops = { sops: { mac: 'ENC[…]' } };
    const metadata = { name: 'sealed', namespace: 'shop' };
    new ApiObject(app.node.children[0] as LockedNamespace, 'sops', {
      ...{ apiVersion: 'example.com/v1', kind: 'Token', metadata },
      ...sops,
    });
    await expect(run(() => new AppResources('shop', { app }))).rejects.toThrow(
      /^Token\.example\.com shop\/sealed: encrypted by SOPS/,
    );
  });

  it('registers the same for the same app, and by another argument only what it is about', async () => {
    const sent = async (app: BulwarkApp) => {
      const found = await run(() => new AppResources('shop', { app }));
      return new Map(found.map(({ urn, sent, dependsOn }) => [urn, JSON.stringify([sent, dependsOn])]));
    };
    const changed = async (app: BulwarkApp): Promise<string[]> => {
      const [before, after] = [await sent(shop()), await sent(app)];
      const urns = new Set([...before.keys(), ...after.keys()]);
      return [...urns].filter((urn) => before.get(urn) !== after.get(urn)).map((urn) => urn.replace(/.*::/, ''));
    };
    expect(await changed(shop())).toEqual([]);
    expect(await changed(shop({ env: { LOG_LEVEL: 'debug' } }))).toEqual(['shop:shop/web']);
    // The quota is worked out from the workloads.
    expect((await changed(shop({ replicas: 5 }))).sort()).toEqual(['shop:shop/quota', 'shop:shop/web']);
  });
});

describe('values that are known later', () => {
  const withEnv = (values: LateValues, texts: Readonly<Record<string, string>>) => ({
    app: shop({ env: texts }),
    values,
  });
  const envOf = ({ inputs }: Registration): unknown => {
    const { template } = inputs.spec as { template: { spec: { containers: { env: unknown }[] } } };
    return template.spec.containers[0]?.env;
  };

  it('are unknown in a preview where they are used, and nowhere else', async () => {
    const found = await run(() => {
      const values = new LateValues();
      const endpoint = values.text('endpoint', new Bucket('logs').endpoint, { like: 'https://{}.example' });
      return new AppResources('shop', withEnv(values, { ENDPOINT: endpoint, LEVEL: 'info' }));
    });
    const web = byName(found, 'shop/web', ':Deployment');
    expect(web.unknown).toEqual([['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value']]);
    expect(envOf(web)).toEqual([{ name: 'ENDPOINT' }, { name: 'LEVEL', value: 'info' }]);
    expect(found.filter(({ unknown }) => unknown.length > 0)).toHaveLength(1);
  });

  it('stand where they belong once they are known, alone or within a text', async () => {
    const found = await run(() => {
      const values = new LateValues();
      const host = values.text('host', output('logs.example'));
      return new AppResources('shop', withEnv(values, { HOST: host, URL: `https://${host}/push` }));
    });
    expect(envOf(byName(found, 'shop/web', ':Deployment'))).toEqual([
      { name: 'HOST', value: 'logs.example' },
      { name: 'URL', value: 'https://logs.example/push' },
    ]);
    expect(JSON.stringify(found.map(({ sent }) => sent))).not.toContain('late-');
  });

  it('stay secret, and so does nothing else', async () => {
    const canary = 'c4n4ry-0f-4-t0ken';
    const found = await run(() => {
      const values = new LateValues();
      const token = values.text('account', secret(canary));
      return new AppResources(
        'shop',
        withEnv(values, { ACCOUNT: token, URL: `https://${token}.example`, LEVEL: 'info' }),
      );
    });
    expect(leaks(found, canary)).toEqual([]);
    const web = byName(found, 'shop/web', ':Deployment');
    expect(web.secrets.map((path) => path.join('.'))).toEqual(
      [0, 1].map((i) => `spec.template.spec.containers.0.env.${i}.value`),
    );
    expect(JSON.stringify(web.sent)).toContain(canary);
  });

  it('may be names: the URN has what stands for them', async () => {
    const found = await run(() => {
      const app = testApp();
      const values = new LateValues();
      new LockedNamespace(app, values.text('team', output('shop-eu')), { owner: 'team-shop' });
      return new AppResources('shop', { app, values });
    });
    const namespace = found.find(({ type }) => type.endsWith(':Namespace'));
    expect(namespace).toMatchObject({ name: 'shop:late-team-x', inputs: { metadata: { name: 'shop-eu' } } });
  });

  it.each([
    ['taken apart', (text: string) => new URL(text).hostname],
    ['encoded', (text: string) => Buffer.from(text).toString('base64')],
  ])('are refused where they are %s', async (_, cut) => {
    const program = () => {
      const values = new LateValues();
      const endpoint = values.text('endpoint', output('https://logs.example'), { like: 'https://{}.example' });
      return new AppResources('shop', withEnv(values, { ENDPOINT: cut(endpoint) }));
    };
    await expect(run(program)).rejects.toThrow(
      /^endpoint is not known yet, and something is made of a part of it; give/,
    );
  });

  it('are refused where they break what their app is checked for', async () => {
    expect(await failureOf('insecure-image')).toMatch(
      /a value that is known at last is refused\.[\s\S]*image-registry: Deployment.apps shop\/web [\s\S]* = "latest"/,
    );
  }, 60_000);

  it('are refused without a word of them where they are secret', async () => {
    const failure = await failureOf('secret-image');
    expect(failure).toMatch(
      /refused\.[\s\S]*error image-allowed: Deployment\.apps shop\/web spec\.template\.spec\.containers\[0\]\.image\n +the value is a secret/,
    );
    expect(failure).not.toContain('c4n4ry');
  }, 60_000);

  it('are refused where they would change what else a text says', async () => {
    expect(await failureOf('quotes')).toContain(
      'user stands within a longer text and holds spaces, quotes, braces or backslashes; give a value without them',
    );
  }, 60_000);

  it('have one name each', () => {
    const values = new LateValues();
    const endpoint = output('a');
    expect(values.text('endpoint', 'plain')).toBe('plain');
    expect(values.text('endpoint', endpoint)).toBe(values.text('endpoint', endpoint));
    expect(() => values.text('endpoint', output('b'))).toThrow("two late values are called 'endpoint'");
    expect(() => values.text('End point', output('b'))).toThrow(RangeError);
  });
});
