import { formatIdentity, identityKey, identityOf } from '../../core/manifest/identity';
import type { KubernetesObject, ObjectMeta } from '../../core/manifest/object';
import { orderObjects } from '../../core/manifest/order';
import { formatPath, type Path } from '../../core/manifest/path';
import { objectOf } from '../policy/resource';
import type { Registration } from './collect';
import { type NodeFiles, nodeFaults, nodeFiles } from './nodes';

/** What a program deploys to Kubernetes. */
export interface RenderedProgram {
  /** In the order in which they are applied. */
  readonly objects: readonly KubernetesObject[];
  /** Objects that are only changed, since a cluster has them by itself: they are applied by `--server-side`. */
  readonly changed: readonly KubernetesObject[];
  /** Types of resources that are no objects of Kubernetes, and how many there are of each. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** For the nodes of the control plane, or the cloud's resources. */
  readonly nodes: NodeFiles;
}

/** Everything that keeps a program from being written down. */
export class RenderError extends Error {
  override readonly name = 'RenderError';

  constructor(readonly faults: readonly string[]) {
    super(`nothing is written:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** Resources whose objects the provider makes, out of sight. */
const opaque: Readonly<Record<string, string>> = {
  'kubernetes:helm.sh/v3:Release': 'Helm',
  'kubernetes:helm.sh/v4:Chart': 'Helm',
  'kubernetes:yaml/v2:ConfigFile': 'the provider',
  'kubernetes:yaml/v2:ConfigGroup': 'the provider',
  'kubernetes:kustomize/v2:Directory': 'the provider',
};

/** Resources of the Kubernetes provider that hold others, or hold nothing. */
const silent = /^kubernetes:(helm\.sh|yaml|kustomize)|^pulumi:/;

/**
 * The objects among what a program has registered.
 * @throws RenderError with everything at once: what is secret, what is not known without an update, what nobody here can see, and what is there twice
 */
export function renderedProgram(registrations: readonly Registration[]): RenderedProgram {
  const faults: string[] = [];
  const objects: KubernetesObject[] = [];
  const changed = new Set<KubernetesObject>();
  const leftOut: Record<string, number> = {};
  const seen = new Map<string, string>();
  for (const registration of registrations) {
    const { type, name, custom, inputs, secrets, unknown } = registration;
    const maker = opaque[type];
    if (maker !== undefined) {
      faults.push(
        `${type} ${name}: ${maker} makes its objects during an update; render it apart (helm template, kustomize build), or declare them`,
      );
      continue;
    }
    const isPatch = /^kubernetes:[^:]+:\w+Patch$/.test(type);
    const read = objectOf(isPatch ? type.slice(0, -'Patch'.length) : type, inputs);
    if ('reason' in read) {
      if (custom && !silent.test(type)) leftOut[type] = (leftOut[type] ?? 0) + 1;
      continue;
    }
    const object = withoutPulumi(read.object);
    const label = formatIdentity(identityOf(object));
    faults.push(
      ...secrets.map((path) => secretFault(label, path)),
      ...unknown.map((path) => unknownFault(label, path)),
    );
    const key = identityKey(identityOf(object));
    const other = seen.get(key);
    if (other !== undefined)
      faults.push(`${label}: it is deployed twice, by the resources ${other} and ${name}; leave one of them out`);
    seen.set(key, name);
    objects.push(object);
    if (isPatch) changed.add(object);
  }
  faults.push(...nodeFaults(registrations));
  if (faults.length > 0) throw new RenderError(faults.sort());
  const ordered = orderObjects(objects);
  return {
    objects: ordered,
    changed: ordered.filter((object) => changed.has(object)),
    leftOut,
    nodes: nodeFiles(registrations),
  };
}

function secretFault(label: string, path: Path): string {
  return `${label}: ${formatPath(path)} is a secret, which would stand in plain text in what is written; let the cluster fetch it (VaultSecretMount, ExternalSecret), or seal it (SealedSecret)`;
}

function unknownFault(label: string, path: Path): string {
  return `${label}: ${formatPath(path)} is not known before an update, since another resource puts it out; give it as configuration instead`;
}

/** What is for Pulumi's provider alone says nothing to others. */
function withoutPulumi(object: KubernetesObject): KubernetesObject {
  const { annotations, ...metadata } = object.metadata ?? {};
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith('pulumi.com/'));
  const rest: ObjectMeta = { ...metadata, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) };
  return { ...object, metadata: rest };
}
