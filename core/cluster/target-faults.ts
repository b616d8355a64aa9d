import { isPort } from '../manifest/ports';
import { type Cidr, cidrContains, cidrFault, cidrsOverlap, parseCidr } from '../network/cidr';
import { isPrintable, show } from '../shape';
import { cnis } from './cni';
import { type Distribution, distributionNames, distributions } from './distribution';
import type { ClusterDns, ClusterDnsKind } from './dns';
import { nodeCapabilities } from './node-capabilities';
import type { ClusterTargetOptions } from './target';
import { kubernetesVersions, nearestKubernetesVersion, parseKubernetesVersion } from './version';

/** Something wrong with a declared target. It is reported at synthesis, with everything else that is wrong. */
export interface TargetFault {
  /** The option, such as `apiServer.port`. */
  readonly property: string;
  readonly value: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** The distributions on which each DNS can be; absent where any may have it. */
const dnsHomes: Readonly<Partial<Record<ClusterDnsKind, readonly Distribution[]>>> = {
  'kube-dns': distributionNames.filter((name) => name !== 'openshift'),
  'gke-cloud-dns': ['generic', 'gke', 'gke-autopilot'],
  openshift: ['generic', 'openshift'],
};

/** Everything that is wrong with declared options of which each has the shape that it must have. */
export function targetFaults(options: ClusterTargetOptions): readonly TargetFault[] {
  return [...nodeFaults(options), ...dnsFaults(options), ...cniFaults(options), ...addressFaults(options)];
}

/** What is wrong with a declared version. */
export function versionFaults(given: unknown, version: string): readonly TargetFault[] {
  if (parseKubernetesVersion(version)) return [];
  return [
    {
      property: 'version',
      value: isPrintable(given) ? given : undefined,
      message: `the toolkit knows no Kubernetes version ${show(given)}`,
      remedy: `use one of ${kubernetesVersions.join(', ')}; ${nearestKubernetesVersion(version)} is nearest`,
    },
  ];
}

function nodeFaults({ nodes }: ClusterTargetOptions): readonly TargetFault[] {
  if (!nodes) return [];
  const faults: TargetFault[] = [];
  for (const capability of nodeCapabilities) {
    const value = nodes[capability];
    if (nodes.os === 'windows' && (value === true || value === 'yes')) {
      faults.push({
        property: `nodes.${capability}`,
        value,
        message: 'the nodes run Windows, which has no such thing',
        remedy: `leave out nodes.${capability}, or declare os: 'mixed' if some nodes run Linux`,
      });
    }
  }
  return faults;
}

function dnsFaults(options: ClusterTargetOptions): readonly TargetFault[] {
  if (options.dns === undefined) return [];
  const { distribution = 'generic' } = options;
  const list = dnsList(options.dns);
  if (list.length === 0) {
    const remedy = "leave dns out for the distribution's own, or name one: ClusterDns.kubeDns()";
    return [{ property: 'dns', value: [], message: 'it names no DNS, so that no name can be resolved', remedy }];
  }
  const { title, dns: own } = distributions[distribution];
  return list.flatMap((dns, i) => {
    const property = Array.isArray(options.dns) ? `dns[${i}]` : 'dns';
    const homes = dnsHomes[dns.kind];
    if (homes && !homes.includes(distribution)) {
      return [
        {
          property,
          value: dns.kind,
          message: `${title} has no DNS of kind ${dns.kind}`,
          remedy: `leave dns out: ${title} has ${own.map(({ kind }) => kind).join(' or ')}`,
        },
      ];
    }
    return openingFaults(property, dns);
  });
}

function openingFaults(property: string, { peers, ports }: ClusterDns): readonly TargetFault[] {
  const faults: TargetFault[] = [];
  if (peers.length === 0) faults.push(emptyList(`${property}.peers`, 'address'));
  if (ports.length === 0) faults.push(emptyList(`${property}.ports`, 'port'));
  peers.forEach(({ ipBlock }, i) => {
    const fault = ipBlock && cidrFault(ipBlock.cidr);
    if (fault) faults.push({ property: `${property}.peers[${i}].ipBlock.cidr`, value: ipBlock.cidr, ...fault });
  });
  ports.forEach(({ port }, i) => {
    const fault = typeof port === 'number' ? portFault(port) : undefined;
    if (fault) faults.push({ property: `${property}.ports[${i}].port`, value: port, ...fault });
  });
  return faults;
}

function cniFaults({ cni, distribution = 'generic' }: ClusterTargetOptions): readonly TargetFault[] {
  if (cni === undefined) return [];
  const homes = cnis[cni].only;
  if (!homes || homes.includes(distribution)) return [];
  const message = `${distributions[distribution].title} cannot have ${cni} (only ${homes.join(', ')} can)`;
  return [
    {
      property: 'cni',
      value: cni,
      message,
      remedy: 'name the network plugin that the cluster runs, or another distribution',
    },
  ];
}

function addressFaults({ apiServer, podCidrs = [], serviceCidrs = [] }: ClusterTargetOptions): readonly TargetFault[] {
  const faults: TargetFault[] = [];
  const services = valid(serviceCidrs);
  for (const pods of valid(podCidrs)) {
    const service = services.find((other) => cidrsOverlap(pods, other));
    if (service) {
      faults.push({
        property: 'podCidrs',
        value: pods.text,
        message: `${pods.text} of the pods and ${service.text} of the Services overlap`,
        remedy: 'give each the range that the cluster was made with',
      });
    }
  }
  for (const endpoint of valid(apiServer?.cidrs ?? [])) {
    if (services.some((service) => cidrContains(service, endpoint))) {
      faults.push({
        property: 'apiServer.cidrs',
        value: endpoint.text,
        message: `${endpoint.text} is an address of Services; network policies see the endpoints behind them`,
        remedy: 'name the endpoints: kubectl get endpointslices -n default kubernetes',
      });
    }
  }
  return faults;
}

/** Why it is no port; undefined where it is one. */
export function portFault(port: unknown): Pick<TargetFault, 'message' | 'remedy'> | undefined {
  if (isPort(port)) return undefined;
  return {
    message: `${typeof port === 'number' ? port : show(port)} is no port`,
    remedy: 'name a whole number from 1 to 65535',
  };
}

function emptyList(property: string, thing: string): TargetFault {
  return {
    property,
    value: [],
    message: `it is empty, which a NetworkPolicy takes for every ${thing}`,
    remedy: `name each ${thing}`,
  };
}

function valid(texts: readonly string[]): readonly Cidr[] {
  return texts.flatMap((text) => parseCidr(text) ?? []);
}

/** One DNS or several, as a list. */
export function dnsList(dns: ClusterDns | readonly ClusterDns[]): readonly ClusterDns[] {
  return 'kind' in dns ? [dns] : dns;
}
