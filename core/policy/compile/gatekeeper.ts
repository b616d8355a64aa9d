import type { KubernetesObject } from '../../manifest/object';
import {
  type DraftInMode,
  type EnforcementMode,
  type EngineWriter,
  exceptionConditions,
  type PolicyDraft,
  type PolicySettings,
  takesRegistries,
  waivedAnnotations,
} from './engine';
import { byGroup } from './match';

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

function template(draft: PolicyDraft, settings: PolicySettings): KubernetesObject {
  const { compiled, conditions } = draft;
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
              ...(takesRegistries(draft, settings) && {
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
                matchCondition: [...conditions, ...exceptionConditions(draft)],
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

function constraint(draft: DraftInMode, settings: PolicySettings): KubernetesObject {
  const { exemptNamespaces, registries } = settings;
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: kindOf(draft),
    metadata: { name: draft.name },
    spec: {
      enforcementAction: actions[draft.mode],
      match: {
        kinds: [...byGroup(draft.kinds)].map(([group, kinds]) => ({ apiGroups: [group], kinds })),
        ...(exemptNamespaces.length > 0 && { excludedNamespaces: [...exemptNamespaces] }),
      },
      ...(takesRegistries(draft, settings) && { parameters: { registries: [...registries] } }),
    },
  };
}

/** `BulwarkRunAsNonRoot` of `bulwark-run-as-non-root`. */
function kindOf({ name }: PolicyDraft): string {
  return name.replace(/(?:^|[-.])(\w)/g, (_all, letter: string) => letter.toUpperCase());
}
