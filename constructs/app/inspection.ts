import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { targetNotes } from '../../core/hardening';
import { formatIdentity, identityOf, type KubernetesObject, podTemplateOf } from '../../core/manifest';
import {
  checkObject,
  checkPlainData,
  checkSchema,
  checkSet,
  checkValidity,
  type Finding,
  type ObjectOfConstruct,
  ruleById,
  type ScopedException,
  waive,
} from '../../core/policy';
import { type DeclarationFault, type Declaring, isDeclaring, noteFault } from './declaration';
import { ManifestObject } from './manifest-object';
import type { Platform } from './platform';
import { platformOf } from './platform-of';
import { renderedObject } from './rendering';

/** One object as it will be written. */
export interface InspectedObject extends ObjectOfConstruct {
  readonly apiObject: ApiObject;
}

/** Everything in an app, rendered and checked once. */
export interface Inspection {
  readonly objects: readonly InspectedObject[];
  /** Every finding, those waived among them. */
  readonly findings: readonly Finding[];
}

export interface InspectOptions {
  /** Asks the constructs of other libraries what is wrong with them. @default true */
  readonly asksConstructs?: boolean;
}

/** The findings that stop a synthesis. */
export function errorsIn({ findings }: Pick<Inspection, 'findings'>): readonly Finding[] {
  return findings.filter(({ severity, waivedBy }) => severity === 'error' && !waivedBy);
}

/** Renders and checks a whole tree. Changes nothing, writes nothing, and leaves no fault out because there is another. */
export function inspect(root: IConstruct, { asksConstructs = true }: InspectOptions = {}): Inspection {
  const platform = platformOf(root);
  const objects: InspectedObject[] = [];
  const findings: Finding[] = [];
  const kinds = platform.podTemplateKinds;
  const context = { target: platform.target, registries: platform.registries };

  for (const construct of root.node.findAll()) {
    if (isDeclaring(construct)) findings.push(...askedFindings(construct));
    if (asksConstructs && construct !== root) findings.push(...validationFindings(construct));
    if (!ApiObject.isApiObject(construct)) continue;
    const object = render(construct as ApiObject, findings);
    if (!object) continue;
    const path = ownerPath(construct);
    if (ManifestObject.is(construct)) findings.push(...findingsOf(construct.patchFaults(), path));
    objects.push({ apiObject: construct as ApiObject, object, construct: path });
    const found = [
      ...judged(object, () => checkValidity(object, platform.target, kinds)),
      ...checkObject(object, context, kinds),
    ];
    if (isUntyped(construct as ApiObject)) {
      found.push(...judged(object, () => checkSchema(object, platform.target, found)));
      found.push(...checkPlainData(object));
    }
    for (const finding of found) findings.push({ ...finding, construct: path });
  }
  const hasPods = objects.some(({ object }) => podTemplateOf(object, kinds));
  findings.push(...checkSet(objects, kinds), ...platformFindings(platform, hasPods));

  const exceptions: ScopedException[] = [...platform.exceptions].flatMap(([construct, list]) =>
    list.map((exception) => ({ construct: construct.node.path, exception })),
  );
  const waived = waive(findings, exceptions, platform.today);
  const all = [...waived, ...podSecurityConflicts(objects, waived)];
  // The writer says whether there is such a value in what is typed; where it will not be asked, this does.
  const stopped = errorsIn({ findings: all }).length > 0;
  if (!stopped) return { objects, findings: all };
  const typed = objects.filter(({ apiObject }) => !isUntyped(apiObject));
  return { objects, findings: [...all, ...unwritable(typed).filter((finding) => !isReported(finding, all))] };
}

/** Every value in the objects that YAML cannot hold. */
export function unwritable(objects: readonly ObjectOfConstruct[]): readonly Finding[] {
  return objects.flatMap(({ object, construct }) =>
    checkPlainData(object).map((finding) => ({ ...finding, construct })),
  );
}

/** Whether a prop that the construct has reported, such as `replicas`, became the property of the finding. */
function isReported({ construct, property = '' }: Finding, known: readonly Finding[]): boolean {
  return known.some(
    (other) =>
      other.construct === construct && (other.property === property || property.endsWith(`.${other.property}`)),
  );
}

/** Whether no types have checked what is in it: what is ours is built by typed code, but for its patches. */
function isUntyped(construct: ApiObject): boolean {
  return !ManifestObject.is(construct) || construct.isPatched;
}

/** What a check says, and that it could not be asked where the object is of no shape that Kubernetes takes. */
function judged(object: KubernetesObject, check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    const { severity, fix } = ruleById('rule-failed');
    const message = `its validity could not be judged: ${error instanceof Error ? error.message : String(error)}`;
    return [{ rule: 'rule-failed', severity, object: formatIdentity(identityOf(object)), message, remedy: fix }];
  }
}

/** The construct that a finding is reported for: what the user created, not the object inside it. */
function ownerPath(construct: IConstruct): string {
  const { scope } = construct.node;
  return scope && isDeclaring(scope) ? scope.node.path : construct.node.path;
}

function render(construct: ApiObject, findings: Finding[]): KubernetesObject | undefined {
  try {
    return renderedObject(construct);
  } catch (error) {
    const ofPatch = ManifestObject.is(construct) ? construct.patchFaults() : [];
    if (ofPatch.length > 0) findings.push(...findingsOf(ofPatch, ownerPath(construct)));
    else findings.push(failure(construct, 'it cannot be rendered', error));
    return undefined;
  }
}

/** What went wrong while a construct was asked. */
function failure(construct: IConstruct, what: string, error: unknown): Finding {
  return {
    rule: 'construct-validation',
    severity: 'error',
    construct: construct.node.path,
    message: `${what}: ${error instanceof Error ? error.message : String(error)}`,
    remedy: 'mend what the message names',
  };
}

/** What is wrong, or open, with the app as a whole. */
function platformFindings({ target, faults: ofPlatform, requiredPolicies }: Platform, hasPods: boolean): Finding[] {
  const faults = target.faults.map(
    ({ property, value, message, remedy }): Finding => ({
      rule: 'target-valid',
      severity: 'error',
      construct: '',
      property: `target.${property}`,
      value,
      message,
      remedy,
    }),
  );
  const asked = requiredPolicies.map(
    ({ construct, namespace, why, policy }): Finding => ({
      rule: 'external-policy',
      severity: 'info',
      construct,
      property: policy.metadata.name,
      message: `${why} only if the owner of namespace ${namespace} allows it`,
      remedy: 'give them the policy in the summary',
    }),
  );
  const notes = hasPods ? targetNotes(target).map(noteFault) : [];
  return [...findingsOf(ofPlatform, ''), ...faults, ...asked, ...findingsOf(notes, '')];
}

/** What a construct of ours finds wrong with itself. One that cannot be judged is not right either. */
function askedFindings(construct: Declaring): Finding[] {
  try {
    return findingsOf(construct.declarationFaults(), construct.node.path);
  } catch (error) {
    return [failure(construct, 'it cannot be judged', error)];
  }
}

function findingsOf(faults: readonly DeclarationFault[], construct: string): Finding[] {
  return faults.map((fault) => ({
    ...fault,
    severity: fault.severity ?? ruleById(fault.rule).severity,
    construct,
  }));
}

/** What other libraries' constructs have to say of themselves. */
function validationFindings(construct: IConstruct): Finding[] {
  let messages: readonly string[];
  try {
    messages = construct.node.validate();
  } catch (error) {
    return [failure(construct, 'it cannot be judged', error)];
  }
  return messages.map((message) => ({
    rule: 'construct-validation',
    severity: 'error',
    construct: construct.node.path,
    message,
    remedy: 'mend what the message names',
  }));
}

/** Exceptions for what the namespace's own Pod Security label refuses: the pod would be waived here and refused there. */
function podSecurityConflicts(objects: readonly InspectedObject[], findings: readonly Finding[]): Finding[] {
  const waived = findings.filter(({ waivedBy, podSecurity }) => waivedBy && podSecurity !== undefined);
  if (waived.length === 0) return [];
  const levels = new Map<string, unknown>();
  const namespaces = new Map<string, string>();
  for (const { object } of objects) {
    const { name, namespace, labels } = object.metadata ?? {};
    if (object.kind === 'Namespace' && object.apiVersion === 'v1' && name !== undefined)
      levels.set(name, labels?.['pod-security.kubernetes.io/enforce']);
    if (namespace !== undefined) namespaces.set(formatIdentity(identityOf(object)), namespace);
  }
  const conflicts = new Map<string, Finding>();
  for (const finding of waived) {
    const namespace = namespaces.get(finding.object ?? '');
    const level = levels.get(namespace ?? '');
    const needed = finding.podSecurity === 'baseline' ? 'privileged' : 'baseline';
    if (level !== 'restricted' && !(level === 'baseline' && needed === 'privileged')) continue;
    conflicts.set(`${finding.construct} ${finding.object} ${finding.rule}`, {
      rule: 'pod-security-conflict',
      severity: 'error',
      construct: finding.construct,
      property: finding.property,
      value: finding.value,
      message: `the rule ${finding.rule} is waived here, but namespace ${namespace} enforces ${level} and will refuse the pod`,
      remedy: `set podSecurity: '${needed}' on the namespace, with an exception to namespace-pod-security, or move the workload to a namespace of its own`,
    });
  }
  return [...conflicts.values()];
}
