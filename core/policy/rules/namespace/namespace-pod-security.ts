import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { isAbsent, NONE } from '../support';

const prefix = 'pod-security.kubernetes.io';

/** Each mode, with what it does where it is not `restricted`. */
const modes = [
  {
    mode: 'enforce',
    label: `${prefix}/enforce`,
    version: `${prefix}/enforce-version`,
    lax: 'pods that break it are let in',
  },
  {
    mode: 'audit',
    label: `${prefix}/audit`,
    version: `${prefix}/audit-version`,
    lax: 'the audit log does not show who breaks it',
  },
  { mode: 'warn', label: `${prefix}/warn`, version: `${prefix}/warn-version`, lax: 'nobody is told on applying' },
] as const;

const pinned = /^v1\.\d{1,3}$/;

export const namespacePodSecurity = {
  id: 'namespace-pod-security',
  subject: 'object',
  kinds: ['/Namespace'],
  title: 'Every namespace enforces the restricted standard, of a fixed version',
  severity: 'error',
  why:
    'Without the enforce label every pod is let in: whoever may create a pod in the namespace (a stolen pipeline token is enough) starts a privileged one ' +
    'and owns the node. With latest, an upgrade of the cluster changes the rules under running workloads.',
  fix: `Label the namespace ${prefix}/enforce, /audit and /warn: restricted, and their -version: v1.<minor>.`,
  check: ({ metadata }, { target }) => {
    const labels = metadata?.labels;
    let found: Violation[] | undefined;
    for (const { mode, label, version, lax } of modes) {
      const level = labels?.[label];
      if (level !== 'restricted') {
        found ??= [];
        found.push({
          path: ['metadata', 'labels', label],
          value: level ?? undefined,
          message: `the namespace ${isAbsent(level) ? `does not ${mode} a Pod Security Standard` : `sets ${mode} to ${level}`}: ${lax}`,
          remedy: `label it ${label}: restricted`,
        });
      }
      const pin = labels?.[version];
      if (pin === target.podSecurityVersion) continue;
      found ??= [];
      found.push({
        path: ['metadata', 'labels', version],
        value: pin ?? undefined,
        message:
          !isAbsent(pin) && pinned.test(pin)
            ? `the namespace would ${mode} the standard as it was in ${pin}, not that of the target`
            : `the namespace pins no version of the standard to ${mode}${isAbsent(pin) ? '' : ` (${pin})`}: an upgrade of the cluster changes it`,
        remedy: `label it ${version}: ${target.podSecurityVersion}`,
      });
    }
    return found ?? NONE;
  },
} as const satisfies ObjectRule;
