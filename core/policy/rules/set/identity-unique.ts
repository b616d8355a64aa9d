import { formatIdentity, identityKey, identityOf } from '../../../manifest/identity';
import type { SetRule } from '../../rule';

export const identityUnique = {
  id: 'identity-unique',
  subject: 'set',
  title: 'No two objects are the same object',
  severity: 'error',
  waivable: false,
  why:
    'Of two objects with one kind, namespace and name the last one applied wins: a hardened one is silently ' +
    'replaced by the other.',
  fix: 'Rename one of them, or declare it once.',
  *check({ objects }) {
    const first = new Map<string, string>();
    for (const { object, construct, scope = '' } of objects) {
      // The API server names what has only a generateName: as many as one likes.
      if (!object.metadata?.name) continue;
      const identity = identityOf(object);
      const key = `${scope}\n${identityKey(identity)}`;
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, construct);
        continue;
      }
      yield {
        construct,
        object: formatIdentity(identity),
        property: 'metadata.name',
        value: identity.name,
        message: `there are two of them: the other is ${earlier === construct ? 'in the same construct' : earlier}`,
        remedy: 'give one of them another metadata.name',
      };
    }
  },
} as const satisfies SetRule;
