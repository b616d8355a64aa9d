import type { KubernetesVersion } from '../../cluster/version';
import type { KubernetesObject } from '../../manifest/object';
import type { AdmissionOptions, CelCondition, CompiledPolicy, EnforceableRule } from './admission';
import type { PolicyWarning } from './compile-error';

/** What happens to an object that breaks a rule. `audit` writes it down, `warn` also tells who applies it, `deny` refuses it. */
export type EnforcementMode = 'audit' | 'warn' | 'deny';

/** What evaluates policies in the cluster. */
export type Engine = 'vap' | 'kyverno' | 'gatekeeper' | 'kubewarden';

/** What every policy of a set has in common, its defaults filled in. */
export interface PolicySettings extends AdmissionOptions {
  readonly exemptNamespaces: readonly string[];
  /** Whether administrators change the registries where they are kept, without new policies. */
  readonly params: boolean;
  /** Where administrators keep parameters and exceptions. */
  readonly adminNamespace: string;
}

/** A policy that is compiled, before it is an engine's. */
export interface PolicyDraft {
  /** With the prefix; a DNS label. */
  readonly name: string;
  readonly rules: readonly EnforceableRule[];
  /** The kinds that it is about, as `group/Kind`. */
  readonly kinds: readonly string[];
  readonly compiled: CompiledPolicy;
  /** Which requests are judged at all, whatever is waived. */
  readonly conditions: readonly CelCondition[];
  /** Whether an expression reads the registries. */
  readonly readsRegistries: boolean;
}

/** A draft, and what happens to an object that breaks its rules: not always what the set's mode says, for milder rules. */
export interface DraftInMode extends PolicyDraft {
  readonly mode: EnforcementMode;
}

/** How an engine is spoken to: one file each. */
export interface EngineWriter {
  /** What it calls the object of a request, wherever one is read. */
  readonly object: string;
  /** The Kubernetes whose CEL libraries it brings. @default - the target's */
  readonly libraries?: KubernetesVersion;
  /** The oldest Kubernetes that runs it, and what to do on an older one. @default - any */
  readonly oldest?: { readonly version: KubernetesVersion; readonly instead: string };
  /** CEL of the list of registries where they are parameters; what to do where it has none. */
  readonly parameters:
    | { readonly cel: string }
    | { readonly lacking: { readonly message: string; readonly remedy: string } };
  /** Where administrators keep what they own. @default 'kube-system' */
  readonly adminNamespace?: string;
  /** What to know of the policies. @default - nothing */
  readonly warnings?: (drafts: readonly DraftInMode[]) => readonly PolicyWarning[];
  /** The objects of one policy. */
  readonly write: (draft: DraftInMode, settings: PolicySettings) => readonly KubernetesObject[];
  /** Objects that policies share. @default - none */
  readonly shared?: (drafts: readonly PolicyDraft[], settings: PolicySettings) => readonly KubernetesObject[];
}

/** What the API server does of an object that breaks a policy, and Kyverno in the same words. */
export const validationActions: Readonly<Record<EnforcementMode, readonly string[]>> = {
  audit: ['Audit'],
  warn: ['Warn', 'Audit'],
  deny: ['Deny'],
};

/** The validations, each with the reason that a refused request is given. */
export function validationsOf({ compiled }: PolicyDraft): readonly object[] {
  return compiled.validations.map((validation) => ({ ...validation, reason: 'Invalid' }));
}

/** The ConfigMap that holds the registries, one a line, where they are parameters. */
const registriesName = 'bulwark-registries';

/** CEL of the list in that ConfigMap. Without one, no registry is allowed. */
export const registriesOfConfigMap =
  "params.?data.?registries.orValue('').split('\\n').map(line, line.trim()).filter(line, line != '')";

function registriesConfigMap({ registries, adminNamespace }: PolicySettings): KubernetesObject {
  return {
    ...registriesKind,
    metadata: { name: registriesName, namespace: adminNamespace },
    data: { registries: registries.map((registry) => `${registry}\n`).join('') },
  };
}

/** That ConfigMap, where a policy reads it. */
export function sharedRegistries(
  drafts: readonly PolicyDraft[],
  settings: PolicySettings,
): readonly KubernetesObject[] {
  return drafts.some((draft) => takesRegistries(draft, settings)) ? [registriesConfigMap(settings)] : [];
}

/** Whether the policy reads the registries where administrators change them. */
export function takesRegistries({ readsRegistries }: PolicyDraft, { params }: PolicySettings): boolean {
  return params && readsRegistries;
}

/** The kind of that parameter. */
export const registriesKind = { apiVersion: 'v1', kind: 'ConfigMap' } as const;

/** Which one it is. Without it nothing is let in. */
export function registriesReference({ adminNamespace }: PolicySettings) {
  return { name: registriesName, namespace: adminNamespace, parameterNotFoundAction: 'Deny' };
}

/** What the keys of annotations on policies begin with that say what is waived in them. No rule and no engine reads them. */
export const waivedPrefix = 'waived.kube-bulwark.dev/';

/** What is waived in a policy, why and until when: one annotation an exception. */
export function waivedAnnotations({ compiled, rules: ofPolicy }: PolicyDraft): {
  readonly annotations?: Readonly<Record<string, string>>;
} {
  if (compiled.exceptions.length === 0) return {};
  const ids = new Set(ofPolicy.map(({ id }) => id));
  const entries = compiled.exceptions.map(({ name, rules, note }) => [
    `${waivedPrefix}${name}`,
    `${rules.filter((id) => ids.has(id)).join(', ')}: ${note}`,
  ]);
  return { annotations: Object.fromEntries(entries) };
}

/** Exceptions as conditions that a request must pass. Every engine asks these of `object`: its own variables are not there yet. */
export function exceptionConditions({ compiled }: PolicyDraft): readonly CelCondition[] {
  return compiled.excepted.map(({ name, selectsObject }) => ({ name, expression: `!(${selectsObject('object')})` }));
}
