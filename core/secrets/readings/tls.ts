import { apiGroup, identityOf } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import type { Known } from './known';
import { listAt, textAt } from './lookup';
import { inSecret } from './pod';
import type { SecretReading } from './reading';

/** A Secret that an object presents, and the hosts that it does so for. */
interface Presented {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly hosts: readonly string[];
}

/** By `group/Kind`, what objects present to their clients. */
const presentedBy: Readonly<
  Record<string, (object: KubernetesObject, namespace: string | undefined) => readonly Presented[]>
> = {
  'networking.k8s.io/Ingress': (object, namespace) =>
    listAt(object, 'spec', 'tls').flatMap((entry) => {
      const name = textAt(entry, 'secretName');
      return name === undefined ? [] : [{ namespace, name, hosts: textsOf(listAt(entry, 'hosts')) }];
    }),
  'gateway.networking.k8s.io/Gateway': (object, namespace) =>
    listAt(object, 'spec', 'listeners').flatMap((listener) =>
      listAt(listener, 'tls', 'certificateRefs').flatMap((reference) => {
        const name = textAt(reference, 'name');
        if (name === undefined || (textAt(reference, 'kind') ?? 'Secret') !== 'Secret') return [];
        const hosts = textsOf([textAt(listener, 'hostname')]);
        return [{ namespace: textAt(reference, 'namespace') ?? namespace, name, hosts }];
      }),
    ),
};

/** What an object presents as its certificate, with the key that belongs to it. */
export function readingsOfTls(object: KubernetesObject, known: Known): readonly SecretReading[] {
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  if (!Object.hasOwn(presentedBy, kind)) return [];
  const reader = identityOf(object);
  return (presentedBy[kind]?.(object, textAt(object, 'metadata', 'namespace')) ?? []).flatMap(
    ({ namespace, name, hosts }) =>
      inSecret(namespace, known, name).map(({ secret, ...from }) => ({
        reader,
        secret,
        way: 'tls' as const,
        ...from,
        ...(hosts.length > 0 && { as: hosts.join(', ') }),
      })),
  );
}

function textsOf(items: readonly unknown[]): readonly string[] {
  return items.filter((item) => typeof item === 'string');
}
