/** Pulumi programs of tests: run without an engine, and asked for what they registered. */
import { runtime } from '@pulumi/pulumi';
import type { KubernetesObject } from '../../../core/manifest';
import { objectOf } from '../../../stacks/policy/resource';
import { type CollectOptions, collect, type Registration } from '../../../stacks/render/collect';

/** Runs a program as the stack dev of the project platform. */
export function run(program: () => unknown, options: Partial<CollectOptions> = {}): Promise<readonly Registration[]> {
  return collect(program, { project: 'platform', stack: 'dev', ...options });
}

/** The objects among what was registered, as the provider is given them; those that are only changed under their own kind. */
export function objectsIn(registrations: readonly Registration[]): readonly KubernetesObject[] {
  return registrations.flatMap(({ type, inputs }) => {
    const read = objectOf(type.replace(/(?<=\w)Patch$/, ''), inputs);
    return 'reason' in read ? [] : [read.object];
  });
}

/** Where texts stand that a resource was sent with outside of the envelopes of secrets, in plain text or in base64. */
export function leaks(registrations: readonly Registration[], secret: string): readonly string[] {
  const forms = [secret, ...base64s(secret)];
  return registrations.flatMap(({ urn, sent, outputs }) => {
    const text = JSON.stringify(withoutSecrets([sent, outputs?.sent]));
    return forms.some((form) => text.includes(form)) ? [urn] : [];
  });
}

/** What is the same of a text in base64 whatever stands around it, for each place at which it may begin. */
function base64s(text: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.from(' '.repeat(offset) + text);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
    return whole.toString('base64').slice(offset === 0 ? 0 : 4);
  });
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  if (Reflect.get(value, runtime.specialSigKey) === runtime.specialSecretSig) return 'secret';
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutSecrets(member)]));
}
