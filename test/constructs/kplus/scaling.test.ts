import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { kplusContainers, scalingTarget } from '../../../constructs/kplus';
import type { Container } from '../../../core/manifest/pod';
import { objects, RawWorkload, testChart } from '../../support/kplus-oracle';

const main: Container = {
  name: 'main',
  image: 'registry.example/web@sha256:0',
  ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
  resources: { requests: { cpu: '250m', memory: '128Mi' }, limits: { memory: '128Mi' } },
};

function autoscaled(containers: readonly Container[], props: Partial<kplus.HorizontalPodAutoscalerProps> = {}) {
  const chart = testChart('shop');
  const target = new RawWorkload(chart, 'web', { app: 'web' }, containers);
  new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target, maxReplicas: 5, ...props });
  return { chart, target };
}

/** What the constructs of a chart find wrong, as cdk8s asks before it synthesizes. */
const faults = (chart: Chart) => chart.node.findAll().flatMap((construct) => construct.node.validate());

describe('scalingTarget', () => {
  it("is what cdk8s-plus' autoscaler scales", () => {
    const { chart, target } = autoscaled([main]);
    expect(faults(chart)).toEqual([]);
    expect(target.hasAutoscaler).toBe(true);
    const [{ spec }] = objects(chart, 'HorizontalPodAutoscaler');
    expect(spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' });
    expect(spec).toMatchObject({ minReplicas: 1, maxReplicas: 5 });
  });

  it("gives its containers to cdk8s-plus' metrics", () => {
    const [container] = scalingTarget({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      name: 'web',
      containers: [main],
    }).containers;
    const metrics = [
      kplus.Metric.containerCpu({ container: container!, target: kplus.MetricTarget.averageUtilization(70) }),
    ];
    const { chart } = autoscaled([main], { metrics });
    expect(objects(chart, 'HorizontalPodAutoscaler')[0].spec.metrics[0].containerResource).toMatchObject({
      container: 'main',
      name: 'cpu',
    });
  });

  it('carries a fixed number of replicas over, for cdk8s-plus to refuse', () => {
    const { chart, target } = autoscaled([main]);
    target.replicas = 2;
    expect(faults(chart)).toEqual(['HorizontalPodAutoscaler target cannot have a fixed number of replicas (2).']);
  });

  it.each<[string, Container['resources'], boolean]>([
    ['nothing', undefined, false],
    ['local disk alone', { requests: { 'ephemeral-storage': '1Gi' } }, false],
    ['a CPU request', { requests: { cpu: 2 } }, true],
    ['a CPU limit', { limits: { cpu: '500m' } }, true],
    ['a memory request', { requests: { memory: '1G' } }, true],
    ['a memory limit', { limits: { memory: '1Gi' } }, true],
  ])('a container with %s', (_, resources, scalable) => {
    const found = faults(autoscaled([{ ...main, resources }]).chart);
    expect(found).toEqual(scalable ? [] : [expect.stringContaining('CPU or memory resource constraint')]);
  });
});

describe('kplusContainers', () => {
  it('are cdk8s-plus Containers that write the same resources and ports', () => {
    const amount = fc.option(fc.nat({ max: 9_999 }), { nil: undefined });
    const resources = fc
      .record({ cpuRequest: amount, cpuLimit: amount, memoryRequest: amount, memoryLimit: amount })
      .map(({ cpuRequest, cpuLimit, memoryRequest, memoryLimit }) => ({
        ...((cpuRequest ?? memoryRequest) !== undefined && {
          requests: {
            ...(cpuRequest !== undefined && { cpu: `${cpuRequest}m` }),
            ...(memoryRequest !== undefined && { memory: `${memoryRequest}Mi` }),
          },
        }),
        ...((cpuLimit ?? memoryLimit) !== undefined && {
          limits: {
            ...(cpuLimit !== undefined && { cpu: `${cpuLimit}m` }),
            ...(memoryLimit !== undefined && { memory: `${memoryLimit}Mi` }),
          },
        }),
      }));
    fc.assert(
      fc.property(resources, (given) => {
        const chart = testChart();
        const deployment = new kplus.Deployment(chart, 'deployment', { containers: [{ image: 'image' }] });
        deployment.attachContainer(kplusContainers([{ ...main, resources: given }])[0]!);
        const written = objects(chart, 'Deployment')[0].spec.template.spec.containers[1];
        expect(written).toMatchObject({ name: main.name, image: main.image, ports: main.ports });
        expect(written.resources ?? {}).toEqual(given);
      }),
    );
  });

  it('have no resources that nobody asked for, unlike cdk8s-plus Containers', () => {
    expect(new kplus.Container({ image: 'image' }).resources?.cpu?.request?.amount).toBe('1000m');
    expect(kplusContainers([{ name: 'main' }])[0]!.resources).toEqual({ cpu: {}, memory: {} });
  });

  it('leave out what is no quantity, for the rules to refuse where it stands', () => {
    const resources = { requests: { cpu: 'much', memory: '-1Mi' } };
    expect(kplusContainers([{ ...main, resources }])[0]!.resources).toEqual({ cpu: {}, memory: {} });
  });

  it('have each port and each port name once, where cdk8s-plus throws', () => {
    const ports: Container['ports'] = [
      { containerPort: 80, name: 'web' },
      { containerPort: 80, name: 'web' },
      { containerPort: 81, name: 'web' },
      { containerPort: 81, protocol: 'UDP', name: 'dns' },
    ];
    expect(kplusContainers([{ ...main, ports }])[0]!.ports).toEqual([
      { number: 80, name: 'web' },
      { number: 81 },
      { number: 81, protocol: 'UDP', name: 'dns' },
    ]);
  });
});
