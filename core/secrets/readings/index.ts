import { type Identity, identityOf } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { PodTemplateKinds, podTemplateOf } from '../../manifest/pod-template';
import { kindsToJudgeBy } from '../../policy/embedded-templates';
import { knownOf, type SecretCopy } from './known';
import { textAt } from './lookup';
import { kubernetesSecret } from './naming';
import { type ReadingPod, readingsOfPod } from './pod';
import { readingsOfRoles } from './rbac';
import type { SecretName, SecretReading, SecretReadings, UnreadSecret } from './reading';
import { readingsOfTls } from './tls';

export type * from './reading';
export { readingWays } from './reading';

/**
 * Who reads which secrets, as manifests of any origin say it. Pure, and never throws for what an object holds. Holds names and paths
 * alone: no value of a Secret, of an environment variable or of a template.
 *
 * @param kinds - which kinds hold a pod template, and where; in other custom kinds it is looked for
 */
export function secretReadings(
  objects: readonly KubernetesObject[],
  kinds: PodTemplateKinds = PodTemplateKinds.builtIn,
): SecretReadings {
  const known = knownOf(objects);
  const pods = objects.flatMap((object): readonly ReadingPod[] =>
    kindsToJudgeBy(object, kinds).flatMap((each) => {
      const template = podTemplateOf(object, each);
      if (template === undefined) return [];
      const namespace = textAt(object, 'metadata', 'namespace');
      const { annotations } = template.metadata;
      return [{ reader: identityOf(object), namespace, annotations, spec: template.spec }];
    }),
  );
  const readings = distinct([
    ...pods.flatMap((pod) => readingsOfPod(pod, known)),
    ...objects.flatMap((object) => readingsOfTls(object, known)),
    ...readingsOfRoles(objects, pods, known),
  ]);
  const taken = readings.filter(({ reader }) => !isRole(reader));
  const read = new Set(taken.map(({ secret }) => secretKey(secret)));
  const isRead = ({ secret }: UnreadSecret): boolean => namesOf(secret).some((name) => read.has(name));
  const brought: readonly UnreadSecret[] = [
    ...[...known.classes.values()].flatMap(({ secrets, shown }) =>
      secrets.map(({ gives: _, ...secret }) => ({ ...secret, through: [shown] })),
    ),
    ...known.secrets.map((secret) => ({ ...secret, through: [] })),
  ];
  // A copy at rest is of its own: whoever reads the original need not read it.
  const copies: readonly UnreadSecret[] = known.filled
    .filter((copy) => !isCopyRead(copy, taken))
    .flatMap(({ by, name, from }) =>
      from.map(({ gives: _, ...secret }) => ({ ...secret, through: [by, `Secret ${name}`] })),
    );
  return { readings, unread: distinct([...brought.filter((each) => !isRead(each)), ...copies]) };
}

/** Whether somebody reads the Secret that something else fills. */
function isCopyRead({ by, name, namespaces }: SecretCopy, readings: readonly SecretReading[]): boolean {
  const inPlace = (namespace: string | undefined): boolean => namespaces?.includes(namespace) ?? true;
  return readings.some(
    ({ through, reader, secret }) =>
      (inPlace(reader.namespace) && through.includes(by) && through.includes(`Secret ${name}`)) ||
      (secret.store === 'kubernetes' &&
        (namespaces ?? [reader.namespace]).some((namespace) =>
          namesOf(kubernetesSecret(namespace, name)).includes(secretKey(secret)),
        )),
  );
}

/** A role that nobody has reads nothing yet. */
function isRole({ group, kind }: Identity): boolean {
  return group === 'rbac.authorization.k8s.io' && (kind === 'Role' || kind === 'ClusterRole');
}

function secretKey({ store, name }: SecretName): string {
  return `${store} ${name}`;
}

/** Every name by which a secret may be read: a right to all Secrets of a namespace is one to each of them. */
function namesOf(secret: SecretName): readonly string[] {
  if (secret.store !== 'kubernetes') return [secretKey(secret)];
  const slash = secret.name.indexOf('/');
  const name = secret.name.slice(slash + 1);
  const all = [secret.name, `${secret.name.slice(0, slash + 1)}*`, `*/${name}`, '*/*'];
  return all.map((each) => secretKey({ store: secret.store, name: each }));
}

/** Each of them once: one file may be given in two forms. */
function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
