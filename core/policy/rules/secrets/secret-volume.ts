import type { Container, Volume } from '../../../manifest/pod';
import { type PodSymbol, volumes } from '../../clause';
import { podRule } from '../../define';
import { and, has, is, isAbove, isEmpty, lacks, not, or, select, sizeOf, some, text } from '../../expression/operators';
import type { List, Sym, Test } from '../../expression/symbol';

/** True for a volume with a Secret in it. */
const holdsSecret = ({ secret, projected }: Sym<Volume>): Test =>
  or(
    has(secret),
    some(projected.sources, (source) => has(source.secret)),
  );

/** True for a volume that shows every key of a Secret, those that are added later, too. */
const holdsWholeSecret = ({ secret, projected }: Sym<Volume>): Test =>
  or(
    and(has(secret), isEmpty(secret.items)),
    some(projected.sources, (source) => and(has(source.secret), isEmpty(source.secret.items))),
  );

const mounters = (volume: Sym<Volume>, pod: PodSymbol): List<Container> =>
  select(pod.containers(), ({ volumeMounts }) => some(volumeMounts, ({ name }) => is(name, volume.name)));

/** Those that see all of it, and not one file. */
const mountersOfAll = (volume: Sym<Volume>, pod: PodSymbol): List<Container> =>
  select(pod.containers(), ({ volumeMounts }) =>
    some(volumeMounts, ({ name, subPath, subPathExpr }) =>
      and(is(name, volume.name), lacks(subPath), lacks(subPathExpr)),
    ),
  );

export const secretVolume = podRule({
  id: 'secret-volume',
  title: 'A Secret is mounted no wider than it is used',
  severity: 'warning',
  why:
    'A Secret that is mounted is on the node, and in whatever takes over a container that sees it: a volume that no container mounts serves nobody ' +
    'but an attacker on the node, and keys that a container does not need are lost with it. ' +
    'Source: https://kubernetes.io/docs/concepts/security/secrets-good-practices/#restrict-secret-access-to-specific-containers.',
  fix: 'Leave out volumes that nothing mounts, and name in items the keys that a container reads: a volume a container where they differ.',
  clauses: [
    volumes.violation({
      when: (volume, pod) => and(holdsSecret(volume), not(isAbove(sizeOf(mounters(volume, pod)), 0))),
      at: ({ name }) => name,
      message: (volume) => text`${volume} holds a Secret, and no container mounts it`,
      remedy: 'leave the volume out, or mount it where it is read',
      showsValue: false,
    }),
    volumes.violation({
      when: (volume, pod) => and(holdsWholeSecret(volume), isAbove(sizeOf(mountersOfAll(volume, pod)), 1)),
      at: ({ name }) => name,
      message: (volume) => text`${volume} shows every key of a Secret to more than one container`,
      remedy: 'give each container a volume of its own, with the keys that it reads in items',
      severity: 'info',
      showsValue: false,
    }),
  ],
});
