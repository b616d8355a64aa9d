import { apiGroup } from '../../../manifest/identity';
import { lastApplied } from '../../../manifest/last-applied';
import { PodTemplateKinds } from '../../../manifest/pod-template';
import { type Clause, containers, type PodSymbol, pods, volumes } from '../../clause';
import { podRule } from '../../define';
import {
  afterLast,
  and,
  entryOf,
  find,
  findAll,
  gathered,
  is,
  isAbove,
  joined,
  keysOf,
  listOf,
  lowerCase,
  matches,
  not,
  or,
  sizeOf,
  some,
  start,
  text,
} from '../../expression/operators';
import type { Test, Value } from '../../expression/symbol';
import { withoutLookAlikesIn } from '../../leaks/look-alikes';
import {
  becauseOf,
  becauseOfSetting,
  hasShape,
  holdsSecret,
  isHarmless,
  isNamedSecret,
  isPutIn,
  isSecretSetting,
} from '../../leaks/secret-tests';
import { podIn } from '../../pod-in';
import { NONE, type PodRule } from '../../rule';
import { handlers } from '../pod-conditions';

type Text = Value<string>;

const remedy =
  'put the value into a secret store, mount it as a file, and let the application read the file; change the value, since it was written down';

/** Characters that are read of a value: regular expressions over more cost what the API server gives a whole policy. */
const READABLE = 16_384;

/** What is read of a value: where it is longer, its first characters. */
const read = (value: Text, holds: (part: Text) => Test): Test =>
  some(listOf(start(value, READABLE)), (part) => holds(part));

const isCut = (value: Text): Test => isAbove(sizeOf(value), READABLE);

/** True for a setting that is a secret, or is called one and goes on after what is read. */
const isSecretHere = (name: Text, value: Text): Test =>
  read(value, (part) => isSecretSetting(name, part, isCut(value)));

/** `--password` and the argument after it, in the arguments as lines. */
const flagAndValue = /(?:^|\n)-{1,2}[A-Za-z][\w.-]{0,127}\n[^-\n][^\n]{0,1000}/;

const isSecretFlag = (pair: Text): Test =>
  and(isNamedSecret(find(pair, /[A-Za-z][\w.-]*/)), not(isPutIn(afterLast(pair, '\n'))), not(hasShape(pair)));

/** What a container is started with, and what is run in it. */
const commands = containers.each((container) =>
  gathered<readonly string[]>(container.command, container.args, ...handlers.map((of) => of(container).exec.command)),
);

/** The headers of what the kubelet asks. */
const headers = containers
  .each((container) => gathered(...handlers.map((of) => of(container).httpGet.httpHeaders)))
  .each((list) => list);

const isSecretHeader = (name: Text, value: Text): Test =>
  or(and(matches(lowerCase(name), /^(?:proxy-)?authorization$/), not(isHarmless(value))), isSecretSetting(name, value));

/** A clause over annotations: by the shape of the value alone, since names such as `checksum/secret` are about secrets. */
function inAnnotations(of: 'metadata' | 'object', whose: string): Clause {
  const annotationsOf = ({ metadata, object }: PodSymbol) =>
    of === 'metadata' ? metadata.annotations : object.metadata.annotations;
  return pods
    .each((pod) => keysOf(annotationsOf(pod)))
    .violation({
      when: (key, pod) =>
        and(
          ...(of === 'object' ? [not(is(pod.object.kind, 'Pod'))] : []),
          // What stands there stands in the object itself, too.
          not(is(key, lastApplied)),
          read(entryOf(annotationsOf(pod), key), hasShape),
        ),
      at: (key, pod) => entryOf(annotationsOf(pod), key),
      message: (key, pod) => text`the annotation ${key} of ${whose} ${becauseOf(entryOf(annotationsOf(pod), key))}`,
      remedy: 'leave it out, and have the program read a file; change the value, since it was written down',
      showsValue: false,
    });
}

const rule = podRule({
  id: 'secret-literal',
  title: 'No secret is written into a manifest',
  severity: 'error',
  aboutSecrets: true,
  why:
    'A literal is in the repository, its history, every pipeline and `kubectl get -o yaml`; an argument is in the process list of the node too. ' +
    'Who reads any of them has the secret, and nobody notices.',
  fix: 'Keep it in a secret store and mount it as a file; an environment variable may name the file (DB_PASSWORD_FILE).',
  clauses: [
    containers
      .each(({ env }) => env)
      .violation({
        when: ({ name, value }) => isSecretHere(name, value),
        at: ({ value }) => value,
        message: ({ name, value }, container) =>
          text`the environment variable ${name} of ${container} ${becauseOfSetting(name, value, isCut(value))}`,
        remedy,
        showsValue: false,
      }),
    commands
      .each((command) => command)
      .violation({
        when: (argument) => read(argument, holdsSecret),
        at: (argument) => argument,
        message: (argument, _command, container) => text`an argument of ${container} ${becauseOf(argument)}`,
        remedy,
        showsValue: false,
      }),
    commands.violation({
      when: (command) => {
        const lines = joined(command, '\n');
        return read(lines, (part) => some(findAll(part, flagAndValue), isSecretFlag));
      },
      at: (command) => command,
      message: (_command, container) =>
        text`an argument of ${container} is the value of a flag that is a secret by its name`,
      remedy,
      showsValue: false,
    }),
    headers.violation({
      when: ({ name, value }) => read(value, (part) => isSecretHeader(name, part)),
      at: ({ value }) => value,
      message: ({ name }, _list, container) =>
        text`the header ${name} of a probe or hook of ${container} holds a secret`,
      remedy,
      showsValue: false,
    }),
    volumes
      .each(({ csi }) => keysOf(csi.volumeAttributes))
      .violation({
        when: (name, { csi }) => {
          const value = entryOf(csi.volumeAttributes, name);
          return isSecretHere(name, value);
        },
        at: (name, { csi }) => entryOf(csi.volumeAttributes, name),
        message: (name, volume) => text`the attribute ${name} of ${volume} looks like a secret, or is one by its name`,
        remedy:
          'give the driver a Secret to read, by nodePublishSecretRef; change the value, since it was written down',
        showsValue: false,
      }),
    inAnnotations('metadata', 'the pod'),
    inAnnotations('object', 'the workload'),
  ],
});

/**
 * Of values of more than 16,384 characters the first are read, here as in the cluster; the rule secret-leak reads the rest. One that is called a
 * secret is one, whatever it begins with. CEL has no checksums: a look-alike is told from a token here alone.
 */
export const secretLiteral = {
  ...rule,
  check: (pod, context) => {
    const found = rule.check(pod, context);
    if (found === NONE) return NONE;
    const genuine = withoutLookAlikesIn(pod.object);
    if (genuine === pod.object) return found;
    const { apiVersion, kind } = genuine;
    const path = pod.path.slice(0, -1);
    const same = podIn(genuine, PodTemplateKinds.builtIn.with({ group: apiGroup(apiVersion), kind, path }));
    return same === undefined ? found : rule.check(same, context);
  },
} as const satisfies PodRule;
