import { formatIdentity, identityOf } from '../../../manifest/identity';
import { formatPath } from '../../../manifest/path';
import { podTemplateOf } from '../../../manifest/pod-template';
import { type FilledSecret, secretsFilledBy } from '../../../secrets/filled-secrets';
import { textAt } from '../../../secrets/readings/lookup';
import { injectorsOf } from '../../../secrets/vault/injector';
import type { ObjectOfConstruct, ObjectSet } from '../../object-set';
import type { SetRule } from '../../rule';

interface Filling extends FilledSecret {
  readonly entry: ObjectOfConstruct;
}

const remedy = 'give each a Secret of its own: another name here';

const classKind = 'SecretProviderClass';

export const secretOwner = {
  id: 'secret-owner',
  subject: 'set',
  title: 'Every Secret is filled by one',
  severity: 'error',
  why:
    'Of two that fill one Secret the last one wins, and then the other: a workload reads now this value, now that one, and a password that was rotated ' +
    'comes back. Where a Secret holds the CA by which Vault is known, whoever may write the secret that fills it decides which Vault is believed.',
  fix: 'Give each a Secret with a name of its own: one of them is another syncAs.secret, destination.name, target.name or metadata.name.',
  *check({ objects, kinds }) {
    const first = new Map<string, Filling>();
    const trusted = caSecrets(objects, kinds);
    for (const entry of objects) {
      const { object, construct } = entry;
      for (const found of secretsFilledBy(object)) {
        const key = keyOf(entry, found.name);
        const at = { construct, object: formatIdentity(identityOf(object)), property: formatPath(found.path) };
        if (found.isOfVault === true && trusted.has(key))
          yield {
            ...at,
            value: found.name,
            message: `the Secret ${found.name} holds the CA by which Vault is known, and would be filled from Vault`,
            remedy,
          };
        const earlier = first.get(key);
        if (earlier === undefined) first.set(key, { ...found, entry });
        else if (!isSame(earlier, { ...found, entry }))
          yield {
            ...at,
            value: found.name,
            message: `the Secret ${found.name} is filled twice: by ${shown(earlier.entry)}, too`,
            remedy,
          };
      }
    }
  },
} as const satisfies SetRule;

/** Two that fill it with the same; of one workload, its mounts have said so. */
function isSame(one: Filling, other: Filling): boolean {
  const areClasses = one.entry.object.kind === classKind && other.entry.object.kind === classKind;
  return (
    (one.content !== undefined && one.content === other.content) ||
    (areClasses && one.entry.construct === other.entry.construct && isOfOneWorkload(one, other)) ||
    // Twice the same object, of which identity-unique tells.
    (one.entry.object.kind === other.entry.object.kind &&
      one.entry.object.metadata?.name !== undefined &&
      one.entry.object.metadata.name === other.entry.object.metadata?.name)
  );
}

const workloadLabel = 'app.kubernetes.io/name';

function isOfOneWorkload(one: Filling, other: Filling): boolean {
  const name = one.entry.object.metadata?.labels?.[workloadLabel];
  return name !== undefined && name === other.entry.object.metadata?.labels?.[workloadLabel];
}

function shown({ object, construct }: ObjectOfConstruct): string {
  return `${object.kind} ${object.metadata?.name ?? ''} (${construct})`;
}

function keyOf({ object, scope = '' }: ObjectOfConstruct, secret: string): string {
  return `${scope}\n${object.metadata?.namespace ?? ''}\n${secret}`;
}

/** The Secrets that hold the CA by which an operator or an agent knows Vault. */
function caSecrets(objects: ObjectSet['objects'], kinds: ObjectSet['kinds']): ReadonlySet<string> {
  const found = new Set<string>();
  for (const entry of objects) {
    const { object } = entry;
    const ofConnection = object.kind === 'VaultConnection' ? textAt(object, 'spec', 'caCertSecretRef') : undefined;
    if (ofConnection !== undefined) found.add(keyOf(entry, ofConnection));
    for (const { told } of injectorsOf(podTemplateOf(object, kinds)?.metadata.annotations)) {
      const ofAgent = told('tls-secret');
      if (ofAgent !== undefined) found.add(keyOf(entry, ofAgent));
    }
  }
  return found;
}
