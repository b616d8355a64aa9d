import { ClusterTarget, type ClusterTargetOptions, type Distribution } from '../../core/cluster';
import { type ControlPlaneFault, controlPlaneFaults, loadFaults } from '../../core/control-plane';
import { fault } from '../../core/control-plane/checks';
import { systemNamespaces } from '../../core/policy/compile/policies';
import { ruleById } from '../../core/policy/rules';
import { gapFaults } from './gaps';
import type { AuditLoggingConfig } from './hand-over';
import type { PlainArgs } from './plain-args';
import { policyFault } from './policy';
import { rotationFaults } from './rotation';
import { asArgument, excusedArguments, settingsOf } from './settings';
import { shapeFaults } from './shape';
import { toolGroups } from './tool-fields';
import { type Tool, type ToolId, toolIds, tools } from './tools';

/** The tool of a distribution; OpenShift's operators take no flags and no files. */
const ownTools: Readonly<Record<Exclude<Distribution, 'openshift'>, ToolId>> = {
  generic: 'by-hand',
  kubeadm: 'kubeadm',
  eks: 'eks',
  'eks-fargate': 'eks',
  gke: 'gke',
  'gke-autopilot': 'gke',
  aks: 'aks',
  k3s: 'k3s',
  rke2: 'rke2',
  talos: 'talos-documents',
  kind: 'kind',
};

/** The version and the distribution, and what is wrong with them and with what else decides about resources. */
export function targetOf({
  kubernetesVersion,
  distribution,
  namespace,
}: Pick<PlainArgs, 'kubernetesVersion' | 'distribution' | 'namespace'>): {
  readonly target: ClusterTarget;
  readonly faults: readonly ControlPlaneFault[];
} {
  const options = distribution === undefined ? {} : ({ distribution } as ClusterTargetOptions);
  const target = ClusterTarget.of(kubernetesVersion, options);
  return {
    target,
    faults: [
      ...target.faults.map((of) => ({ ...of, property: targetProperties[of.property] ?? of.property })),
      ...(namespace === undefined ? [] : namespaceFaults(namespace)),
    ],
  };
}

/** The namespace of the stack has a quota, and policies that let nothing through: in another's they would be for others. */
function namespaceFaults(namespace: string): readonly ControlPlaneFault[] {
  if (typeof namespace !== 'string' || namespace === '')
    return [fault('namespace', undefined, 'it is no name', "write it as a text: 'audit-logging'")];
  if (namespace !== 'default' && !systemNamespaces.includes(namespace)) return [];
  const message = `${namespace} is in every cluster, and others are in it: its quota and its policies would be theirs`;
  return [fault('namespace', namespace, message, 'name one for the stack alone')];
}

/** What the arguments come to, and everything that is wrong with them. The configuration is of use without faults alone. */
export function auditLoggingConfig(
  args: PlainArgs,
  today?: string,
): { readonly config: AuditLoggingConfig; readonly faults: readonly ControlPlaneFault[] } {
  const shape = shapeFaults(args);
  if (shape.length > 0) {
    const { kubernetesVersion, distribution } = args;
    const { config } = auditLoggingConfig({ kubernetesVersion, ...(distribution !== undefined && { distribution }) });
    return { config, faults: shape };
  }
  const { target, faults: ofTarget } = targetOf(args);
  const chosen = toolOf(args, target.distribution);
  const id = typeof chosen === 'string' ? chosen : 'by-hand';
  const row = tools[id];
  const group = groupOf(args, row);
  const config = { target, tool: id, controlPlane: settingsOf(args, row, target, today), group };
  if (ofTarget.length > 0) return { config, faults: ofTarget };
  if (typeof chosen !== 'string') return { config, faults: [chosen] };
  const given = [...refusedFaults(args, id), ...groupFaults(args, row, id), ...loadFaultsOf(args)];
  const named = controlPlaneFaults(config.controlPlane, target).map(namedBy(args));
  // What takes the requests of one recommended rule takes those of others, too.
  const ofPlane = named.filter((of, i) => of.property !== 'rules' || named.findIndex(isOfRules) === i);
  // What is wrong with what encrypts is wrong with the rotation to it, too.
  const ofRotation = rotationFaults(args, config).filter(
    (of) => !ofPlane.some(({ property, message }) => property === of.property && message === of.message),
  );
  const first = [...given, ...ofPlane, ...ofRotation];
  // What the writers have to say is about settings that are right by themselves.
  return { config, faults: first.length > 0 ? first : gapFaults(args, config) };
}

function toolOf({ tool }: PlainArgs, distribution: Distribution): ToolId | ControlPlaneFault {
  if (distribution === 'openshift') {
    const message = 'the operators of OpenShift make its control plane, and take neither flags nor files';
    const remedy =
      'set spec.audit.profile and spec.encryption of the APIServer cluster, and leave audit-logging out of the stacks';
    return fault('distribution', distribution, message, remedy);
  }
  const own = ownTools[distribution];
  if (tool === undefined) return own;
  const fitting = toolIds.filter((id) => tools[id].on.includes(distribution));
  const known = toolIds.find((id) => id === tool);
  if (known !== undefined && fitting.includes(known)) return known;
  const message =
    known === undefined
      ? `there is no tool ${JSON.stringify(tool)}`
      : `${known} makes no control plane of ${distribution}`;
  return fault('tool', tool, message, `use ${fitting.join(' or ')}, or leave it out for ${own}`);
}

function groupOf(args: PlainArgs, { group }: Tool): Readonly<Record<string, string>> {
  const given: object = (group === undefined ? undefined : args[group]) ?? {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function refusedFaults(args: PlainArgs, id: ToolId): readonly ControlPlaneFault[] {
  const { takesNot, on } = tools[id];
  const given = (Object.keys(takesNot) as readonly (keyof PlainArgs)[]).filter((key) => args[key] !== undefined);
  const message =
    id.startsWith('talos') === false
      ? `the control plane of ${on[0]} is the cloud's, which takes no such setting`
      : `${id} has no such setting`;
  const whole = given.map((property) =>
    fault(property, undefined, message, `leave it out, and ${takesNot[property] ?? ''}`),
  );
  const files = takesNot.webhook === undefined ? [] : (['path', 'maxBackups', 'maxSizeMegabytes'] as const);
  const ofLog = files.filter((key) => args.log?.[key] !== undefined);
  return [
    ...whole,
    ...ofLog.map((key) =>
      fault(`log.${key}`, args.log?.[key], message, 'leave it out: log.maxAgeDays alone is for clouds'),
    ),
  ];
}

function groupFaults(args: PlainArgs, { group, fields }: Tool, id: ToolId): readonly ControlPlaneFault[] {
  const others = toolGroups.filter((other) => other !== group && args[other] !== undefined);
  const given = group === undefined ? {} : (args[group] ?? {});
  const ofFields = Object.entries(fields).flatMap(([key, { required, pattern, form }]) => {
    const value: unknown = (given as Readonly<Record<string, unknown>>)[key];
    const property = `${group}.${key}`;
    if (value === undefined)
      return required ? [fault(property, undefined, `it is missing, and ${id} takes it`, `give ${form}`)] : [];
    if (typeof value === 'string' && pattern.test(value)) return [];
    return [fault(property, value, `${JSON.stringify(value)} is not of the right form`, `give ${form}`)];
  });
  return [
    ...others.map((other) =>
      fault(other, undefined, `it is for another tool, and this is ${id}`, 'leave it out, or set tool'),
    ),
    ...ofFields,
  ];
}

function loadFaultsOf({ load }: PlainArgs): readonly ControlPlaneFault[] {
  return load === undefined ? [] : loadFaults(load);
}

const targetProperties: Readonly<Record<string, string>> = {
  version: 'kubernetesVersion',
  distribution: 'distribution',
};

function isOfRules({ property }: ControlPlaneFault): boolean {
  return property === 'rules';
}

/** A fault by the names of the arguments; exceptions by their places among those that were given. */
function namedBy(args: PlainArgs): (of: ControlPlaneFault) => ControlPlaneFault {
  const { exceptions = [] } = args;
  const places = exceptions.flatMap(({ of }, i) => (ruleById(of) === undefined ? [i] : []));
  return (of) => {
    const [, place, rest] = /^exceptions\[(\d+)\](.*)$/.exec(of.property) ?? [];
    if (place === undefined) return policyFault(args, of) ?? asArgument(of);
    const { of: name } = exceptions[places[Number(place)] ?? 0] ?? { of: '' };
    const property = `exceptions[${places[Number(place)]}]${rest === '.property' ? '.of' : rest}`;
    if (rest !== '.property') return { ...of, property };
    const message = `nothing is excused by an exception for ${JSON.stringify(name)}`;
    const names = Object.keys(excusedArguments);
    const remedy = names.includes(name)
      ? 'take it away: the argument is as it should be'
      : `take it away; exceptions are for ${names.join(', ')}, and for ids of rules`;
    return { ...of, property, value: name, message, remedy };
  };
}
