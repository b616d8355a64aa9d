import { type Cni, cnis } from '../cluster/cni';
import { distributionNames } from '../cluster/distribution';
import { nodeCapabilities, nodeCapabilityTitles } from '../cluster/node-capabilities';
import { frameworkIds } from '../policy/frameworks';
import { failLevels } from '../policy/report';

/** What JSON Schema calls a value. */
export type SchemaType = 'object' | 'array' | 'string' | 'boolean' | 'integer' | 'number';

/** The part of JSON Schema that describes our files, and that {@link schemaFaults} judges by. */
export interface Schema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** False: no other keys. */
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
}

const texts = (description: string): Schema => ({
  type: 'array',
  description,
  items: { type: 'string', minLength: 1 },
});

const text = (description: string, more: Schema = {}): Schema => ({ type: 'string', description, ...more });

const exception: Schema = {
  type: 'object',
  description:
    'Why a rule may be broken, by what, and until when. In the texts that select, * stands for any run of characters.',
  properties: {
    rule: {
      type: ['string', 'array'],
      description: 'The id of the rule that is waived, or a list of ids.',
      items: { type: 'string' },
    },
    kind: text('Deployment, or with the group: Deployment.apps.'),
    namespace: text('The namespace of the object.'),
    name: text('The name of the object.'),
    labels: {
      type: 'object',
      description: 'Labels that the object carries, all of them.',
      additionalProperties: { type: 'string' },
    },
    container: text('The name of the container.'),
    image: text('The image of the container; of a pod as a whole, that of each of its containers.'),
    reason: text('Why, in words that a colleague understands in a year. At least 10 letters and digits.'),
    expires: text('The last day on which it holds, as YYYY-MM-DD.'),
    ticket: text('Where the work to end it is tracked.'),
  },
  required: ['rule', 'reason', 'expires'],
  additionalProperties: false,
};

/** What a `bulwark.yaml` may hold. Published as `kube-bulwark/schemas/config.schema.json`. */
export const configSchema: Schema = {
  type: 'object',
  description: 'What `bulwark check` judges, and by what.',
  properties: {
    target: {
      type: 'object',
      description: 'The cluster that the manifests are made for.',
      properties: {
        kubernetesVersion: text('Such as "1.34", in quotes. Default: the newest version that kube-bulwark knows.'),
        distribution: text('Default: generic.', { enum: distributionNames }),
        cni: text("The network plugin. Default: the distribution's, where it has one of its own.", {
          enum: Object.keys(cnis) as Cni[],
        }),
        nodes: {
          type: 'object',
          description: 'What every node can. Default: what is certain of the distribution.',
          properties: Object.fromEntries(
            nodeCapabilities.map((name): [string, Schema] => [
              name,
              { type: 'boolean', description: nodeCapabilityTitles[name] },
            ]),
          ),
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    registries: texts(
      'Where images may come from, as prefixes of whole path components. Without it, image-allowed is not asked.',
    ),
    frameworks: {
      type: 'array',
      description: 'Only the rules of these. Default: every rule.',
      items: { type: 'string', enum: frameworkIds },
    },
    failOn: text('The least severity that fails the check. Default: error.', {
      enum: failLevels,
    }),
    paths: texts('What is checked if the command line names nothing: files, folders, patterns. Relative to this file.'),
    exclude: texts('Files and folders that are left out, as patterns: * within a folder, ** across folders.'),
    ignoreAnnotations: {
      type: 'boolean',
      description:
        'Takes no exception from annotations: for manifests of others, who may not waive for themselves. Default: false.',
    },
    podTemplateKinds: {
      type: 'array',
      description: 'Custom kinds that hold a pod template. Without an entry, templates are looked for.',
      items: {
        type: 'object',
        properties: {
          group: text('The API group, such as argoproj.io.'),
          kind: text('The kind, such as Rollout.'),
          path: text('Where the template is, such as spec.template.', { minLength: 1 }),
        },
        required: ['group', 'kind', 'path'],
        additionalProperties: false,
      },
    },
    exceptions: { type: 'array', description: 'What is waived, why, and until when.', items: exception },
  },
  additionalProperties: false,
};
