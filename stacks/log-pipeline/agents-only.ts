import type { KubernetesObject } from '../../core/manifest/object';

/** Whom the namespace of the agents is for. */
export interface AgentsOnlyOptions {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly image: string;
  /** What it is started with: another configuration would send the logs elsewhere. */
  readonly args: readonly string[];
  /** The variables that it is given. */
  readonly env: readonly string[];
  /** The ConfigMap of its configuration, and where it is mounted. */
  readonly configMap: string;
  readonly configFolder: string;
  /** The Secret of its certificate. */
  readonly secret: string;
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
  env,
  configMap,
  configFolder,
  secret,
  folders,
  ownFolder,
}: AgentsOnlyOptions): readonly KubernetesObject[] {
  const name = `${namespace}-only`;
  const list = JSON.stringify([...folders, ownFolder]);
  const read = `v.name == m.name && has(v.hostPath) && v.hostPath.path != '${ownFolder}'`;
  const isConfig = (volume: string): string =>
    `(has(${volume}.configMap) && ${volume}.configMap.?name.orValue('') == '${configMap}')`;
  const validations = [
    [`object.spec.serviceAccountName == '${serviceAccount}'`, `only pods of ${serviceAccount} may be here`],
    [`object.spec.containers.all(c, c.image == '${image}')`, 'only the image of the agent may be here'],
    [
      'size(object.spec.containers) == 1 && size(object.spec.?initContainers.orValue([])) == 0 && size(object.spec.?ephemeralContainers.orValue([])) == 0',
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
      `object.spec.containers.all(c, !has(c.command) && c.?args.orValue([]) == ${JSON.stringify(args)} && !has(c.envFrom) && c.?env.orValue([]).all(e, e.name in ${JSON.stringify(env)}))`,
      'the agent is started with its own configuration',
    ],
    [
      'object.spec.containers.all(c, !c.?lifecycle.?postStart.hasValue() && !c.?lifecycle.?preStop.?exec.hasValue() && ' +
        '!c.?livenessProbe.?exec.hasValue() && !c.?readinessProbe.?exec.hasValue() && !c.?startupProbe.?exec.hasValue())',
      'nothing is started in the agent besides',
    ],
    [
      // All kinds but these are refused: whatever is mounted over the configuration would take its place.
      `object.spec.?volumes.orValue([]).all(v, has(v.hostPath) || ${isConfig('v')} || (has(v.projected) && ` +
        `v.projected.?sources.orValue([]).all(s, has(s.secret) && s.secret.?name.orValue('') == '${secret}')))`,
      'the agent has the one configuration and certificate',
    ],
    [
      `object.spec.containers.all(c, c.?volumeMounts.orValue([]).all(m, !has(m.subPath) && !has(m.subPathExpr) && ` +
        `(m.mountPath == '${configFolder}') == object.spec.?volumes.orValue([]).exists(v, v.name == m.name && ${isConfig('v')})))`,
      'the agent has its configuration in its place',
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
