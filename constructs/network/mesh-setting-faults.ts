import type { ClusterTarget } from '../../core/cluster';
import { isDnsLabel, isDnsSubdomain, Quantity } from '../../core/manifest';
import type { Mesh, MeshName } from '../../core/network/mesh';
import type { DeclarationFault } from '../app/declaration';
import type { NamespaceScope } from '../namespace/namespace-scope';
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

/** What the cluster lacks for a proxy in each pod. */
export function meshTargetFaults(
  name: MeshName,
  { plugin, title }: Mesh,
  target: ClusterTarget,
  namespaces: readonly NamespaceScope[],
): readonly DeclarationFault[] {
  if (plugin === undefined) return [];
  const sidecars = target.supports('sidecarContainers');
  const old: readonly DeclarationFault[] = sidecars.supported
    ? []
    : [
        {
          rule: 'target-api',
          property: 'target.version',
          value: target.version,
          message: `the proxy of ${title} would not end with a Job, nor be there for init containers: ${sidecars.reason}`,
          remedy: "use Kubernetes 1.29 or newer, or mesh: 'istio-ambient'",
        },
      ];
  const closed = namespaces.filter((each) => podSecurityOf(each) !== 'privileged');
  if (closed.length === 0 || target.meshPlugin === plugin) return old;
  const names = closed.map(({ namespaceName }) => namespaceName).join(', ');
  return [
    ...old,
    {
      rule: 'mesh-plugin',
      property: 'target.meshPlugin',
      ...(target.meshPlugin !== undefined && { value: target.meshPlugin }),
      message: `${title} would put a container with NET_ADMIN into each pod, which ${names} refuses`,
      remedy: `install its CNI plugin and declare it: ClusterTarget.of('${target.version}', { meshPlugin: '${plugin}' })${name === 'istio' ? ", or use mesh: 'istio-ambient'" : ''}`,
    },
  ];
}

function podSecurityOf(scope: NamespaceScope): unknown {
  return (scope as { readonly podSecurity?: string }).podSecurity;
}
