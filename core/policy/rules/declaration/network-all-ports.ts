import type { DeclaredRule } from '../../rule';

export const networkAllPorts = {
  id: 'network-all-ports',
  subject: 'declaration',
  title: 'No other construct opens every port of a workload',
  severity: 'error',
  why:
    'A NetworkPolicy of another construct (connections of cdk8s-plus, for one) that names no port opens debug, ' +
    'metrics and admin ports of the workload too; policies add up, so the own policy of the workload does not ' +
    'close them again. It can be waived, since the workload may serve all its ports to that peer.',
  fix: 'Use connectTo() or exposeTo(), which open the one port that is meant, or name the ports in the policy.',
} as const satisfies DeclaredRule;
