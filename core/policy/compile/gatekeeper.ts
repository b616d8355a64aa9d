import type { KubernetesObject } from '../../manifest/object';
import {
  type DraftInMode,
  type EnforcementMode,
  type EngineWriter,
  exceptionConditions,
  type PolicyDraft,
  type PolicySettings,
  waivedAnnotations,
} from './engine';

const actions: Readonly<Record<EnforcementMode, string>> = { audit: 'dryrun', warn: 'warn', deny: 'deny' };

/** What Gatekeeper calls the object, which for a deletion is the old one. */
const anyObject = 'variables.anyObject';

/**
 * Gatekeeper's ConstraintTemplates with the engine K8sNativeValidation, and a constraint each.
 *
 * @see https://open-policy-agent.github.io/gatekeeper/website/docs/validating-admission-policy/
 */
export const gatekeeper: EngineWriter = {
  object: anyObject,
  parameters: { cel: 'variables.params.?registries.orValue([])' },
  write: (draft, settings) => [template(draft, settings), constraint(draft, settings)],
};

function template(draft: PolicyDraft, { params }: PolicySettings): KubernetesObject {
  const { compiled, conditions, readsRegistries } = draft;
  const kind = kindOf(draft);
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    // Gatekeeper insists that the one is the other in lower case.
    metadata: { name: kind.toLowerCase(), ...waivedAnnotations(draft) },
    spec: {
      crd: {
        spec: {
          names: { kind },
          validation: {
            openAPIV3Schema: {
              type: 'object',
              ...(params &&
                readsRegistries && {
                  properties: { registries: { type: 'array', items: { type: 'string' } } },
                }),
            },
          },
        },
      },
      targets: [
        {
          target: 'admission.k8s.gatekeeper.sh',
          operations: ['CREATE', 'UPDATE'],
          code: [
            {
              engine: 'K8sNativeValidation',
              source: {
                failurePolicy: 'Fail',
                // In the singular: Gatekeeper drops any other key without a word.
                matchCondition: [...conditions, ...exceptionConditions(draft, 'object')],
                variables: compiled.variables,
                validations: compiled.validations,
              },
            },
          ],
        },
      ],
    },
  };
}

function constraint(draft: DraftInMode, { exemptNamespaces, params, registries }: PolicySettings): KubernetesObject {
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: kindOf(draft),
    metadata: { name: draft.name },
    spec: {
      enforcementAction: actions[draft.mode],
      match: {
        kinds: byGroup(draft.kinds),
        ...(exemptNamespaces.length > 0 && { excludedNamespaces: [...exemptNamespaces] }),
      },
      ...(params && draft.readsRegistries && { parameters: { registries: [...registries] } }),
    },
  };
}

/** `BulwarkRunAsNonRoot` of `bulwark-run-as-non-root`. */
function kindOf({ name }: PolicyDraft): string {
  return name.replace(/(?:^|[-.])(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

function byGroup(
  kinds: readonly string[],
): readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[] {
  const groups = new Map<string, string[]>();
  for (const id of kinds) {
    const slash = id.lastIndexOf('/');
    const group = id.slice(0, slash);
    groups.set(group, [...(groups.get(group) ?? []), id.slice(slash + 1)]);
  }
  return [...groups].map(([group, names]) => ({ apiGroups: [group], kinds: names }));
}
