import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { isAbsent, NONE } from '../support';

interface ServiceSpec {
  readonly type?: string;
  readonly externalIPs?: readonly string[];
  readonly loadBalancerSourceRanges?: readonly string[];
}

const everywhere: readonly string[] = ['0.0.0.0/0', '::/0'];

function ofType({ type, loadBalancerSourceRanges: ranges }: ServiceSpec): Violation | undefined {
  const path = ['spec', 'type'];
  if (type === 'NodePort') {
    return {
      path,
      value: type,
      message: 'the Service opens a port on every node, past Ingress and Gateway',
      remedy: 'use type ClusterIP behind an Ingress or a Gateway',
    };
  }
  if (type !== 'LoadBalancer') return undefined;
  const open = isAbsent(ranges) || ranges.length === 0 || ranges.some((range) => everywhere.includes(range));
  return open
    ? {
        path,
        value: type,
        message:
          'the Service has a load balancer that any address may reach: it sets no loadBalancerSourceRanges, or the whole internet',
        remedy:
          'set loadBalancerSourceRanges to the addresses that need it, or use type ClusterIP behind an Ingress or a Gateway',
      }
    : {
        path,
        value: type,
        message: `the Service has a load balancer of its own, open to ${ranges.join(', ')}`,
        remedy: 'use type ClusterIP behind an Ingress or a Gateway, or grant an exception',
      };
}

export const serviceExposure = {
  id: 'service-exposure',
  subject: 'object',
  kinds: ['/Service'],
  title: 'No Service leaves the cluster by itself',
  severity: 'error',
  why:
    'A NodePort, a load balancer or an external IP puts the workload within reach of an attacker without the TLS, authentication and filtering of the gateway. ' +
    'External IPs also let a user of the namespace take traffic meant for another address (CVE-2020-8554).',
  fix: 'Use type ClusterIP behind an Ingress or a Gateway.',
  check: (object) => {
    const spec = object.spec as ServiceSpec | null | undefined;
    if (isAbsent(spec)) return NONE;
    const exposed = ofType(spec);
    const ips = spec.externalIPs;
    if (isAbsent(ips) || ips.length === 0) return exposed === undefined ? NONE : [exposed];
    const external: Violation = {
      path: ['spec', 'externalIPs'],
      value: ips,
      message: 'the Service takes traffic for external addresses, whoever they belong to (CVE-2020-8554)',
      remedy: 'leave externalIPs out; use a load balancer controller that owns its addresses',
    };
    return exposed === undefined ? [external] : [exposed, external];
  },
} as const satisfies ObjectRule;
