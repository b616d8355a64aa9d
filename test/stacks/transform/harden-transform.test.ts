import * as kubernetes from '@pulumi/kubernetes';
import {
  ComponentResource,
  CustomResource,
  type Inputs,
  type Output as Later,
  Output,
  output,
  runtime,
  secret,
  unknown,
} from '@pulumi/pulumi';
import { ClusterTarget } from '../../../index';
import type { Registration } from '../../../stacks/render/collect';
import {
  type HardenTransformOptions,
  hardenTransform,
  hardenTransformation,
} from '../../../stacks/transform/harden-transform';
import { run } from '../../support/pulumi/registered';

const target = ClusterTarget.of('1.34');
const options: HardenTransformOptions = { target, today: '2026-11-21' };
const harden = hardenTransformation(options);

const container = { name: 'a', image: 'registry.example/a:1' };
const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [container] } };
const selector = { matchLabels: { app: 'a' } };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a' },
  spec: { replicas: 2, selector, template },
};

/** The properties as the transform leaves them. */
function props(type: string, given: Inputs, more: Partial<HardenTransformOptions> = {}): Inputs | undefined {
  const opts = { protect: true };
  const result = hardenTransformation({ ...options, ...more })({ type, name: 'a', props: given, opts });
  if (result !== undefined) expect(result.opts).toBe(opts);
  return result?.props;
}

const isHardened = (pod: {
  containers: { securityContext: object }[];
  automountServiceAccountToken?: boolean;
}): void => {
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.containers[0]?.securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
};

describe('hardenTransform', () => {
  it.each([
    ['kubernetes:apps/v1:Deployment', deployment, (made: Inputs) => made.spec.template.spec],
    [
      'kubernetes:apps/v1:Deployment',
      { ...deployment, apiVersion: undefined, kind: undefined },
      (made: Inputs) => made.spec.template.spec,
    ],
    ['kubernetes:apps/v1:StatefulSet', { spec: { selector, template } }, (made: Inputs) => made.spec.template.spec],
    [
      'kubernetes:batch/v1:CronJob',
      { spec: { jobTemplate: { spec: { template } } } },
      (made: Inputs) => made.spec.jobTemplate.spec.template.spec,
    ],
    ['kubernetes:core/v1:Pod', { metadata: {}, spec: template.spec }, (made: Inputs) => made.spec],
    [
      'kubernetes:apps/v1:DeploymentList',
      { items: [{ spec: { template } }] },
      (made: Inputs) => made.items[0].spec.template.spec,
    ],
    [
      'kubernetes:core/v1:List',
      { items: [{ kind: 'ConfigMap' }, deployment] },
      (made: Inputs) => made.items[1].spec.template.spec,
    ],
  ])('hardens the pods of %s', (type, given, podOf) => {
    isHardened(podOf(props(type, given as Inputs) ?? {}));
  });

  it('keeps everything else, and what somebody wrote', () => {
    const securityContext = { privileged: true, readOnlyRootFilesystem: false };
    const spec = { ...template.spec, containers: [{ ...container, securityContext }] };
    const made = props('kubernetes:apps/v1:Deployment', {
      ...deployment,
      spec: { ...deployment.spec, template: { ...template, spec } },
    });
    expect(made).toMatchObject({
      metadata: { name: 'a' },
      spec: { replicas: 2, selector, template: { metadata: template.metadata } },
    });
    expect(made?.spec.template.spec.containers[0].securityContext).toMatchObject(securityContext);
  });

  it('makes only what is safe where that is asked for', () => {
    const made = props('kubernetes:apps/v1:Deployment', deployment, { changes: 'safe' });
    const { securityContext } = (made as Inputs).spec.template.spec.containers[0];
    expect(securityContext.privileged).toBe(false);
    expect(securityContext).not.toHaveProperty('readOnlyRootFilesystem');
    expect(securityContext).not.toHaveProperty('capabilities');
  });

  it('knows jobs from services: what ends by itself does not sleep before it stops', () => {
    const serving = { spec: { containers: [{ ...container, ports: [{ containerPort: 80 }] }] } };
    const sleeps = (made: Inputs | undefined): unknown => made?.lifecycle?.preStop;
    expect(
      sleeps(props('kubernetes:apps/v1:Deployment', { spec: { template: serving } })?.spec.template.spec.containers[0]),
    ).toBeDefined();
    expect(
      sleeps(props('kubernetes:batch/v1:Job', { spec: { template: serving } })?.spec.template.spec.containers[0]),
    ).toBeUndefined();
  });

  it.each([
    ['kubernetes:core/v1:ConfigMap', { data: {} }],
    ['kubernetes:apps/v1:DeploymentPatch', deployment],
    ['kubernetes:helm.sh/v4:Chart', { chart: 'nginx' }],
    ['kubernetes:yaml/v2:ConfigGroup', { yaml: '' }],
    ['aws:s3/bucket:Bucket', {}],
    ['pulumi:providers:kubernetes', { kubeconfig: '' }],
  ])('leaves %s alone', (type, given) => {
    expect(props(type, given)).toBeUndefined();
  });

  it.each<[string, object, string]>([
    ['no list of containers', { containers: 'a' }, 'see spec.containers'],
    ['a container that is none', { containers: [null] }, 'see spec.containers[0]'],
    ['no containers at all', { containers: null }, 'see spec.containers'],
    ['no list of init containers', { containers: [container], initContainers: 'a' }, 'see spec.initContainers'],
    [
      'a text for what holds others, several times',
      { containers: [{ ...container, securityContext: 'a', resources: 'b' }] },
      'see spec.containers[0].securityContext, spec.containers[0].resources',
    ],
    ['a volume that is none', { containers: [container], volumes: [{ name: 'a' }, null] }, 'see spec.volumes[1]'],
    ['null and a text', { containers: [null, container], volumes: 'a' }, 'see spec.containers[0], spec.volumes'],
  ])('refuses %s by its name, and says where', (_, spec, where) => {
    const given = { ...deployment, spec: { ...deployment.spec, template: { ...template, spec } } };
    expect(() => props('kubernetes:apps/v1:Deployment', given)).toThrow(
      `Deployment a: its pod cannot be hardened, since it is not of the form that the API server takes: ${where}`,
    );
  });

  it('does not blame the pod for what is none of its faults', () => {
    const broken = ClusterTarget.of('1.34');
    const fault = new Error('made up');
    jest.spyOn(broken, 'supports').mockImplementation(() => {
      throw fault;
    });
    const harden = () => props('kubernetes:apps/v1:Deployment', deployment, { target: broken });
    expect(harden).toThrow(fault);
    expect(harden).toThrow(/^made up$/);
  });

  it('takes null for nothing, as the API server does', () => {
    const nothing = { initContainers: null, volumes: null, securityContext: null, tolerations: null };
    const spec = { ...nothing, containers: [{ ...container, securityContext: null, resources: null, env: null }] };
    isHardened(props('kubernetes:core/v1:Pod', { spec })?.spec);
  });

  it('hardens what it has hardened no further', () => {
    const once = props('kubernetes:apps/v1:Deployment', deployment);
    expect(props('kubernetes:apps/v1:Deployment', once ?? {})).toEqual(once);
  });
});

describe('values that nobody can read yet', () => {
  /** Something whose outputs nobody knows in a preview. */
  class Bucket extends CustomResource {
    declare readonly arn: Later<string>;
    constructor() {
      super('cloud:storage/bucket:Bucket', 'logs', { arn: undefined });
    }
  }

  async function deployed(
    spec: (bucket: Bucket) => unknown,
    where = (pod: unknown): unknown => pod,
  ): Promise<Registration> {
    const found = await run(() => {
      const made = harden({
        type: 'kubernetes:apps/v1:Deployment',
        name: 'a',
        props: {
          ...deployment,
          spec: { ...deployment.spec, template: where({ ...template, spec: spec(new Bucket()) }) },
        },
        opts: {},
      });
      new kubernetes.apps.v1.Deployment('a', made?.props as kubernetes.apps.v1.DeploymentArgs);
    });
    const registration = found.find(({ type }) => type.endsWith(':Deployment'));
    if (registration === undefined) throw new Error('there is no Deployment');
    return registration;
  }
  const podIn = ({ inputs }: Registration) => (inputs.spec as Inputs).template.spec;

  it('stay unknown by themselves', async () => {
    const made = await deployed((bucket) => ({
      containers: [{ ...container, env: [{ name: 'ARN', value: bucket.arn }] }],
    }));
    expect(made.unknown.map((path) => path.join('.'))).toEqual(['spec.template.spec.containers.0.env.0.value']);
    isHardened(podIn(made));
  });

  it('stay secret by themselves', async () => {
    const made = await deployed(() => ({ containers: [{ ...container, image: secret('registry.example/hidden') }] }));
    expect(made.secrets.map((path) => path.join('.'))).toEqual(['spec.template.spec.containers.0.image']);
    isHardened(podIn(made));
  });

  it('may be repeated in what is filled in', async () => {
    const made = await deployed(() => ({ containers: [{ ...container, ports: [{ containerPort: output(8080) }] }] }));
    expect(podIn(made).containers[0].ports).toEqual([{ containerPort: 8080, name: 'tcp-8080' }]);
  });

  it.each([
    ['a list of containers', () => ({ containers: output([container]) })],
    ['a container', () => ({ containers: [output(container)] })],
    ['a security context', () => ({ containers: [{ ...container, securityContext: output({}) }] })],
  ])('are waited for where they hold others: %s', async (_, spec) => {
    isHardened(podIn(await deployed(spec)));
  });

  it('are waited for on the way to the pods', async () => {
    isHardened(
      podIn(
        await deployed(
          () => template.spec,
          (pod) => output(pod),
        ),
      ),
    );
    const list = props('kubernetes:core/v1:List', { items: output([deployment]) })?.items;
    expect(Output.isInstance(list)).toBe(true);
    const items = await new Promise<readonly Inputs[]>((done) => list.apply(done));
    isHardened(items[0]?.spec.template.spec);
  });

  it('stay unknown as a whole in a preview where they hold others', async () => {
    const made = await deployed((bucket) => ({ containers: bucket.arn.apply(() => [container]) }));
    expect(made.unknown.map((path) => path.join('.'))).toEqual(['spec.template']);
  });

  it('come in envelopes from the engine, and stay in them', async () => {
    const sealed = { [runtime.specialSigKey]: runtime.specialSecretSig, value: deployment.spec };
    const found = await run(() => {
      const made = harden({
        type: 'kubernetes:apps/v1:Deployment',
        name: 'a',
        props: { ...deployment, spec: sealed },
        opts: {},
      });
      new kubernetes.apps.v1.Deployment('a', made?.props as kubernetes.apps.v1.DeploymentArgs);
    });
    expect(found[0]?.secrets).toEqual([['spec']]);
    expect(JSON.stringify(found[0]?.sent)).toContain('allowPrivilegeEscalation');
  });
});

describe('for the engine', () => {
  it('puts secrets into the envelopes of the engine, alone, and leaves what is unknown unknown', async () => {
    let made: Inputs | undefined;
    await run(async () => {
      const env = [
        { name: 'TOKEN', value: secret('hidden') },
        { name: 'URL', value: output('plain') },
        { name: 'LATER', value: output(unknown) },
      ];
      const spec = { ...template.spec, containers: [{ ...container, env }] };
      const props = { ...deployment, spec: { ...deployment.spec, template: { ...template, spec } } };
      const result = await hardenTransform(options)({
        type: 'kubernetes:apps/v1:Deployment',
        name: 'a',
        props,
        opts: {},
      });
      made = result?.props;
    });
    const pod = made?.spec.template.spec;
    isHardened(pod);
    expect(pod.containers[0].env).toEqual([
      { name: 'TOKEN', value: { [runtime.specialSigKey]: runtime.specialSecretSig, value: 'hidden' } },
      { name: 'URL', value: 'plain' },
      { name: 'LATER', value: unknown },
    ]);
  });

  it('says nothing of what has no pods', async () => {
    const props = { data: {} };
    expect(
      await hardenTransform(options)({ type: 'kubernetes:core/v1:ConfigMap', name: 'a', props, opts: {} }),
    ).toBeUndefined();
  });
});

describe('in a program', () => {
  it('sees what is below a component: the children of charts and YAML have them as parents', async () => {
    class Chart extends ComponentResource {
      constructor() {
        super('kubernetes:helm.sh/v4:Chart', 'nginx', {}, { transformations: [harden] });
        new kubernetes.apps.v1.Deployment('nginx', deployment as kubernetes.apps.v1.DeploymentArgs, { parent: this });
      }
    }
    const found = await run(() => {
      new Chart();
      new kubernetes.yaml.ConfigGroup('group', { objs: [deployment] }, { transformations: [harden] });
    });
    const made = found.filter(({ type }) => type.endsWith(':Deployment'));
    expect(made).toHaveLength(2);
    for (const { inputs } of made) isHardened((inputs.spec as Inputs).template.spec);
  });

  const release = (name: string) => () =>
    new kubernetes.helm.v3.Release(
      name,
      { chart: 'nginx' },
      {
        transformations: [
          hardenTransformation({
            ...options,
            releases: { old: { reason: 'its hooks migrate the database', expires: '2027-01-31' } },
          }),
        ],
      },
    );

  it('refuses a Helm release, and says what to do', async () => {
    await expect(run(release('nginx'))).rejects.toThrow(
      /the Helm release nginx cannot be hardened: Helm makes its objects inside of the provider[\s\S]*use helm\.v4\.Chart[\s\S]*releases: \{ 'nginx'/,
    );
  });

  it('lets a release through that is accepted', async () => {
    expect(await run(release('old'))).toHaveLength(1);
  });

  it.each([
    [
      'a short reason',
      { reason: 'because', expires: '2027-01-31' },
      /releases\.old\.reason: the exception to the release old has no reason/,
    ],
    [
      'a day that is over',
      { reason: 'its hooks migrate the database', expires: '2026-01-31' },
      /releases\.old\.expires: the exception to the release old ended/,
    ],
  ])('accepts none for %s', (_, accepted, message) => {
    expect(() => hardenTransform({ ...options, releases: { old: accepted } })).toThrow(message);
  });

  it('is made of no options that there are not, all of them named at once', () => {
    const wrong = {
      profile: '1999.1',
      changes: 'some',
      release: {},
      version: '1.34',
      chart: undefined,
    } as unknown as HardenTransformOptions;
    expect(() => hardenTransform(wrong)).toThrow(
      'hardenTransform cannot be made:\n' +
        '  release: there is no such option; did you mean releases?\n' +
        '  version: there is no such option; take it away; there are target, profile, changes, podTemplateKinds, releases, today\n' +
        '  profile: there is no "1999.1"; use 2026.1, or leave it out\n' +
        '  changes: there is no "some"; use all or safe, or leave it out\n' +
        "  target: it is missing; give ClusterTarget.of('1.34')",
    );
    expect(() => hardenTransformation(undefined as never)).toThrow('target: it is missing');
  });

  it('is made for no target with faults', () => {
    expect(() => hardenTransform({ target: ClusterTarget.of('1.2') })).toThrow(
      /hardenTransform cannot be made:\n {2}target\.version/,
    );
  });
});
