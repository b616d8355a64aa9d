import { inSecurityContexts } from '../../clause';
import { podRule } from '../../define';
import { is, lowerCase, matches, text } from '../../expression/operators';
import { isRelaxedByUserNamespace } from '../pod-conditions';

/**
 * What administrates a Windows container, whatever domain stands before it. The kubelet refuses the first of them alone, and in this spelling, where
 * `runAsNonRoot` is set.
 * @see https://kubernetes.io/docs/concepts/security/windows-security/
 */
const administrator = /(?:^|\\)(?:containeradministrator|administrator|system)$/;

/** Stricter than the restricted standard, which allows root in a user namespace from 1.35 on. */
export const runAsUser = podRule({
  id: 'run-as-user',
  title: 'No container runs as user 0, or as an administrator of Windows',
  severity: 'error',
  why:
    'User 0 in a container owns every file of it and of its volumes, and is user 0 to the kernel: ' +
    'one flaw in the runtime or the kernel makes an attacker root on the node.',
  fix: 'Set runAsUser to the number of a user other than 0 that the image is made for; on Windows, runAsUserName to ContainerUser.',
  clauses: [
    ...inSecurityContexts({
      when: ({ runAsUser }) => is(runAsUser, 0),
      at: ({ runAsUser }) => runAsUser,
      message: (_context, owner) => text`${owner} runs as user 0, which is root`,
      remedy: 'set runAsUser to a number above 0, for example to 65532',
      podSecurity: 'restricted',
      relaxed: (_context, _owner, pod) => isRelaxedByUserNamespace(pod),
    }),
    ...inSecurityContexts({
      when: ({ windowsOptions }) => matches(lowerCase(windowsOptions.runAsUserName), administrator),
      at: ({ windowsOptions }) => windowsOptions.runAsUserName,
      message: (_context, owner) => text`${owner} runs as an administrator of Windows`,
      remedy: "set runAsUserName to 'ContainerUser', or to another user of the image without such rights",
    }),
  ],
});
