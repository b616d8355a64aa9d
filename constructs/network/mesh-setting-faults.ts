import { isDnsLabel, isDnsSubdomain, Quantity } from '../../core/manifest';
import type { Mesh } from '../../core/network/mesh';
import type { DeclarationFault } from '../app/declaration';
import type { MutualTlsProps } from './mutual-tls';

/** What is wrong with the props by themselves. */
export function meshSettingFaults(props: MutualTlsProps, mesh: Mesh): readonly DeclarationFault[] {
  const { trustDomain, controlPlaneNamespace, revision, proxy, metricsFrom } = props;
  const faults: DeclarationFault[] = [];
  const fault = (property: string, value: unknown, message: string, remedy: string) =>
    faults.push({ rule: 'prop-valid', property, value, message, remedy });
  if (trustDomain !== undefined && !isDnsSubdomain(trustDomain))
    fault('trustDomain', trustDomain, 'it is no trust domain', "write it as the mesh has it: 'cluster.local'");
  if (controlPlaneNamespace !== undefined && !isDnsLabel(controlPlaneNamespace))
    fault(
      'controlPlaneNamespace',
      controlPlaneNamespace,
      'it is no name of a namespace',
      'write it as kubectl shows it',
    );
  if (revision !== undefined && props.mesh !== 'istio')
    fault('revision', revision, `${mesh.title} takes none here`, "leave it out, or use mesh: 'istio'");
  else if (revision !== undefined && !isDnsLabel(revision))
    fault('revision', revision, 'it is no name of a revision', "write it as istiod's label istio.io/rev has it");
  for (const [name, amount] of Object.entries(proxy ?? {}))
    if (amount !== undefined && Quantity.tryParse(amount)?.isPositive !== true)
      fault(`proxy.${name}`, amount, `${amount} is no quantity that a proxy can run with`, 'write it as 100m or 256Mi');
  if (mesh.metricsPort !== undefined) return faults;
  const none = 'its pods have no proxy of their own';
  if (proxy !== undefined) fault('proxy', proxy, none, 'leave it out: ztunnel is given what its chart says');
  if (metricsFrom !== undefined)
    fault('metricsFrom', undefined, none, 'leave it out: ztunnel has the metrics of its node');
  return faults;
}
