import type { PodRule } from '../../rule';
import { describe, eachSecurityContext, violation } from '../support';

export const windowsHostProcess = {
  id: 'windows-host-process',
  subject: 'pod',
  title: 'No Windows container is a process of its node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'A HostProcess container runs on the Windows node itself, as one of its accounts, with its files and network: ' +
    'taking it over is taking over the node.',
  fix: 'Leave windowsOptions.hostProcess out.',
  check: eachSecurityContext((securityContext, place) =>
    securityContext.windowsOptions?.hostProcess === true
      ? violation(place, ['securityContext', 'windowsOptions', 'hostProcess'], {
          value: true,
          message: `${describe(place)} runs as a process of its Windows node`,
          remedy: 'leave hostProcess out, or set it to false',
        })
      : undefined,
  ),
} as const satisfies PodRule;
