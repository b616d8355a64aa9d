import { ClusterTarget } from '../../../cluster/target';
import { newestVersion } from '../../../cluster/version';
import { lastApplied } from '../../../manifest/last-applied';
import type { KubernetesObject } from '../../../manifest/object';
import { formatPath, type Path, valueAt } from '../../../manifest/path';
import { isMapping, mappingOf } from '../../../manifest/plain';
import { PodTemplateKinds } from '../../../manifest/pod-template';
import { kindsToJudgeBy } from '../../embedded-templates';
import type { Violation } from '../../finding';
import { objectLeaks } from '../../leaks/object-leaks';
import { podIn } from '../../pod-in';
import { everyKind, NONE, type ObjectRule, type RuleContext } from '../../rule';
import { secretInConfig } from './secret-in-config';
import { secretInManifest } from './secret-in-manifest';
import { secretLiteral } from './secret-literal';

const remedy = 'put the value into a secret store, and leave it out here; change it, since it was written down';

/** What the other rules about literals ask does not depend on it. */
const anywhere = (): RuleContext => ({ target: ClusterTarget.of(newestVersion), registries: [] });

/** What the other rules about literals find in an object, in every pod template of it. */
function foundByOthers(object: KubernetesObject): readonly Violation[] {
  const ofPods = kindsToJudgeBy(object, PodTemplateKinds.builtIn).flatMap((kinds) => {
    const pod = podIn(object, kinds);
    return pod === undefined ? [] : [...secretLiteral.check(pod, anywhere())];
  });
  if (object.apiVersion !== 'v1') return ofPods;
  if (object.kind === 'ConfigMap') return [...ofPods, ...secretInConfig.check(object, anywhere())];
  return object.kind === 'Secret' ? [...ofPods, ...secretInManifest.check(object)] : ofPods;
}

/** Every violation of the rules about literals: where secrets stand in an object. */
export function literalsIn(object: KubernetesObject): readonly Violation[] {
  const own = ownViolations(object);
  return [...foundByOthers(object), ...own];
}

function ownViolations(object: KubernetesObject): readonly Violation[] {
  const leaks = objectLeaks(object);
  const earlier = earlierViolation(object);
  if (leaks.length === 0) return earlier === undefined ? NONE : [earlier];
  const known = new Set(foundByOthers(object).map(({ path }) => formatPath(path)));
  const own = leaks
    .filter(({ path }) => !path.some((_, i) => known.has(formatPath(path.slice(0, i + 1)))))
    .map(
      ({ path, because, severity }): Violation => ({
        path,
        message: `${nameOf(path)} ${because}`,
        remedy,
        ...(severity && { severity }),
      }),
    );
  return earlier === undefined ? own : [...own, earlier];
}

function nameOf(path: Path): string {
  const [field, kind, key] = path;
  if (field === 'metadata' && (kind === 'annotations' || kind === 'labels'))
    return `the ${kind.slice(0, -1)} ${String(key)}`;
  return `the value of ${String(path.findLast((step) => typeof step === 'string'))}`;
}

/** What `kubectl apply` keeps of an earlier version, where a secret stood in it that no longer stands in the object. */
function earlierViolation(object: KubernetesObject): Violation | undefined {
  const text = object.metadata?.annotations?.[lastApplied];
  if (typeof text !== 'string') return undefined;
  const earlier = parsed(text);
  if (earlier === undefined) return undefined;
  const gone = literalsIn(earlier).find(
    ({ path }) => JSON.stringify(valueAt(earlier, path)) !== JSON.stringify(valueAt(object, path)),
  );
  if (gone === undefined) return undefined;
  return {
    path: ['metadata', 'annotations', lastApplied],
    message: `the annotation keeps an earlier version of the object, with a secret at ${formatPath(gone.path)}`,
    remedy: 'apply the object again, which writes the annotation anew; change the value, since it was written down',
  };
}

function parsed(text: string): KubernetesObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isMapping(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return undefined;
    const { metadata, ...rest } = value;
    const { annotations: _, ...names } = mappingOf(metadata);
    return { ...rest, metadata: names } as unknown as KubernetesObject;
  } catch {
    return undefined;
  }
}

/**
 * A rule of plain code: hundreds of forms, checksums and entropy are more than an admission policy may cost. What the other rules about literals
 * find, they report.
 */
export const secretLeak = {
  id: 'secret-leak',
  subject: 'object',
  kinds: [everyKind],
  title: 'No secret stands anywhere in an object',
  severity: 'error',
  why:
    'A token in a label, in the values of a chart or in a custom resource is read by whoever may view the namespace, and stands in the ' +
    'repository and its history. Nobody encrypts these fields at rest.',
  fix: 'Keep the value in a secret store, and give the object the name of the Secret, or of the file, that it becomes.',
  check: ownViolations,
} as const satisfies ObjectRule;
