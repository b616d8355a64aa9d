import { apiKinds } from './api-kinds';
import { type Feature, type FeatureId, featureTable } from './features';
import { type Nodes, nodeCapabilityTitles } from './node-capabilities';
import { isAtLeast, isIn, type KubernetesVersion, newestVersion } from './version';

/**
 * Why something cannot be used: this `version` of Kubernetes does not have it, it has it but switched off (`gate`), or
 * the nodes lack it or may lack it (`nodes`).
 */
export type LackCause = 'version' | 'gate' | 'nodes';

/** Why something cannot be used. */
export interface Lack {
  readonly cause: LackCause;
  /** The first version in which it can be used; absent where none is known, and where the version is not the reason. */
  readonly since?: KubernetesVersion;
  /** True where only the nodes are in question, and what they have is not known. @default false */
  readonly isUncertain?: true;
  /** In one clause, as in `Kubernetes 1.28 does not have … (1.30 is the first that does)`. */
  readonly reason: string;
}

/** Whether a target has something, and if not, why. */
export type Support = { readonly supported: true } | ({ readonly supported: false } & Lack);

const SUPPORTED: Support = { supported: true };

/** Turns a lack, or its absence, into an answer. */
function supportOf(lack: Lack | undefined): Support {
  return lack ? { supported: false, ...lack } : SUPPORTED;
}

/** What keeps this version of Kubernetes from using a feature. */
export function versionLack(version: KubernetesVersion, feature: Feature): Lack | undefined {
  const { title, since, on, last } = feature;
  if (last !== undefined && isAtLeast(version, last) && version !== last) {
    return { cause: 'version', reason: `Kubernetes ${version} no longer has ${title} (${last} was the last)` };
  }
  if (on !== undefined && isAtLeast(version, on)) return undefined;
  const soonest = on === undefined ? {} : { since: on };
  if (since !== undefined && !isAtLeast(version, since)) {
    const first =
      on === undefined
        ? `${since} is the first that does, switched off by default up to ${last ?? newestVersion}`
        : `${on} is the first to have it on by default`;
    return { cause: 'version', ...soonest, reason: `Kubernetes ${version} does not have ${title} (${first})` };
  }
  const when =
    on === undefined ? `and so does every version up to ${last ?? newestVersion}` : `on by default from ${on}`;
  return { cause: 'gate', ...soonest, reason: `Kubernetes ${version} has ${title} switched off by default (${when})` };
}

/** What keeps the nodes from using a feature. */
export function nodeLack(nodes: Nodes, feature: Feature): Lack | undefined {
  if (!feature.needs) return undefined;
  const { capability } = feature.needs;
  const title = nodeCapabilityTitles[capability];
  if (nodes.os === 'windows') return { cause: 'nodes', reason: `the nodes run Windows, which has no ${title}` };
  if (nodes[capability] === 'yes') return undefined;
  if (nodes[capability] === 'no') return { cause: 'nodes', reason: `the nodes lack ${title}` };
  return { cause: 'nodes', isUncertain: true, reason: `it is not known whether every node has ${title}` };
}

/** Whether a version and its nodes have a feature. */
export function featureSupport(id: FeatureId, version: KubernetesVersion, nodes: Nodes): Support {
  const feature = featureTable[id];
  return supportOf(versionLack(version, feature) ?? nodeLack(nodes, feature));
}

/**
 * Whether an API server of this version serves a kind. Of groups that are not Kubernetes' own nothing is known: they
 * pass.
 */
export function kindSupport(version: KubernetesVersion, apiVersion: string, kind: string): Support {
  const slash = apiVersion.indexOf('/');
  const group = apiVersion.slice(0, Math.max(slash, 0));
  if (!Object.hasOwn(apiKinds, group)) return SUPPORTED;
  return supportOf(kindLack(version, { apiVersion, group, kind, name: apiVersion.slice(slash + 1) }));
}

function kindLack(
  version: KubernetesVersion,
  wanted: { readonly apiVersion: string; readonly group: string; readonly kind: string; readonly name: string },
): Lack | undefined {
  const { apiVersion, group, kind, name } = wanted;
  const versions = apiKinds[group]?.[kind]?.versions ?? {};
  const lifetime = Object.hasOwn(versions, name) ? versions[name] : undefined;
  const what = `${apiVersion} ${kind}`;
  if (!lifetime) {
    const known = Object.keys(versions).filter((other) => served(version, versions[other]));
    const instead = known.map((other) => (group === '' ? other : `${group}/${other}`)).join(' or ');
    return {
      cause: 'version',
      reason: `Kubernetes ${version} does not serve ${what}${instead === '' ? '' : ` (it serves ${instead})`}`,
    };
  }
  const { since, last, off } = lifetime;
  if (since !== undefined && !isAtLeast(version, since)) {
    const soonest = off ? {} : { since };
    return {
      cause: 'version',
      ...soonest,
      reason: `Kubernetes ${version} does not serve ${what} (${since} is the first that does)`,
    };
  }
  if (last !== undefined && isAtLeast(version, last) && version !== last) {
    return { cause: 'version', reason: `Kubernetes ${version} no longer serves ${what} (${last} was the last)` };
  }
  if (!off) return undefined;
  return { cause: 'gate', reason: `Kubernetes ${version} serves ${what} only if --runtime-config switches it on` };
}

function served(
  version: KubernetesVersion,
  lifetime: { since?: KubernetesVersion; last?: KubernetesVersion; off?: true } = {},
) {
  return !lifetime.off && isIn(lifetime, version);
}
