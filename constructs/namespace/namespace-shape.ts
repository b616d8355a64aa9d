import { anything, list, map, number, record, required, type Shapes, text } from '../app/shape';
import { bytes, cpu } from '../workload/amount-shapes';
import type { LockedNamespaceProps, NamespaceLimits, NamespaceQuota } from './locked-namespace';
import type { NamespaceScopeProps } from './namespace-scope';
import type { PersonaGroups } from './personas';

/** The shapes of the props of every namespace. */
export const namespaceShapes: Shapes<NamespaceScopeProps> = {
  name: text,
  // Reported where labels and exceptions are checked.
  labels: map(anything),
  exceptions: anything,
};

const quotaShapes: Shapes<NamespaceQuota> = {
  pods: number,
  cpu,
  memory: bytes,
  ephemeralStorage: bytes,
  storage: bytes,
  loadBalancers: number,
  nodePorts: number,
  daemonSetPods: number,
};

const limitShapes: Shapes<NamespaceLimits> = { maxMemory: bytes, defaultCpu: cpu, defaultMemory: bytes };

const groupShapes: Shapes<PersonaGroups> = {
  viewers: list(text),
  developers: list(text),
  operators: list(text),
  admins: list(text),
};

/** The shapes of the props of a LockedNamespace. */
export const lockedNamespaceShapes: Shapes<LockedNamespaceProps> = {
  ...namespaceShapes,
  owner: required(text, "'team-shop'", 'nobody'),
  contact: text,
  podSecurity: text,
  quota: record(quotaShapes),
  limits: record(limitShapes),
  access: record(groupShapes),
};
