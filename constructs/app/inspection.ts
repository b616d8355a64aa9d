import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { targetNotes } from '../../core/hardening';
import { type KubernetesObject, type PodTemplate, podTemplateOf } from '../../core/manifest';
import { isMapping } from '../../core/manifest/plain';
import { messageOf } from '../../core/message-of';
import {
  checkEnds,
  checkImage,
  checkObject,
  checkPlainData,
  checkSchema,
  checkSet,
  checkValidity,
  type Finding,
  guarded,
  isUnjudged,
  judgeEach,
  kindsToJudgeBy,
  literalRules,
  type ObjectOfConstruct,
  podSecurityConflicts,
  ruleById,
  type ScopedException,
  secretTexts,
  textsToHide,
  waive,
  withoutDeclaredSecrets,
  withoutReason,
  withoutTexts,
} from '../../core/policy';
import { checkPod } from '../../core/policy/check';
import { type DeclarationFault, type Declaring, isDeclaring, noteFault } from './declaration';
import { inCode } from './in-code';
import { ManifestObject } from './manifest-object';
import type { Platform } from './platform';
import { platformOf } from './platform-of';
import { renderedObject } from './rendering';
import { show } from './shape';

/** One object as it will be written. */
export interface InspectedObject extends ObjectOfConstruct {
  readonly apiObject: ApiObject;
  /** The first where its kind, which nobody declared, holds several. */
  readonly template: PodTemplate | undefined;
  /** True where no rule knows its kind. */
  readonly isUnjudged: boolean;
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

const none: readonly never[] = [];

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

  root.node.findAll().forEach((construct) => {
    if (isDeclaring(construct)) askDeclaring(construct, findings);
    if (asksConstructs && construct !== root) askConstruct(construct, findings);
    if (!ApiObject.isApiObject(construct)) return;
    const object = render(construct as ApiObject, findings);
    if (object) objects.push(inspectObject(construct as ApiObject, object, platform, findings));
  });
  const hasPods = objects.some(({ template }) => template !== undefined);
  addFindings(findings, checkSet(objects, kinds));
  addFindings(findings, platformFindings(platform, hasPods));

  const exceptions: ScopedException[] = [...platform.exceptions].flatMap(([construct, list]) =>
    isInTree(construct) ? list.map((exception) => ({ construct: construct.node.path, exception })) : [],
  );
  const waived = waive(findings, exceptions, platform.today);
  const shown = [...waived, ...podSecurityConflicts(objects, waived)].map((finding) =>
    inCode(withoutDeclared(finding), platform.privateRegistry),
  );
  const texts = textsToHide(secretsIn(objects, findings), shown);
  const all = shown.map((finding) => withoutTexts(withoutReason(finding), texts));
  // The writer says whether there is such a value in what is typed; where it will not be asked, this does.
  const stopped = errorsIn({ findings: all }).length > 0;
  if (!stopped) return { objects, findings: all };
  const typed = objects.filter(({ apiObject }) => !isUntyped(apiObject));
  return { objects, findings: [...all, ...unwritable(typed).filter((finding) => !isReported(finding, all))] };
}

/** False for what was removed: another construct may have its path by now, and no exceptions of its own. */
function isInTree({ node }: IConstruct): boolean {
  const { scopes } = node;
  return scopes.every((each, i) => i === 0 || scopes[i - 1]?.node.tryFindChild(each.node.id) === each);
}

/** The texts that are secrets, by the findings of the rules about them. */
function secretsIn(objects: readonly ObjectOfConstruct[], findings: readonly Finding[]): readonly string[] {
  const literals = findings.filter(({ rule }) => literalRules.has(rule));
  if (literals.length === 0) return none;
  return objects.flatMap(({ object, construct }) =>
    secretTexts(
      object,
      literals.filter((finding) => finding.construct === construct),
      true,
    ),
  );
}

/** What was declared stands in the findings about the declaration, and in few objects. */
function withoutDeclared(finding: Finding): Finding {
  return ruleById(finding.rule)?.subject === 'declaration' ? withoutDeclaredSecrets(finding) : finding;
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
  return !ManifestObject.is(construct) || (construct.isPatched && construct.text === undefined);
}

function inspectObject(
  apiObject: ApiObject,
  object: KubernetesObject,
  platform: Platform,
  findings: Finding[],
): InspectedObject {
  const construct = ownerPath(apiObject);
  if (ManifestObject.is(apiObject) && apiObject.isPatched)
    addFindings(findings, findingsOf(apiObject.patchFaults(), construct));
  const declared = platform.podTemplateKinds;
  const each = kindsToJudgeBy(object, declared);
  const invalid = judgeEach(each, declared, (kinds) =>
    guarded(object, 'validity', () => checkValidity(object, platform.target, kinds, true)),
  );
  addFindings(findings, withoutKnown(invalid, apiObject, platform), construct);
  const insecure = asOfOwner(
    judgeEach(
      each,
      declared,
      (kinds) => checkObject(object, platform, kinds),
      (kinds) => checkPod(object, platform, kinds),
    ),
  );
  addFindings(findings, withoutKnown(insecure, apiObject, platform), construct);
  if (isUntyped(apiObject)) {
    const known = [...invalid, ...insecure];
    addFindings(
      findings,
      guarded(object, 'schema', () => checkSchema(object, platform.target, known, true)),
      construct,
    );
    addFindings(findings, checkPlainData(object), construct);
  }
  addFindings(findings, checkEnds(object, platform.today), construct);
  const template = podTemplateOf(object, each[0]);
  return { apiObject, object, construct, template, isUnjudged: isUnjudged(object, template) };
}

/** Who declares an app can say what its nodes have: a field that may strand its pods is refused until they do. */
function asOfOwner(found: readonly Finding[]): readonly Finding[] {
  if (found.length === 0) return found;
  return found.map((finding) => (finding.rule === 'target-field' ? { ...finding, severity: 'error' } : finding));
}

/** Without what is said of the platform itself: every mount has its address and its image of the agent from there. */
function withoutKnown(found: readonly Finding[], apiObject: ApiObject, { vault }: Platform): readonly Finding[] {
  if (found.length === 0 || vault === undefined || !ManifestObject.is(apiObject)) return found;
  return found.filter(
    ({ rule, container, value }) =>
      !(rule === 'vault-tls' && value === vault.address) &&
      !(container === 'vault-agent' && value !== undefined && value === vault.agent?.image),
  );
}

/** Mostly there is nothing to add, and nothing is made for it. */
function addFindings(findings: Finding[], found: readonly Finding[], construct?: string): void {
  if (found.length === 0) return;
  for (const finding of found) findings.push(construct === undefined ? finding : { ...finding, construct });
}

/** The construct that a finding is reported for: what the user created, not the object inside it. */
function ownerPath(construct: IConstruct): string {
  const { scope } = construct.node;
  return scope && isDeclaring(scope) ? scope.node.path : construct.node.path;
}

function render(construct: ApiObject, findings: Finding[]): KubernetesObject | undefined {
  try {
    const object: unknown = renderedObject(construct);
    if (isMapping(object) && typeof object.apiVersion === 'string' && typeof object.kind === 'string')
      return object as unknown as KubernetesObject;
    findings.push(failure(construct, 'it cannot be rendered', `${show(object)} is no object with apiVersion and kind`));
    return undefined;
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
    message: `${what}: ${messageOf(error)}`,
    remedy: 'mend what the message names',
  };
}

/** What is wrong, or open, with the app as a whole. */
function platformFindings(platform: Platform, hasPods: boolean): Finding[] {
  const { target, faults: ofPlatform, requiredPolicies } = platform;
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
  return [...findingsOf(ofPlatform, ''), ...faults, ...agentFindings(platform), ...asked, ...findingsOf(notes, '')];
}

/** The injector puts its image into pods after every rule was asked. */
function agentFindings(platform: Platform): readonly Finding[] {
  const { vault } = platform;
  if (vault?.agent === undefined) return none;
  return checkImage(vault.agent.image, 'vault-agent', platform).map(
    ({ rule, severity, value, message, remedy }): Finding => ({
      rule,
      severity,
      construct: '',
      property: 'vault.agent.image',
      value,
      message,
      remedy,
    }),
  );
}

/** What a construct of ours finds wrong with itself. One that cannot be judged is not right either. */
function askDeclaring(construct: Declaring, findings: Finding[]): void {
  try {
    addFindings(findings, findingsOf(construct.declarationFaults(), construct.node.path));
  } catch (error) {
    findings.push(failure(construct, 'it cannot be judged', error));
  }
}

function findingsOf(faults: readonly DeclarationFault[], construct: string): readonly Finding[] {
  if (faults.length === 0) return none;
  return faults.map((fault) => ({
    ...fault,
    severity: fault.severity ?? ruleById(fault.rule).severity,
    construct,
  }));
}

/** What other libraries' constructs have to say of themselves. */
function askConstruct(construct: IConstruct, findings: Finding[]): void {
  try {
    const messages: readonly unknown[] = construct.node.validate();
    if (messages.length === 0) return;
    for (const message of messages)
      findings.push({
        rule: 'construct-validation',
        severity: 'error',
        construct: construct.node.path,
        message: typeof message === 'string' ? message : `a validation answers ${show(message)}, which is no text`,
        remedy: 'mend what the message names',
      });
  } catch (error) {
    findings.push(failure(construct, 'it cannot be judged', error));
  }
}
