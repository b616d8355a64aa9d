import { value } from '../app/shape';

export const isText = (given: unknown): given is string => typeof given === 'string';

/** Whether it is an object with something of that name. */
export function has<K extends string>(given: unknown, name: K): given is Readonly<Record<K, unknown>> {
  return typeof given === 'object' && given !== null && name in given;
}

export const cpu = value(
  "a text such as '250m', or a cdk8s-plus Cpu",
  (given) => isText(given) || has(given, 'amount'),
);
export const bytes = value(
  "a text such as '128Mi', or a cdk8s Size",
  (given) => isText(given) || (has(given, 'asString') && typeof given.asString === 'function'),
);
