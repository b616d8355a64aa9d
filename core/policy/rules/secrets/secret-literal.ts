import { containers, volumes } from '../../clause';
import { podRule } from '../../define';
import {
  afterLast,
  and,
  entryOf,
  find,
  findAll,
  gathered,
  isBelow,
  isFilled,
  joined,
  keysOf,
  lowerCase,
  matches,
  not,
  or,
  sizeOf,
  some,
  text,
} from '../../expression/operators';
import type { Test, Value } from '../../expression/symbol';
import { handlers } from '../pod-conditions';
import {
  becauseOf,
  becauseOfSetting,
  hasShape,
  holdsSecret,
  isHarmless,
  isNamedSecret,
  isPutIn,
  isSecretSetting,
} from './support';

type Text = Value<string>;

const remedy =
  'put the value into a secret store, mount it as a file, and let the application read the file; change the value, since it was written down';

/** Characters that are read of a value: regular expressions over more cost what the API server gives a whole policy. */
const READABLE = 16_384;

const isReadable = (value: Text): Test => and(isFilled(value), isBelow(sizeOf(value), READABLE));

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

/** Values of more than 16,384 characters are not read. */
export const secretLiteral = podRule({
  id: 'secret-literal',
  title: 'No secret is written into a manifest',
  severity: 'error',
  why:
    'A literal is in the repository, its history, every pipeline and `kubectl get -o yaml`; an argument is in the process list of the node too. ' +
    'Who reads any of them has the secret, and nobody notices.',
  fix: 'Keep it in a secret store and mount it as a file; an environment variable may name the file (DB_PASSWORD_FILE).',
  clauses: [
    containers
      .each(({ env }) => env)
      .violation({
        when: ({ name, value }) => and(isReadable(value), isSecretSetting(name, value)),
        at: ({ value }) => value,
        message: ({ name, value }, container) =>
          text`the environment variable ${name} of ${container} ${becauseOfSetting(name, value)}`,
        remedy,
        showsValue: false,
      }),
    commands
      .each((command) => command)
      .violation({
        when: (argument) => and(isReadable(argument), holdsSecret(argument)),
        at: (argument) => argument,
        message: (argument, _command, container) => text`an argument of ${container} ${becauseOf(argument)}`,
        remedy,
        showsValue: false,
      }),
    commands.violation({
      when: (command) => {
        const lines = joined(command, '\n');
        return and(isReadable(lines), some(findAll(lines, flagAndValue), isSecretFlag));
      },
      at: (command) => command,
      message: (_command, container) =>
        text`an argument of ${container} is the value of a flag that is a secret by its name`,
      remedy,
      showsValue: false,
    }),
    headers.violation({
      when: ({ name, value }) => and(isReadable(value), isSecretHeader(name, value)),
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
          return and(isReadable(value), isSecretSetting(name, value));
        },
        at: (name, { csi }) => entryOf(csi.volumeAttributes, name),
        message: (name, volume) => text`the attribute ${name} of ${volume} looks like a secret, or is one by its name`,
        remedy:
          'give the driver a Secret to read, by nodePublishSecretRef; change the value, since it was written down',
        showsValue: false,
      }),
  ],
});
