import { isPort } from '../manifest/ports';
import { type Cidr, cidrContains, cidrFault, cidrsOverlap, parseCidr } from '../network/cidr';
import { type Cni, cnis } from './cni';
import { type Distribution, distributionNames, distributions } from './distribution';
import type { ClusterDns, ClusterDnsKind } from './dns';
import { meshPlugins } from './mesh-plugin';
import { type NodeOs, nodeCapabilities } from './node-capabilities';
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

const systems: readonly NodeOs[] = ['linux', 'windows', 'mixed'];

/** Everything that is wrong with a declared target. */
export function targetFaults(version: string, options: ClusterTargetOptions): readonly TargetFault[] {
  return [
    ...versionFaults(version),
    ...distributionFaults(options),
    ...nodeFaults(options),
    ...dnsFaults(options),
    ...cniFaults(options),
    ...meshPluginFaults(options),
    ...addressFaults(options),
  ];
}

/** The distribution that was declared, `generic` where none is or where it is not known. */
export function distributionOf({ distribution = 'generic' }: ClusterTargetOptions): Distribution {
  return Object.hasOwn(distributions, distribution) ? distribution : 'generic';
}

/** The network plugin that was declared, the distribution's where none is, `unknown` where it is not known. */
export function cniOf(options: ClusterTargetOptions): Cni {
  const { cni = distributions[distributionOf(options)].cni } = options;
  return Object.hasOwn(cnis, cni) ? cni : 'unknown';
}

function versionFaults(version: string): readonly TargetFault[] {
  if (parseKubernetesVersion(version)) return [];
  return [
    {
      property: 'version',
      value: version,
      message: `the toolkit knows no Kubernetes version ${JSON.stringify(version)}`,
      remedy: `use one of ${kubernetesVersions.join(', ')}; ${nearestKubernetesVersion(version)} is nearest`,
    },
  ];
}

function distributionFaults({ distribution }: ClusterTargetOptions): readonly TargetFault[] {
  if (distribution === undefined || Object.hasOwn(distributions, distribution)) return [];
  return [unknownName('distribution', distribution, distributionNames)];
}

function nodeFaults({ nodes }: ClusterTargetOptions): readonly TargetFault[] {
  if (!nodes) return [];
  const faults: TargetFault[] = [];
  if (nodes.os !== undefined && !systems.includes(nodes.os)) faults.push(unknownName('nodes.os', nodes.os, systems));
  for (const capability of nodeCapabilities) {
    const value = nodes[capability];
    if (value !== undefined && ![true, false, 'yes', 'no', 'unknown'].includes(value)) {
      faults.push(unknownName(`nodes.${capability}`, value, ['yes', 'no', 'unknown']));
    } else if (nodes.os === 'windows' && (value === true || value === 'yes')) {
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
  const distribution = distributionOf(options);
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
    if (ipBlock) faults.push(...cidrFaults(`${property}.peers[${i}].ipBlock.cidr`, [ipBlock.cidr], false));
  });
  ports.forEach(({ port }, i) => {
    if (typeof port === 'number') faults.push(...portFaults(`${property}.ports[${i}].port`, port));
  });
  return faults;
}

function cniFaults(options: ClusterTargetOptions): readonly TargetFault[] {
  const { cni } = options;
  if (cni === undefined) return [];
  if (!Object.hasOwn(cnis, cni)) return [unknownName('cni', cni, Object.keys(cnis))];
  const distribution = distributionOf(options);
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

function meshPluginFaults({ meshPlugin }: ClusterTargetOptions): readonly TargetFault[] {
  if (meshPlugin === undefined || meshPlugins.includes(meshPlugin)) return [];
  return [unknownName('meshPlugin', meshPlugin, meshPlugins)];
}

function addressFaults({ apiServer, podCidrs = [], serviceCidrs = [] }: ClusterTargetOptions): readonly TargetFault[] {
  const faults = [
    ...cidrFaults('podCidrs', podCidrs),
    ...cidrFaults('serviceCidrs', serviceCidrs),
    ...cidrFaults('apiServer.cidrs', apiServer?.cidrs ?? []),
    ...(apiServer?.port === undefined ? [] : portFaults('apiServer.port', apiServer.port)),
  ];
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

function cidrFaults(property: string, texts: readonly string[], indexed = true): readonly TargetFault[] {
  return texts.flatMap((text, i) => {
    const fault = cidrFault(text);
    return fault ? [{ property: indexed ? `${property}[${i}]` : property, value: text, ...fault }] : [];
  });
}

function portFaults(property: string, port: number): readonly TargetFault[] {
  if (isPort(port)) return [];
  return [{ property, value: port, message: `${port} is no port`, remedy: 'name a whole number from 1 to 65535' }];
}

function emptyList(property: string, thing: string): TargetFault {
  return {
    property,
    value: [],
    message: `it is empty, which a NetworkPolicy takes for every ${thing}`,
    remedy: `name each ${thing}`,
  };
}

function unknownName(property: string, value: unknown, known: readonly string[]): TargetFault {
  return {
    property,
    value,
    message: `${JSON.stringify(value)} is not known`,
    remedy: `use one of ${known.join(', ')}`,
  };
}

function valid(texts: readonly string[]): readonly Cidr[] {
  return texts.flatMap((text) => (typeof text === 'string' ? (parseCidr(text) ?? []) : []));
}

/** One DNS or several, as a list. */
export function dnsList(dns: ClusterDns | readonly ClusterDns[]): readonly ClusterDns[] {
  return 'kind' in dns ? [dns] : dns;
}
