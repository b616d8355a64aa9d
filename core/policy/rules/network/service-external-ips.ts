import { objects } from '../../clause';
import { objectRule } from '../../define';
import { isFilled } from '../../expression/operators';
import type { Service } from './support';

export const serviceExternalIps = objectRule({
  id: 'service-external-ips',
  kinds: ['/Service'],
  title: 'No Service takes external addresses for itself',
  severity: 'error',
  why:
    'Nobody checks that an external IP belongs to who writes it down: a user of a namespace takes the traffic that others send to that ' +
    'address, and reads or answers it (CVE-2020-8554). CIS Kubernetes Benchmark 1.2.3 has the API server refuse them.',
  fix: 'Leave externalIPs out; use a load balancer controller that owns its addresses.',
  clauses: [
    objects<Service>().violation({
      when: ({ spec }) => isFilled(spec.externalIPs),
      at: ({ spec }) => spec.externalIPs,
      message: 'the Service takes traffic for external addresses, whoever they belong to (CVE-2020-8554)',
      remedy: 'leave externalIPs out; use a load balancer controller that owns its addresses',
      fix: 'remove',
    }),
  ],
});
