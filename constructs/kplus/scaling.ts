import { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Container, ContainerPort, ResourceRequirements } from '../../core/manifest/pod';
import { Quantity } from '../../core/manifest/quantity';
import { loadKplus } from './load';

/** A workload that can be scaled, as plain data. */
export interface ScalableWorkload {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly containers: readonly Container[];
  /** A fixed number of pods, which cdk8s-plus' autoscaler refuses. @default - none */
  readonly replicas?: number;
}

/** What a workload's `toScalingTarget()` returns for cdk8s-plus' HorizontalPodAutoscaler. */
export function scalingTarget(workload: ScalableWorkload): kplus.ScalingTarget {
  const { kind, apiVersion, name, containers, replicas } = workload;
  return {
    kind,
    apiVersion,
    name,
    containers: kplusContainers(containers),
    ...(replicas !== undefined && { replicas }),
  };
}

/**
 * Containers as cdk8s-plus reads them off a workload: name, image, ports, CPU and memory. Its HorizontalPodAutoscaler looks for
 * resources and its metrics take a container's name; its `connections.allowTo()` opens the ports of the peer's `containers`,
 * as TCP, or every port where there are none.
 */
export function kplusContainers(containers: readonly Container[]): kplus.Container[] {
  return containers.map(
    ({ name, image = '', ports = [], resources = {} }) =>
      new (loadKplus().Container)({ name, image, ports: convertPorts(ports), resources: convertResources(resources) }),
  );
}

/** Each port once: cdk8s-plus throws for two of a number or a name, which ours reports at synthesis. */
function convertPorts(ports: readonly ContainerPort[]): kplus.ContainerPort[] {
  const numbers = new Map(ports.map((port) => [`${port.containerPort}/${port.protocol ?? 'TCP'}`, port]));
  const names = new Set<string>();
  return [...numbers.values()].map(({ containerPort, protocol, name }) => {
    const named = name !== undefined && !names.has(name) && { name };
    if (name !== undefined) names.add(name);
    return { number: containerPort, ...named, ...(protocol && { protocol: protocol as kplus.Protocol }) };
  });
}

function convertResources({ requests, limits }: ResourceRequirements): kplus.ContainerResources {
  return {
    cpu: { request: cpu(requests?.cpu), limit: cpu(limits?.cpu) },
    memory: { request: size(requests?.memory), limit: size(limits?.memory) },
  };
}

/** Undefined for what is no quantity: the rules refuse that where it stands. */
function cpu(amount: string | number | undefined): kplus.Cpu | undefined {
  if (Quantity.tryParse(amount) === undefined) return undefined;
  return Object.assign(loadKplus().Cpu.units(0), { amount: String(amount) });
}

function size(amount: string | number | undefined) {
  const bytes = Quantity.tryParse(amount)?.toNumber();
  return bytes === undefined || bytes < 0 ? undefined : Size.kibibytes(bytes / 1024);
}
