import * as fc from 'fast-check';
import { groupBy } from '../../../core/group-by';
import { customFaults, redactionPatterns, redactionStatements } from '../../../core/logs/redaction';
import { gitleaksForm } from '../../../core/logs/redaction/gitleaks';
import { cardForm, ibanForm, numberGroups } from '../../../core/logs/redaction/numbers';
import { harmlessLines, plant } from '../../support/logs/planted';

/** What the patterns make of a line; numbers with checksums are the Collector's own. */
function redacted(line: string): string {
  let text = line;
  for (const { forms } of redactionPatterns)
    for (const { needle = '', guard = '', pattern, replacement } of forms)
      if (text.includes(needle) && new RegExp(guard).test(text))
        text = text.replace(new RegExp(pattern, 'g'), replacement);
  return text;
}

const numbers = ['card number', 'account number', 'private key line by line'];

describe('the catalogue', () => {
  it.each(plant(4).filter(({ kind }) => !numbers.includes(kind)))('takes out $kind', ({ lines, secrets }) => {
    const text = lines.map(redacted).join('\n');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toMatch(/\[redacted:[a-z-]+\]/);
  });

  it.each(harmlessLines())('leaves %s', (line) => {
    expect(redacted(line)).toBe(line);
  });

  it('leaves a line that has been redacted', () => {
    for (const line of plant(2).flatMap(({ lines }) => lines.map(redacted))) expect(redacted(line)).toBe(line);
  });

  it('has a needle for each form: most lines are not searched', () => {
    for (const { forms } of redactionPatterns)
      for (const { needle = '' } of forms) expect(needle.length).toBeGreaterThanOrEqual(2);
  });

  const byPattern = groupBy(
    redactionPatterns.flatMap(({ id, forms }) => forms.map((form) => ({ id, ...form }))),
    ({ pattern }) => pattern,
  );

  /** Needles that gitleaks' own forms are wider than: by case, by a dot that is any character, by tokens of OpenBao (`s.`), which have a form of their own. */
  const narrower = ['xapp', 'hooks.slack', 'npm_', 'hvs.'];

  it.each(
    [...byPattern.values()]
      .filter((forms) => !narrower.includes(forms[0]?.needle ?? ''))
      .map((forms) => ({ forms, needles: forms.map(({ needle }) => needle).join(', ') })),
  )('passes by no match of $forms.0.id for want of $needles', ({ forms }) => {
    const pattern = new RegExp(forms[0]?.pattern ?? '');
    fc.assert(
      // fast-check knows no boundaries of words.
      fc.property(fc.stringMatching(new RegExp(pattern.source.replace(/^\\b(.*)\\b$/, '^$1$'))), (text) => {
        const [match = ''] = pattern.exec(text) ?? [];
        expect(
          forms.some(({ needle = '', guard = '' }) => match.includes(needle) && new RegExp(guard).test(match)),
        ).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['card', cardForm, 0],
    ['account', ibanForm, 1],
  ])('passes by no number of a %s', (_, form, group) => {
    const conditions = (numberGroups[group]?.conditions ?? []).map((condition) => {
      const [, quoted = ''] = /^IsMatch\(body, (".*")\)$/.exec(condition) ?? [];
      return new RegExp(JSON.parse(quoted.replaceAll('$$', '$')));
    });
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(`^(?:${form})$`)), (number) => {
        expect(conditions.some((condition) => condition.test(number))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{"password":"a\\"b","user":"x"}', '{"password":"[redacted:password]","user":"x"}'],
    ['{"dbPassword": 4711, "n": 1}', '{"dbPassword": "[redacted:password]", "n": 1}'],
    ["PGPASSWORD='a b' psql", "PGPASSWORD='[redacted:password]' psql"],
    ['password: hunter2, user: x', 'password: [redacted:password], user: x'],
    [
      '{"m":"{\\"password\\":\\"a\\\\nb\\",\\"n\\":1}"}',
      '{"m":"{\\"password\\":\\"[redacted:password]\\",\\"n\\":1}"}',
    ],
    ['redis://:s3cret@cache:6379/0', 'redis://:[redacted:url-password]@cache:6379/0'],
    ['{"secretName":"db","resource":"secrets"}', '{"secretName":"db","resource":"secrets"}'],
  ])('keeps what stands around: %s', (line, expected) => {
    expect(redacted(line)).toBe(expected);
  });

  it('is told when gitleaks has a pattern no more', () => {
    expect(() => gitleaksForm('no-such-pattern')).toThrow(RangeError);
  });
});

describe('statements', () => {
  it('write a dollar sign twice: the Collector would take it for a variable', () => {
    for (const { conditions = [], statements } of redactionStatements({ email: true }))
      for (const text of [...conditions, ...statements]) expect(text.replaceAll('$$', '')).not.toContain('$');
  });

  it('search every line for a pattern without a needle', () => {
    const custom = [{ id: 'ticket', pattern: 'TICKET-[0-9]+' }];
    const [, first] = redactionStatements({ custom });
    expect(first?.statements.at(-1)).toBe('replace_pattern(body, "TICKET-[0-9]+", "[redacted:ticket]")');
  });
});

describe('a pattern of ones own', () => {
  it.each([
    ['a lookahead', 'x(?=y)', 'it looks ahead or behind, which RE2 cannot'],
    ['a reference', '(a)\\1', 'it refers back to a group, which RE2 cannot'],
    ['a possessive quantifier', 'a++', 'it has possessive or doubled repetitions, which RE2 cannot'],
    ['too many repetitions', 'a{1001}', 'it repeats more than 1000 times, which RE2 refuses'],
    ['no expression', 'a(', 'it opens a group that it does not close'],
    ['nothing', '', 'it is empty, and matches everywhere'],
    ['everything', '.*', 'it matches all of "", and so lines that hold no secret'],
    ['everything but empty lines', '[\\s\\S]+', 'it matches all of "x", and so lines that hold no secret'],
  ])('is refused with %s', (_, pattern, message) => {
    expect(customFaults('redaction.custom', [{ id: 'own', pattern }])).toEqual([
      { key: 'redaction.custom[0].pattern', message, remedy: expect.any(String) },
    ]);
  });

  it.each(['TICKET-[0-9]{4,10}', '(?i)kennwort: (?P<word>\\w+)', 'a\\\\1', '[(?=]x+'])('is taken: %s', (pattern) => {
    expect(customFaults('custom', [{ id: 'own', pattern }])).toEqual([]);
  });

  it('has a name of its own, and a needle that is worth it', () => {
    const custom = [
      { id: 'Own', pattern: 'abc' },
      { id: 'jwt', pattern: 'abc' },
      { id: 'mine', pattern: 'abc', needle: 'a' },
      { id: 'mine', pattern: 'abc' },
    ];
    expect(customFaults('custom', custom).map(({ key }) => key)).toEqual([
      'custom[0].id',
      'custom[1].id',
      'custom[2].needle',
      'custom[3].id',
    ]);
  });
});
