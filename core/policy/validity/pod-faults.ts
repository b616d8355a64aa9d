import { containersOf, type PodTemplate } from '../../manifest/pod-template';
import { containerFaults, containerNameFaults } from './container-faults';
import { contradictionFaults } from './contradiction-faults';
import type { PodFault } from './fault';
import { platformFaults } from './platform-faults';
import { schedulingFaults } from './scheduling-faults';
import { annotationFaults, securityFaults } from './security-faults';
import { mountFaults, volumeFaults, volumesOf } from './volume-faults';

/**
 * What the API server refuses in a pod although each field by itself is well formed: two sources of one volume, a mount of a volume
 * that is not there, Linux settings of a Windows pod. The props of our constructs lead to none of it; patches do.
 *
 * @param claimed the volumes that a StatefulSet adds to its pods
 * @see the validation of Pods in Kubernetes, pkg/apis/core/validation/validation.go
 */
export function podFaults(
  { metadata, spec }: Pick<PodTemplate, 'metadata' | 'spec'>,
  claimed: readonly string[] = [],
): readonly PodFault[] {
  const containers = containersOf(spec);
  const volumes = volumesOf(spec, claimed);
  return [
    ...containerNameFaults(containers),
    ...containers.flatMap((found) => {
      const at = ['spec', ...found.path];
      return [...containerFaults(found, at, spec), ...mountFaults(found.container, at, volumes, spec.hostUsers)];
    }),
    ...volumeFaults(spec),
    ...securityFaults(spec, containers),
    ...annotationFaults(metadata, spec, containers),
    ...platformFaults(spec, containers),
    ...contradictionFaults(spec, containers),
    ...schedulingFaults(spec),
  ];
}
