import { inSecurityContexts } from '../../clause';
import { podRule } from '../../define';
import { is, text } from '../../expression/operators';

export const windowsHostProcess = podRule({
  id: 'windows-host-process',
  title: 'No Windows container is a process of its node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'A HostProcess container runs on the Windows node itself, as one of its accounts, with its files and network: ' +
    'taking it over is taking over the node.',
  fix: 'Leave windowsOptions.hostProcess out.',
  clauses: [
    ...inSecurityContexts({
      when: ({ windowsOptions }) => is(windowsOptions.hostProcess, true),
      at: ({ windowsOptions }) => windowsOptions.hostProcess,
      message: (_context, owner) => text`${owner} runs as a process of its Windows node`,
      remedy: 'leave hostProcess out, or set it to false',
      fix: 'remove',
    }),
  ],
});
