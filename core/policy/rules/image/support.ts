import { type Clause, containers, volumes } from '../../clause';
import {
  afterFirst,
  afterLast,
  and,
  choose,
  contains,
  each,
  endsWith,
  find,
  has,
  joined,
  listOf,
  matches,
  some,
  startsWith,
  text,
} from '../../expression/operators';
import type { List, Test, Value } from '../../expression/symbol';

type Text = Value<string>;

/** One way in which an image can break a rule; the owner is the container or volume, as messages name it. */
export interface ImageViolation {
  readonly when: (image: Text) => Test;
  readonly message: (image: Text, owner: Text) => Text;
  readonly remedy: string | ((image: Text) => Text);
}

/** The clauses over every image that a pod pulls: of its containers, and of its volumes. */
export function images({ when, message, remedy }: ImageViolation): readonly Clause[] {
  const mend = (image: Text): Text => (typeof remedy === 'string' ? text`${remedy}` : remedy(image));
  return [
    containers.violation({
      when: ({ image }) => when(image),
      at: ({ image }) => image,
      message: (container) => message(container.image, text`${container}`),
      remedy: typeof remedy === 'string' ? remedy : ({ image }) => mend(image),
    }),
    volumes.violation({
      when: ({ image }) => and(has(image), when(image.reference)),
      at: ({ image }) => image.reference,
      message: (volume) => message(volume.image.reference, text`${volume}`),
      remedy: typeof remedy === 'string' ? remedy : ({ image }) => mend(image.reference),
    }),
  ];
}

/** True where the image says which registry it is from, as a runtime reads it. */
export function namesRegistry(image: Text): Test {
  return matches(image, /^(?:localhost|[^/@.:]*[.:][^/@]*)\//);
}

/** Registry and repository as a runtime completes them: `redis` and `index.docker.io/redis` are `docker.io/library/redis`. As a list of one, which a loop names. */
function fullNames(image: Text): List<string> {
  const written = find(image, /^(?:(?:localhost|[^/@.:]*[.:][^/@]*)\/)?[^:@]*/);
  const named = choose(startsWith(written, 'index.docker.io/'), afterFirst(written, '.'), written);
  return each(listOf(named), (name) => {
    const official = text`docker.io/library/${afterLast(name, '/')}`;
    const ofHub = choose(contains(name, '/'), text`docker.io/${name}`, official);
    return choose(namesRegistry(name), choose(matches(name, /^docker\.io\/[^/]*$/), official, name), ofHub);
  });
}

/** Registry and repository as a runtime completes them. */
export function fullName(image: Text): Text {
  return joined(fullNames(image), '');
}

/** True where a prefix of whole components covers the image: `r.example/pay` covers `r.example/pay/api`, not `r.example/payroll`. */
export function isCovered(image: Text, prefixes: List<string>): Test {
  return some(fullNames(image), (name) =>
    some(prefixes, (prefix) => startsWith(text`${name}/`, choose(endsWith(prefix, '/'), prefix, text`${prefix}/`))),
  );
}
