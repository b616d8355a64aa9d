import type { AccessRequest } from '../../core/rbac';
import { canonical, formatSubject, resourceFault, resourceNamed, type Subject } from '../../core/rbac';
import { UsageError } from '../command';
import { nearest } from '../nearest';

const whoCan = '--who-can';

/** The command line with the verb and the resource of `--who-can` as one value, as it may be written without quotes. */
export function joinWhoCan(args: readonly string[]): readonly string[] {
  const at = args.indexOf(whoCan);
  const [verb, resource] = [args[at + 1], args[at + 2]];
  if (at === -1 || verb === undefined || resource === undefined || /\s/.test(verb) || resource.startsWith('-'))
    return args;
  return [...args.slice(0, at), whoCan, `${verb} ${resource}`, ...args.slice(at + 3)];
}

/**
 * The request that `--who-can` asks about.
 * @throws UsageError for what is no verb and a resource
 */
export function askedRequest(
  text: string,
  place: { readonly namespace?: string; readonly name?: string },
): AccessRequest {
  const [verb = '', target = '', ...more] = text.trim().split(/\s+/);
  if (target === '' || more.length > 0)
    throw new UsageError(`${whoCan} takes a verb and a resource, such as 'get secrets', and not '${text}'`);
  if (target.startsWith('/')) return { verb, path: target };
  const named = resourceNamed(target);
  if (named !== undefined) return { verb, ...named, ...place };
  const { message, remedy } = resourceFault(target);
  throw new UsageError(`${whoCan} ${text}: ${message}; ${remedy}`);
}

/**
 * The subject that a word names: as it is shown, or its name alone where that is clear.
 * @throws UsageError where there is none, with the nearest, and where there are several
 */
export function askedSubject(word: string, known: readonly Subject[]): Subject {
  const whole = /^(User|Group|ServiceAccount)[ :](?:([^/ ]+)\/)?(.+)$/.exec(word);
  const shown = known.filter((subject) => formatSubject(subject) === word);
  const alike = shown.length > 0 ? shown : known.filter((subject) => nameOf(subject) === word || subject.name === word);
  const [only] = alike;
  if (only !== undefined && alike.length === 1) return only;
  if (alike.length > 1)
    throw new UsageError(`--subject ${word} may be ${alike.map(formatSubject).join(', ')}: name one of them`);
  if (whole !== null) {
    const [, kind, namespace, name = ''] = whole;
    if (kind === 'ServiceAccount' && namespace !== undefined) return { kind, namespace, name };
    if (kind === 'User' || kind === 'Group')
      return canonical({ kind, name: namespace === undefined ? name : `${namespace}/${name}` });
  }
  const meant = nearest(
    word,
    known.flatMap((subject) => [formatSubject(subject), nameOf(subject)]),
  );
  const hint =
    meant === undefined
      ? 'write ServiceAccount <namespace>/<name>, User <name> or Group <name>'
      : `did you mean ${meant}?`;
  throw new UsageError(`--subject ${word} is nobody whom these manifests name; ${hint}`);
}

function nameOf({ namespace, name }: Subject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
