import type { Path } from '../../../manifest/path';
import { isMapping } from '../../../manifest/plain';
import { type InjectedContext, injectorContext, patchedContext } from '../../../secrets/vault/injected-context';
import { type Injector, injectorsOf, isFalseText, isTrueText } from '../../../secrets/vault/injector';
import type { Violation } from '../../finding';
import { NONE, type PodInObject, type PodRule, type RuleContext } from '../../rule';
import { apparmorProfile } from '../workload/apparmor-profile';
import { capabilitiesAdd } from '../workload/capabilities-add';
import { capabilitiesDropAll } from '../workload/capabilities-drop-all';
import { privilegeEscalation } from '../workload/privilege-escalation';
import { privileged } from '../workload/privileged';
import { procMount } from '../workload/proc-mount';
import { readOnlyRootFilesystem } from '../workload/read-only-root-filesystem';
import { runAsNonRoot } from '../workload/run-as-non-root';
import { runAsUser } from '../workload/run-as-user';
import { seccompProfile } from '../workload/seccomp-profile';
import { selinuxOptions } from '../workload/selinux-options';
import { windowsHostProcess } from '../workload/windows-host-process';

/** What is asked of the security context of a container that the injector adds. */
const ofContexts: readonly PodRule[] = [
  privileged,
  privilegeEscalation,
  capabilitiesAdd,
  capabilitiesDropAll,
  runAsNonRoot,
  runAsUser,
  readOnlyRootFilesystem,
  seccompProfile,
  selinuxOptions,
  apparmorProfile,
  procMount,
  windowsHostProcess,
];

const containerName = 'vault-agent';
/** What the injector calls its containers: a pod that has one of its own by such a name it does not start. */
const agents: ReadonlySet<string> = new Set([containerName, `${containerName}-init`]);

/**
 * A rule of plain code: it applies JSON patches that stand in annotations. What comes of them, the other rules judge once the injector has put it
 * into the pod: in the cluster, admission policies see it there.
 */
export const vaultAgent = {
  id: 'vault-agent',
  subject: 'pod',
  title: 'What the Agent Injector adds to a pod is as hardened as the pod',
  severity: 'error',
  why:
    'The annotations of the injector decide who the agent is and what it may do, in a pod that passes every check as it is written. The agent holds ' +
    "the token by which the pod logs in to Vault: whoever takes over the agent, or reads that token, reads all that the pod's role allows.",
  fix: 'Leave the annotations of VaultSecretMount as they are: its own user, no privileges, and a token that no other container mounts.',
  check: (pod, context) => {
    const injectors = injectorsOf(pod.annotations);
    if (injectors.length === 0) return NONE;
    return injectors.flatMap((injector) => [
      ...contextViolations(pod, injector, context),
      ...tokenViolations(pod, injector),
    ]);
  },
} as const satisfies PodRule;

const at = ({ path }: PodInObject, name: string): Path => [...path.slice(0, -1), 'metadata', 'annotations', name];

function contextViolations(pod: PodInObject, { key, told }: Injector, context: RuleContext): readonly Violation[] {
  const given = told('agent-set-security-context');
  const isBare = isFalseText(given);
  const found: Violation[] = [];
  if (isBare)
    found.push({
      path: at(pod, key('agent-set-security-context')),
      value: given,
      message:
        'the injected containers get no security context: they run as their image says, with what the runtime gives',
      remedy: "leave it out, or 'true'",
    });
  const user = told('agent-run-as-user');
  const own: InjectedContext = isBare ? {} : injectorContext(user, told('agent-run-as-group'));
  const known = isBare ? new Map<string, string>() : broken(pod, own, context);
  for (const message of user === undefined ? [] : known.values())
    found.push({
      path: at(pod, key('agent-run-as-user')),
      value: user,
      message,
      remedy: 'give it the id of the workload, which is not 0',
    });
  for (const name of ['agent-json-patch', 'agent-init-json-patch'] as const) {
    const patch = told(name);
    if (patch === undefined || patch.trim() === '') continue;
    const { patched, faults } = patchedContext(own, patch, told('agent-service-account-token-volume-name'));
    const weaker = [...broken(pod, patched, context)].flatMap(([rule, message]) =>
      known.has(rule) || isBare ? [] : [message],
    );
    for (const message of [...faults, ...weaker])
      found.push({
        path: at(pod, key(name)),
        message,
        remedy: 'let the patch set what hardens the container, or its resources, and nothing else',
      });
  }
  return found;
}

/** What the rules about security contexts say of an injected container in this pod, each once. */
function broken({ object, spec }: PodInObject, securityContext: InjectedContext, context: RuleContext) {
  const container = { name: containerName, securityContext };
  const injected: PodInObject = {
    object,
    path: ['spec'],
    labels: {},
    annotations: {},
    spec: { ...spec, containers: [container], initContainers: [], ephemeralContainers: [] },
    containers: [{ container, role: 'container', path: ['spec', 'containers', 0] }],
  };
  return new Map(
    ofContexts.flatMap((rule) =>
      [...rule.check(injected, context)]
        .filter((violation) => violation.container === containerName)
        .map(({ message }) => [rule.id, message] as const),
    ),
  );
}

function tokenViolations(pod: PodInObject, { key, told }: Injector): readonly Violation[] {
  const given = told('agent-inject-token');
  const volume = told('agent-service-account-token-volume-name');
  const mounted = pod.containers.flatMap(({ container, path }): Violation[] => {
    const mounts: unknown = container.volumeMounts;
    const index = Array.isArray(mounts)
      ? mounts.findIndex((mount: unknown) => isMapping(mount) && mount.name === volume)
      : -1;
    if (volume === undefined || index < 0 || agents.has(container.name)) return [];
    return [
      {
        path: [...path, 'volumeMounts', index],
        message: `container "${container.name}" mounts ${volume}, which holds the token by which the agent logs in to Vault`,
        remedy: 'leave it to the agent, and read the files that it writes',
        container: container.name,
      },
    ];
  });
  if (!isTrueText(given)) return mounted;
  const message =
    "the agent's token for Vault is a file in the containers of the pod: it reads all that the pod's role allows";
  const remedy = 'leave it out, and read the files that the agent writes';
  return [...mounted, { path: at(pod, key('agent-inject-token')), value: given, message, remedy, severity: 'warning' }];
}
