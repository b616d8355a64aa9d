/** What is taken from gitleaks -> the text of core/secrets/leaks/data.ts, before it is formatted. */
import type { TakenPattern, TakenPatterns } from './patterns';
import { gitleaksModule, gitleaksVersion } from './source';

/** How long a line of words is at most. */
const longest = 110;

export function moduleText({ patterns, allowed, generic }: TakenPatterns): string {
  const constants: readonly (readonly [doc: string, name: string, lines: readonly string[]])[] = [
    [
      'A pattern a line: id, bits of entropy, `value` or `named` (where the name of the setting is part of what matches), keywords, and the ' +
        'regular expression. Below it, after a tab, what is no secret all the same.',
      'patternLines',
      patterns.flatMap(linesOf),
    ],
    ['Values that stand in for a secret, whatever the pattern.', 'allowedLines', allowed],
    ['The last resort, in the form of a pattern.', 'genericLines', linesOf(generic)],
    ['What the last resort matches that is about no secret.', 'genericAllowedLines', generic.allowedMatches],
    ['Words that no random value has.', 'stopwordLines', wrapped(generic.stopwords)],
  ];
  const head = [
    `// Written by tools/leaks from ${gitleaksModule} ${gitleaksVersion}. Do not edit.`,
    '// MIT License, Copyright (c) 2019 Zachary Rice: see NOTICE.',
  ];
  const body = constants.map(
    ([doc, name, lines]) =>
      `/** ${doc} */\nexport const ${name}: readonly string[] = [\n${lines.map((line) => JSON.stringify(line)).join(',\n')},\n];`,
  );
  return `${[head.join('\n'), ...body].join('\n\n')}\n`;
}

function linesOf({ id, source, keywords, entropy, allowed, isNamed }: TakenPattern): readonly string[] {
  const words = keywords.join(',');
  if (words === '' || words.includes(' ')) throw new Error(`the keywords of ${id} cannot be looked up: ${words}`);
  return [`${id} ${entropy} ${isNamed ? 'named' : 'value'} ${words} ${source}`, ...allowed.map((each) => `\t${each}`)];
}

function wrapped(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= longest) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
