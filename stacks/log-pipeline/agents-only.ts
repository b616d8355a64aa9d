import type { KubernetesObject } from '../../core/manifest/object';

/** Whom the namespace of the agents is for. */
export interface AgentsOnlyOptions {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly image: string;
  /** What it is started with: another configuration would send the logs elsewhere. */
  readonly args: readonly string[];
  /** Folders of the node that a pod there may read. */
  readonly folders: readonly string[];
  /** The one that it may write to. */
  readonly ownFolder: string;
}

/**
 * Keeps everything but the agents out of the namespace where pods may be root and mount folders of the node. A binding of the default
 * would leave it to whoever may create pods there.
 */
export function agentsOnly({
  namespace,
  serviceAccount,
  image,
  args,
  folders,
  ownFolder,
}: AgentsOnlyOptions): readonly KubernetesObject[] {
  const name = `${namespace}-only`;
  const list = JSON.stringify([...folders, ownFolder]);
  const read = `v.name == m.name && has(v.hostPath) && v.hostPath.path != '${ownFolder}'`;
  const validations = [
    [`object.spec.serviceAccountName == '${serviceAccount}'`, `only pods of ${serviceAccount} may be here`],
    [`object.spec.containers.all(c, c.image == '${image}')`, 'only the image of the agent may be here'],
    [
      'size(object.spec.?initContainers.orValue([])) == 0 && size(object.spec.?ephemeralContainers.orValue([])) == 0',
      'the agent has one container',
    ],
    [
      `object.spec.?volumes.orValue([]).all(v, !has(v.hostPath) || v.hostPath.path in ${list})`,
      'the agent mounts the folders of logs, and one of its own',
    ],
    [
      `object.spec.containers.all(c, c.?volumeMounts.orValue([]).all(m, m.?readOnly.orValue(false) || !object.spec.?volumes.orValue([]).exists(v, ${read})))`,
      'the agent only reads logs',
    ],
    [
      `object.spec.containers.all(c, !has(c.command) && c.?args.orValue([]) == ${JSON.stringify(args)})`,
      'the agent is started with its own configuration',
    ],
    [
      `object.spec.?volumes.orValue([]).all(v, !has(v.configMap) || v.configMap.name == '${serviceAccount}')`,
      'the agent has the one configuration',
    ],
    [
      '!object.spec.?hostNetwork.orValue(false) && !object.spec.?hostPID.orValue(false) && !object.spec.?hostIPC.orValue(false)',
      'the agent shares no namespaces with its node',
    ],
    [
      `object.spec.containers.all(c, !c.?securityContext.?privileged.orValue(false) && size(c.?securityContext.?capabilities.?add.orValue([])) == 0)`,
      'the agent is root without any capability',
    ],
  ].map(([expression, message]) => ({ expression, message }));
  const of = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name } };
  return [
    {
      ...of,
      kind: 'ValidatingAdmissionPolicy',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['pods', 'pods/ephemeralcontainers'],
            },
          ],
        },
        validations,
      },
    },
    {
      ...of,
      kind: 'ValidatingAdmissionPolicyBinding',
      spec: {
        policyName: name,
        validationActions: ['Deny'],
        matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } },
      },
    },
  ];
}
