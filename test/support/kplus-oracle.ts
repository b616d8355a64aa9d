import { App, Chart, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { kplusContainers, networkPolicyPeerConfig, podSelectorConfig, scalingTarget } from '../../constructs/kplus';
import type { Container, PodSpec } from '../../core/manifest/pod';

/** A chart to declare cdk8s-plus values in. */
export function testChart(namespace?: string): Chart {
  // Testing.app() would leave a folder behind, each time.
  return new Chart(new App(), 'test', { namespace });
}

/** The value, known only at synthesis. */
export function lazily<T>(value: T): T {
  return Lazy.any({ produce: () => value }) as T;
}

/** What cdk8s-plus-28 itself writes for a container: the pod of a Deployment that has it, from `Testing.synth`. */
export function renderedPod(
  chart: Chart,
  container: Partial<kplus.ContainerProps>,
): PodSpec & { container: Container } {
  new kplus.Deployment(chart, 'oracle', { containers: [{ name: 'main', image: 'image', ...container }] });
  const { spec } = objects(chart, 'Deployment')[0].spec.template;
  return { ...spec, container: spec.containers[0] };
}

/** The objects of a kind that the chart synthesizes. */
// biome-ignore lint/suspicious/noExplicitAny: synthesized objects are read as they come
export function objects(chart: Chart, kind: string): any[] {
  return Testing.synth(chart).filter((object) => object.kind === kind);
}

/** The least that is a workload to cdk8s-plus: a construct without any cdk8s-plus class in it. */
export class RawWorkload extends Construct implements kplus.IPodSelector, kplus.INetworkPolicyPeer, kplus.IScalable {
  hasAutoscaler = false;
  replicas: number | undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly labels: Readonly<Record<string, string>>,
    readonly raw: readonly Container[] = [],
    readonly namespace = Chart.of(scope).namespace,
  ) {
    super(scope, id);
  }

  markHasAutoscaler(): void {
    this.hasAutoscaler = true;
  }

  toScalingTarget(): kplus.ScalingTarget {
    const { id } = this.node;
    return scalingTarget({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      name: id,
      containers: this.raw,
      replicas: this.replicas,
    });
  }

  toPodSelectorConfig(): kplus.PodSelectorConfig {
    return podSelectorConfig(this.labels, this.namespace);
  }

  toNetworkPolicyPeerConfig(): kplus.NetworkPolicyPeerConfig {
    return networkPolicyPeerConfig(this.labels, this.namespace);
  }

  toPodSelector(): kplus.IPodSelector {
    return this;
  }
}

/** A workload that also shows its containers, as cdk8s-plus' own do. */
export class RawWorkloadWithContainers extends RawWorkload {
  get containers(): kplus.Container[] {
    return kplusContainers(this.raw);
  }
}
