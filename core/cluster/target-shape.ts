import type { LabelSelector } from '../manifest/pod-common';
import { cidrFault } from '../network/cidr';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../network/peer';
import {
  hasKeys,
  isPrintable,
  judged,
  list,
  map,
  number,
  record,
  required,
  type Shape,
  type Shapes,
  show,
  text,
  value,
} from '../shape';
import type { ApiServerOptions } from './api-server';
import { cnis } from './cni';
import { distributionNames } from './distribution';
import { type ClusterDns, clusterDnsKinds } from './dns';
import { meshPlugins } from './mesh-plugin';
import { type NodeOs, type NodesOptions, nodeCapabilities } from './node-capabilities';
import type { ClusterTargetOptions } from './target';
import { portFault, type TargetFault } from './target-faults';

const systems: readonly NodeOs[] = ['linux', 'windows', 'mixed'];

/**
 * One of the names that there are.
 * @param standIn what is used in place of any other. @default - as if it were left out
 */
function oneOf(names: readonly string[], { also = [], standIn }: OneOfOptions = {}): Shape {
  return {
    what: `one of ${names.join(', ')}`,
    take: (given, path, report) => {
      if (names.includes(given as string) || also.includes(given)) return given;
      report(path, given, `${show(given)} is not known`, `use one of ${names.join(', ')}`);
      return standIn;
    },
  };
}

interface OneOfOptions {
  /** Other values that are taken. */
  readonly also?: readonly unknown[];
  readonly standIn?: string;
}

/** An object in which null is not the same as nothing: whoever looked a fact up and found none has not left it out. */
function facts(shapes: Readonly<Record<string, Shape>>): Shape {
  const all = record(shapes);
  return {
    ...all,
    take: (given, path, report) => {
      const taken = all.take(given, path, report);
      if (taken === undefined) return undefined;
      for (const [name, shape] of Object.entries(shapes)) {
        if ((given as Readonly<Record<string, unknown>>)[name] !== null || shape.required) continue;
        report(
          path === '' ? name : `${path}.${name}`,
          null,
          `null is not ${shape.what}`,
          `leave ${name} out, or give ${shape.what}`,
        );
      }
      return taken;
    },
  };
}

/** What is used as a whole, or not at all: half of an opening is another one. */
function allOf(shape: Shape): Shape {
  return {
    ...shape,
    take: (given, path, report) => {
      let isSound = true;
      const taken = shape.take(given, path, (...fault) => {
        isSound = false;
        report(...fault);
      });
      return isSound ? taken : undefined;
    },
  };
}

const selectorShapes: Shapes<LabelSelector> = {
  matchLabels: map(text),
  matchExpressions: list(
    record({ key: required(text, "'app'"), operator: required(text, "'Exists'"), values: list(text) }),
  ),
};
const selector = facts(selectorShapes);
const blockShapes: Shapes<NonNullable<NetworkPolicyPeer['ipBlock']>> = {
  cidr: required(text, "'10.0.0.10/32'"),
  except: list(text),
};
const peerShapes: Shapes<NetworkPolicyPeer> = {
  podSelector: selector,
  namespaceSelector: selector,
  ipBlock: facts(blockShapes),
};
const portShapes: Shapes<NetworkPolicyPort> = {
  protocol: oneOf(['TCP', 'UDP', 'SCTP']),
  port: value('a number or a name', (given) => typeof given === 'number' || typeof given === 'string'),
  endPort: number,
};
const dnsShapes: Shapes<ClusterDns> = {
  kind: required(oneOf(clusterDnsKinds), "'custom'"),
  peers: required(list(facts(peerShapes)), "[{ ipBlock: { cidr: '10.0.0.10/32' } }]"),
  ports: required(list(facts(portShapes)), "[{ protocol: 'UDP', port: 53 }]"),
};
const dnsRecord = facts(dnsShapes);
const dnsRemedy = 'make one: ClusterDns.kubeDns(), or ClusterDns.custom({ peers, ports })';
const dns: Shape = {
  what: 'a ClusterDns',
  take: (given, path, report) => {
    if (hasKeys(given) && 'kind' in given) return dnsRecord.take(given, path, report);
    report(path, given, `${show(given)} is no ClusterDns`, dnsRemedy);
    return undefined;
  },
};
const dnsList = list(dns);
const dnsOrList: Shape = {
  what: 'a ClusterDns or a list of them',
  take: (given, path, report) => (Array.isArray(given) ? dnsList : dns).take(given, path, report),
};

const cidrs = list(judged('a CIDR', cidrFault));

const apiServerShapes: Shapes<ApiServerOptions> = { cidrs, port: judged('a port', portFault) };

const capability = oneOf(['yes', 'no', 'unknown'], { also: [true, false], standIn: 'unknown' });
const nodeShapes = {
  ...Object.fromEntries(nodeCapabilities.map((name) => [name, capability])),
  os: oneOf(systems),
} as Shapes<NodesOptions>;

const targetShapes: Shapes<ClusterTargetOptions> = {
  distribution: oneOf(distributionNames, { standIn: 'generic' }),
  nodes: facts(nodeShapes),
  dns: allOf(dnsOrList),
  apiServer: facts(apiServerShapes),
  cni: oneOf(Object.keys(cnis), { standIn: 'unknown' }),
  meshPlugin: oneOf(meshPlugins),
  podCidrs: cidrs,
  serviceCidrs: cidrs,
};
const options = facts(targetShapes);

/** The options of a target without what cannot be used of them, and what that is. */
export function takeTargetOptions(given: unknown): {
  readonly options: ClusterTargetOptions;
  readonly faults: readonly TargetFault[];
} {
  const faults: TargetFault[] = [];
  const taken = options.take(given, '', (path, wrong, message, remedy) => {
    const shown = isPrintable(wrong) ? wrong : undefined;
    faults.push({ property: path === '' ? 'options' : path, value: shown, message, remedy });
  });
  return { options: (taken ?? {}) as ClusterTargetOptions, faults };
}
