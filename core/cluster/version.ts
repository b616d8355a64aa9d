/**
 * The Kubernetes minor versions that the toolkit knows, oldest first. Nothing outside of core/cluster compares
 * versions: ask a ClusterTarget what its cluster can.
 */
export const kubernetesVersions = [
  '1.28',
  '1.29',
  '1.30',
  '1.31',
  '1.32',
  '1.33',
  '1.34',
  '1.35',
  '1.36',
  '1.37',
] as const;

/** A Kubernetes minor version that the toolkit knows, such as `1.34`. */
export type KubernetesVersion = (typeof kubernetesVersions)[number];

/** The oldest version that the toolkit knows. */
export const oldestVersion: KubernetesVersion = kubernetesVersions[0];

/** The newest version that the toolkit knows. */
export const newestVersion: KubernetesVersion = kubernetesVersions[kubernetesVersions.length - 1] ?? oldestVersion;

const VERSION = /^v?(\d+)\.(\d+)(?:\.\d+)?(?:[-+].*)?$/;

/**
 * The minor version that a text names: `1.34`, `v1.34`, `1.34.2`, or as the clouds write it, `v1.34.2-gke.100` and
 * `v1.34.2+k3s1`. Undefined for a text that is no version, and for a version that the toolkit does not know.
 */
export function parseKubernetesVersion(text: string): KubernetesVersion | undefined {
  const [, major, minor] = VERSION.exec(text.trim()) ?? [];
  const name = `${Number(major)}.${Number(minor)}`;
  return kubernetesVersions.find((version) => version === name);
}

/** The known version that comes closest to a text: the newest one where the text is no version at all. */
export function nearestKubernetesVersion(text: string): KubernetesVersion {
  const exact = parseKubernetesVersion(text);
  if (exact) return exact;
  const [, major, minor] = VERSION.exec(text.trim()) ?? [];
  if (major === undefined) return newestVersion;
  const older = Number(major) < 1 || (Number(major) === 1 && Number(minor) < minorOf(oldestVersion));
  return older ? oldestVersion : newestVersion;
}

/** Whether `version` is `since` or newer. */
export function isAtLeast(version: KubernetesVersion, since: KubernetesVersion): boolean {
  return minorOf(version) >= minorOf(since);
}

function minorOf(version: KubernetesVersion): number {
  return Number(version.slice(2));
}

/** Whether a version has what there is from `since` to `last`. */
export function isIn(
  {
    since = oldestVersion,
    last = newestVersion,
  }: { readonly since?: KubernetesVersion; readonly last?: KubernetesVersion },
  version: KubernetesVersion,
): boolean {
  return isAtLeast(version, since) && isAtLeast(last, version);
}
