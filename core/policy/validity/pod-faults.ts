import type { PodContainer, PodTemplate } from '../../manifest/pod-template';
import { containerFaults, containerNameFaults } from './container-faults';
import { contradictionFaults, contradictionsIn } from './contradiction-faults';
import type { PodFault } from './fault';
import { hostFaults } from './host-faults';
import { platformFaults } from './platform-faults';
import { schedulingFaults } from './scheduling-faults';
import { annotationFaults, securityFaults } from './security-faults';
import { spreadFaults } from './spread-faults';
import { mountFaults, volumeFaults } from './volume-faults';

/**
 * What the API server refuses in a pod although each field by itself is well formed: two sources of one volume, a mount of a volume
 * that is not there, Linux settings of a Windows pod. The props of our constructs lead to little of it; patches do.
 *
 * @param containers those of the spec
 * @param claimed the volumes that a StatefulSet adds to its pods
 * @see the validation of Pods in Kubernetes, pkg/apis/core/validation/validation.go
 */
export function podFaults(
  { metadata, spec }: Pick<PodTemplate, 'metadata' | 'spec'>,
  containers: readonly PodContainer[],
  claimed: readonly string[],
): readonly PodFault[] {
  const faults: PodFault[] = [];
  containerNameFaults(faults, containers);
  containers.forEach((found) => {
    const at = ['spec', ...found.path];
    containerFaults(faults, found, at, spec);
    mountFaults(faults, found.container, at, spec, claimed);
    contradictionsIn(faults, found, at, spec);
  });
  volumeFaults(faults, spec);
  securityFaults(faults, spec, containers);
  annotationFaults(faults, metadata, spec, containers);
  platformFaults(faults, spec, containers);
  contradictionFaults(faults, spec, containers);
  schedulingFaults(faults, spec);
  spreadFaults(faults, spec);
  hostFaults(faults, spec);
  return faults;
}
