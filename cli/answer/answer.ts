import type { InputError } from '../../core/report/check-report';
import { visible } from '../../core/report/visible';
import type { ExitCode, Terminal } from '../command';
import type { OptionInfo } from '../options';
import { type Arrow, dot, mermaid } from './graph';

const answerFormats = ['text', 'json', 'mermaid', 'dot'] as const;

/** A form of an answer. */
export type AnswerFormat = (typeof answerFormats)[number];

/** The option of a command that answers in each of the forms. */
export const formatOption = {
  type: 'string',
  short: 'f',
  value: '<form>',
  what: 'the form of the answer',
  allowed: answerFormats,
} as const satisfies OptionInfo;

/** What a command answers, in every form. */
export type Answer = Readonly<Record<Exclude<AnswerFormat, 'json'>, () => string>> & {
  readonly json: () => object;
  /** Whether the answer is no. */
  readonly isNo: boolean;
};

/** The forms of an answer that are drawn. @param nodes those that stand there without an arrow, too */
export function graphs(
  arrows: () => readonly Arrow[],
  nodes: () => readonly string[] = () => [],
): Pick<Answer, 'mermaid' | 'dot'> {
  const draw = (write: typeof mermaid) => () => {
    const drawn = arrows();
    return write([...nodes(), ...drawn.flatMap(({ from, to }) => [from, to])], drawn);
  };
  return { mermaid: draw(mermaid), dot: draw(dot) };
}

/** What an answer comes with. */
interface Beside {
  /** What has to be known of it, by its key in JSON; in the other forms it goes to standard error. */
  readonly notes: Readonly<Record<string, readonly string[]>>;
  /** What could not be read. */
  readonly errors: readonly InputError[];
}

/** Puts an answer out in the form that is asked for. */
export function publishAnswer(
  made: Answer,
  { notes, errors }: Beside,
  { quiet = false, format = 'text' }: { readonly quiet?: boolean | undefined; readonly format?: string | undefined },
  terminal: Terminal,
): ExitCode {
  const form = format as AnswerFormat;
  if (form === 'json') terminal.out(`${JSON.stringify({ ...made.json(), ...notes, errors }, undefined, 2)}\n`);
  else terminal.out(made[form]());
  if (!quiet && form !== 'json')
    for (const line of Object.values(notes).flat()) terminal.err(visible(`note: ${line}`).concat('\n'));
  return errors.length > 0 ? 2 : made.isNo ? 1 : 0;
}
