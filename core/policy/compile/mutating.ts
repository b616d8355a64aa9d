import type { ClusterTarget } from '../../cluster/target';
import { defaultProfile, type ProfileName, profiles } from '../../hardening/profile';
import {
  containerVariable,
  portVariable,
  type SafeDefault,
  type SafeDefaultName,
  safeDefaults,
} from '../../hardening/safe-defaults';
import type { KubernetesObject } from '../../manifest/object';
import { isMapping } from '../../manifest/plain';
import type { PodSpec } from '../../manifest/pod';
import { type CelContext, type CelScope, compileCelTest, compileCelText } from '../expression/cel';
import { celLiteral } from '../expression/cel-text';
import { type Node, roots, type Scalar } from '../expression/node';
import { isSymbolic, nodeOf, symbolic } from '../expression/symbol';
import { runsToCompletion } from '../rules/pod-conditions';
import { PolicyCompileError } from './compile-error';
import { policyPrefix } from './draft';
import { namespaceSelector } from './match';

/** What mutating policies are compiled for. */
export interface MutatingPolicyOptions {
  readonly target: ClusterTarget;
  /** @default '2026.1' */
  readonly profile?: ProfileName;
  /** Which defaults are set. @default - all that are safe */
  readonly defaults?: readonly SafeDefaultName[];
  /** Namespaces that the policy leaves alone. @default - none */
  readonly exemptNamespaces?: readonly string[];
}

const apiVersion = 'admissionregistration.k8s.io/v1';
const kind = 'MutatingAdmissionPolicy';

/**
 * One MutatingAdmissionPolicy with its binding: it sets the defaults that disturb nobody on every new pod that leaves them out, by the same
 * words as `harden`. What a pod says is never overwritten, and a pod that has them all is left as it is.
 *
 * Pods only: every controller's pods pass through admission, and a Deployment whose stored template differed from what was written would
 * be out of step for ever with the tool that applies it. Pods that say they run on Windows are left alone. A default that cannot be set
 * keeps no pod from being created (`failurePolicy: Ignore`): refusing is the validating policies' part.
 *
 * @throws PolicyCompileError where the target's API server does not serve mutating policies
 * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export function mutatingAdmissionPolicy(options: MutatingPolicyOptions): readonly KubernetesObject[] {
  const { target, profile = defaultProfile, exemptNamespaces = [] } = options;
  const served = target.serves(apiVersion, kind);
  if (!served.supported) {
    const message = `there is no ${kind}: ${served.reason}`;
    throw new PolicyCompileError([{ property: 'target', message, remedy: 'leave the defaults to the manifests' }]);
  }
  const all = safeDefaults(profiles[profile]);
  const chosen = options.defaults ?? (Object.keys(all) as readonly SafeDefaultName[]);
  if (chosen.length === 0) return [];
  const name = `${policyPrefix}-safe-defaults`;
  return [
    {
      apiVersion,
      kind,
      metadata: { name },
      spec: {
        failurePolicy: 'Ignore',
        reinvocationPolicy: 'IfNeeded',
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
        matchConditions: [{ name: 'not-windows', expression: "dyn(object).spec.?os.?name.orValue('') != 'windows'" }],
        variables: [{ name: 'podSpec', expression: 'dyn(object).spec' }],
        mutations: chosen.map((id) => ({
          patchType: 'ApplyConfiguration',
          applyConfiguration: { expression: applyConfiguration(all[id], target) },
        })),
      },
    },
    {
      apiVersion,
      kind: `${kind}Binding`,
      metadata: { name },
      spec: {
        policyName: name,
        ...(exemptNamespaces.length > 0 && { matchResources: namespaceSelector(exemptNamespaces) }),
      },
    },
  ];
}

const scopes: Readonly<Record<SafeDefault['of'], CelScope>> = {
  pod: new Map(),
  container: new Map([[containerVariable, 'container']]),
  port: new Map([
    [containerVariable, 'container'],
    [portVariable, 'port'],
  ]),
};

/** What is to be merged into the pod: lists of containers and of ports are merged by their keys. */
function applyConfiguration(entry: SafeDefault, target: ClusterTarget): string {
  const context: CelContext = { target, reads: new Set(), lacks: new Map() };
  const test = (node: Node, of = entry.of): string => compileCelTest(node, context, scopes[of]).text;
  if (entry.of === 'pod') {
    const due = test(dueAt(roots.spec, entry));
    return `${due} ? Object{spec: ${initializer('Object.spec', fieldsOf(entry, context))}} : Object{}`;
  }
  const lists = ['initContainers', 'containers'].map((list) => {
    const of = `Object.spec.${list}`;
    const onlySidecars = entry.serving && list === 'initContainers';
    const mapped = (when: Node, fields: Fields): string => {
      const those = test(onlySidecars ? { kind: 'and', tests: [isSidecar, when] } : when, 'container');
      const merged = initializer(of, { name: raw('container.name'), ...fields });
      return `${list}: variables.podSpec.?${list}.orValue([]).filter(container, ${those}).map(container, ${merged})`;
    };
    if (entry.of === 'container') return mapped(dueAt(containerVariable, entry), fieldsOf(entry, context));
    const key = { containerPort: raw('port.containerPort'), protocol: raw('port.protocol') };
    const port = initializer(`${of}.ports`, { ...key, ...fieldsOf(entry, context) });
    const due = test(dueAt(portVariable, entry));
    return mapped(hasPorts, { ports: raw(`container.ports.filter(port, ${due}).map(port, ${port})`) });
  });
  const merged = `Object{spec: Object.spec{${lists.join(', ')}}}`;
  return entry.serving ? `${test(endsByItself)} ? Object{} : ${merged}` : merged;
}

const hasPorts: Node = { kind: 'present', value: { kind: 'field', of: containerVariable, name: 'ports' } };

const isSidecar: Node = {
  kind: 'equal',
  left: { kind: 'field', of: containerVariable, name: 'restartPolicy' },
  right: { kind: 'literal', value: 'Always' },
};

const endsByItself = nodeOf(runsToCompletion({ spec: symbolic<PodSpec>(roots.spec) }));

/** That the field is absent, and its default due. */
function dueAt(owner: Node, { path, when }: SafeDefault): Node {
  const value = path.reduce<Node>((of, name) => ({ kind: 'field', of, name }), owner);
  return { kind: 'and', tests: [{ kind: 'not', test: { kind: 'present', value } }, when] };
}

/** CEL that is there already. */
interface Raw {
  readonly cel: string;
}
const raw = (cel: string): Raw => ({ cel });
type Fields = Readonly<Record<string, unknown>>;

/** The value under its path, as what an owner has. */
function fieldsOf({ of, path, value }: SafeDefault, context: CelContext): Fields {
  const last = isSymbolic(value) ? raw(compileCelText(nodeOf(value), context, scopes[of]).text) : value;
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), last) as Fields;
}

/** `Object.spec{os: Object.spec.os{name: 'linux'}}` */
function initializer(type: string, fields: Fields): string {
  const members = Object.entries(fields).map(([key, value]) => {
    if (!isMapping(value)) return `${key}: ${celLiteral(value as Scalar)}`;
    return `${key}: ${typeof value.cel === 'string' ? value.cel : initializer(`${type}.${key}`, value)}`;
  });
  return `${type}{${members.join(', ')}}`;
}
