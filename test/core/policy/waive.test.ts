import fc from 'fast-check';
import { type Finding, rules, type ScopedException, type SecurityException, waive } from '../../../core/policy';

const today = '2026-11-21';
const reason = 'the scanner needs it until it is replaced';
const exception: SecurityException = { rule: 'privileged', reason, expires: '2026-12-31' };

const finding = (construct: string | undefined, more: Partial<Finding> = {}): Finding => ({
  rule: 'privileged',
  severity: 'error',
  ...(construct !== undefined && { construct }),
  message: 'it may do anything',
  remedy: 'take it away',
  ...more,
});
const on = (construct: string, more: Partial<SecurityException> = {}): ScopedException => ({
  construct,
  exception: { ...exception, ...more },
});
const unused = (construct: string, more: Partial<Finding> = {}): Finding => ({
  rule: 'exception-unused',
  severity: 'warning',
  construct,
  property: 'exceptions',
  value: 'privileged',
  message: 'nothing here breaks the rule privileged',
  remedy: 'remove the exception: it would hide what comes later',
  ...more,
});

/** The same where other findings of the rule stand beside it. */
const astray = (construct: string): Finding =>
  unused(construct, {
    message: 'the exception covers none of what breaks the rule privileged',
    remedy: 'make it cover what it is meant for, or remove it',
  });

describe('an exception', () => {
  it('waives a finding of its rule on its construct: the finding stays, and says by which', () => {
    const scoped = on('shop/api');
    expect(waive([finding('shop/api')], [scoped], today)).toStrictEqual([
      { ...finding('shop/api'), waivedBy: scoped.exception },
    ]);
  });

  it.each([
    ['shop/api', 'shop/api', true],
    ['shop/api', 'shop/api/Resource', true],
    ['shop', 'shop/api', true],
    ['', 'shop/api', true],
    ['', undefined, true],
    ['shop/api', 'shop/api-2', false],
    ['shop/api', 'shop', false],
    ['shop/api', 'other/shop/api', false],
    ['shop/api', undefined, false],
  ])('on %j covers a finding on %j: %p', (construct, found, covered) => {
    const [first, ...problems] = waive([finding(found)], [on(construct)], today);
    expect(first).toStrictEqual(covered ? { ...finding(found), waivedBy: exception } : finding(found));
    expect(problems).toStrictEqual(covered ? [] : [astray(construct)]);
  });

  it('covers no other rule', () => {
    const other = finding('shop/api', { rule: 'host-ports' });
    expect(waive([other], [on('shop/api')], today)).toStrictEqual([other, unused('shop/api')]);
  });

  it('that names a container covers that one', () => {
    const [mine, other] = [finding('a', { container: 'mine' }), finding('a', { container: 'other' })];
    const scoped = on('a', { container: 'mine' });
    expect(waive([mine, other, finding('a')], [scoped], today)).toStrictEqual([
      { ...mine, waivedBy: scoped.exception },
      other,
      finding('a'),
    ]);
    expect(waive([other], [scoped], today)).toStrictEqual([other, astray('a')]);
  });

  it('is not used where an earlier one covers already', () => {
    const [first, second] = [on('shop', { ticket: 'OPS-1' }), on('shop/api', { ticket: 'OPS-2' })];
    expect(waive([finding('shop/api')], [first, second], today)).toStrictEqual([
      { ...finding('shop/api'), waivedBy: first.exception },
      unused('shop/api'),
    ]);
  });

  it('may stand on several constructs: it is used where one of them needs it', () => {
    const shared = [
      { construct: 'a', exception },
      { construct: 'b', exception },
    ];
    expect(waive([finding('b')], shared, today)).toStrictEqual([{ ...finding('b'), waivedBy: exception }]);
  });

  it('holds on its last day, and no longer', () => {
    expect(waive([finding('a')], [on('a', { expires: today })], today)[0]).toHaveProperty('waivedBy');
    expect(waive([finding('a')], [on('a', { expires: '2026-11-20' })], today)).toStrictEqual([
      finding('a'),
      {
        rule: 'exception-valid',
        severity: 'error',
        construct: 'a',
        property: 'exceptions.expires',
        value: '2026-11-20',
        message: `the exception to privileged ended on 2026-11-20; its reason was: ${reason}`,
        remedy: 'mend what it excused, or set a later day after judging it anew',
      },
    ]);
  });
});

it('has a reason of ten letters or digits at least', () => {
  const short = on('a', { reason: 'ten letters' });
  expect(waive([finding('a')], [short], today)).toStrictEqual([{ ...finding('a'), waivedBy: short.exception }]);
});

describe('a faulty exception waives nothing, and is an error itself', () => {
  const shape = "give a list of exceptions, each as { rule: '…', reason: '…', expires: 'YYYY-MM-DD' }";
  const day = 'write the last day on which it holds as YYYY-MM-DD';
  const unreadable = 'the exception to privileged has no reason that anybody could judge';
  it.each<[unknown, Pick<Finding, 'property' | 'value' | 'message' | 'remedy'>]>([
    [null, { property: 'exceptions', value: null, message: 'this is no exception', remedy: shape }],
    ['privileged', { property: 'exceptions', value: 'privileged', message: 'this is no exception', remedy: shape }],
    [[exception], { property: 'exceptions', value: [exception], message: 'this is no exception', remedy: shape }],
    [{}, { property: 'exceptions', value: {}, message: 'the exception names no rule', remedy: shape }],
    [
      { ...exception, rule: 'privilegd' },
      {
        property: 'exceptions',
        value: 'privilegd',
        message: 'there is no rule "privilegd"',
        remedy: 'did you mean privileged?',
      },
    ],
    [
      { ...exception, rule: 'x' },
      {
        property: 'exceptions',
        value: 'x',
        message: 'there is no rule "x"',
        remedy: 'take the id from the finding that it should waive',
      },
    ],
    ...[undefined, 'nine chars', '..........', '\u200b'.repeat(10), 42].map(
      (given): [unknown, Pick<Finding, 'property' | 'value' | 'message' | 'remedy'>] => [
        { ...exception, reason: given },
        {
          property: 'exceptions.reason',
          value: given,
          message: unreadable,
          remedy: 'say in a sentence why the rule cannot be kept here',
        },
      ],
    ),
    ...[undefined, '2026-13-01', '2027-02-29', '31.12.2026', '2026-12-31T00:00:00Z', 20_261_231].map(
      (given): [unknown, Pick<Finding, 'property' | 'value' | 'message' | 'remedy'>] => [
        { ...exception, expires: given },
        {
          property: 'exceptions.expires',
          value: given,
          message: 'the exception to privileged ends on no day of the calendar',
          remedy: day,
        },
      ],
    ),
  ])('%j', (given, fault) => {
    const scoped = { construct: 'a', exception: given as SecurityException };
    expect(waive([finding('a')], [scoped], today)).toStrictEqual([
      finding('a'),
      { ...fault, rule: 'exception-valid', severity: 'error', construct: 'a' },
    ]);
  });

  it('where it is judged against no day', () => {
    expect(waive([finding('a')], [on('a')], 'tomorrow')).toStrictEqual([
      finding('a'),
      {
        rule: 'exception-valid',
        severity: 'error',
        construct: 'a',
        property: 'today',
        value: 'tomorrow',
        message: 'exceptions are judged against no day of the calendar, so that none would ever end',
        remedy: 'write the day as YYYY-MM-DD, or leave today out',
      },
    ]);
  });

  it.each(rules.map(({ id }) => id))('to %s, if no exception can make that right', (id) => {
    const rule = rules.find((known) => known.id === id);
    const waivable = !(rule && 'waivable' in rule && rule.waivable === false);
    const given = finding('a', { rule: id });
    const result = waive([given], [on('a', { rule: id })], today);
    if (waivable) expect(result).toStrictEqual([{ ...given, waivedBy: { ...exception, rule: id } }]);
    else {
      expect(result).toStrictEqual([
        given,
        {
          rule: 'exception-valid',
          severity: 'error',
          construct: 'a',
          property: 'exceptions',
          value: id,
          message: `no exception can make the rule ${id} right: ${rule?.why}`,
          remedy: rule?.fix,
        },
      ]);
    }
  });
});

describe('an exception to several rules', () => {
  const several = (rule: unknown, more: Partial<SecurityException> = {}) =>
    on('a', { rule: rule as string[], ...more });
  const problem = (more: Partial<Finding>): Finding => ({
    rule: 'exception-valid',
    severity: 'error',
    construct: 'a',
    message: '',
    remedy: '',
    ...more,
  });

  it('waives a finding of each, and each finding says for which', () => {
    const [privileged, ports] = [finding('a'), finding('a', { rule: 'host-ports' })];
    expect(waive([privileged, ports], [several(['host-ports', 'privileged'])], today)).toStrictEqual([
      { ...privileged, waivedBy: exception },
      { ...ports, waivedBy: { ...exception, rule: 'host-ports' } },
    ]);
  });

  it('is reported for each rule that nothing breaks, by what to take out', () => {
    const result = waive([finding('a')], [several(['privileged', 'host-ports', 'host-namespaces'])], today);
    expect(result.slice(1)).toStrictEqual(
      ['host-ports', 'host-namespaces'].map((rule, i) =>
        unused('a', {
          property: `exceptions.rule[${i + 1}]`,
          value: rule,
          message: `nothing here breaks the rule ${rule}`,
          remedy: `take ${rule} out of the exception: it would hide what comes later`,
        }),
      ),
    );
  });

  it('may stand on several constructs: each rule is used where one of them needs it', () => {
    const { exception: shared } = several(['privileged', 'host-ports']);
    const scoped = ['a', 'b'].map((construct) => ({ construct, exception: shared }));
    const found = [finding('b'), finding('a', { rule: 'host-ports' })];
    expect(waive(found, scoped, today)).toHaveLength(2);
  });

  it('is asked about each that is not there, and waives the others', () => {
    const given = several(['privilegd', '*', 'host-*', 7, 'privileged', 'name-valid']);
    const list = 'name each rule that it waives, in a list: what nobody looked at is not waived';
    expect(waive([finding('a')], [given], today)).toMatchObject([
      { waivedBy: { rule: 'privileged' } },
      { property: 'exceptions.rule[0]', message: 'there is no rule "privilegd"', remedy: 'did you mean privileged?' },
      { property: 'exceptions.rule[1]', value: '*', message: 'there is no rule "*"', remedy: list },
      { property: 'exceptions.rule[2]', value: 'host-*', remedy: list },
      { property: 'exceptions.rule[3]', value: 7, message: 'this is not the id of a rule' },
      { property: 'exceptions.rule[5]', message: expect.stringContaining('no exception can make the rule name-valid') },
    ]);
  });

  it('has one reason and one day: what is wrong with them is said once, and nothing is waived', () => {
    const given = several(['privileged', 'host-ports'], { reason: 'legacy', expires: '2026-11-20' });
    const [first, ...rest] = waive([finding('a')], [given], today);
    expect(first).toStrictEqual(finding('a'));
    expect(rest).toStrictEqual([
      problem({
        property: 'exceptions.reason',
        value: 'legacy',
        message: 'the exception to privileged, host-ports has no reason that anybody could judge',
        remedy: 'say in a sentence why the rule cannot be kept here',
      }),
      problem({
        property: 'exceptions.expires',
        value: '2026-11-20',
        message: 'the exception to privileged, host-ports ended on 2026-11-20; its reason was: legacy',
        remedy: 'mend what it excused, or set a later day after judging it anew',
      }),
    ]);
    const long = waive([finding('a')], [several(['privileged'], { expires: '2028-01-01' })], today);
    expect(long.slice(1)).toMatchObject([{ rule: 'exception-long' }]);
  });

  it('names one at least', () => {
    expect(waive([], [several([])], today)).toMatchObject([{ message: 'the exception names no rule' }]);
  });

  it('is refused where all rules are meant by a star', () => {
    expect(waive([finding('a')], [on('a', { rule: '*' })], today)).toMatchObject([
      finding('a'),
      { rule: 'exception-valid', message: 'there is no rule "*"' },
    ]);
  });
});

describe('waive', () => {
  const place = fc.constantFrom('', 'a', 'a/b', 'a/b/c', 'ab', 'b');
  const someRule = fc.constantFrom('privileged', 'host-ports', 'nothing-like-it');
  const findings = fc.array(fc.tuple(place, someRule).map(([construct, rule]) => finding(construct, { rule })));
  const exceptions = fc
    .array(
      fc.record({
        construct: place,
        rule: fc.oneof(someRule, fc.array(someRule, { minLength: 1, maxLength: 4 })),
        expires: fc.constantFrom('2026-12-31', '2026-01-01'),
      }),
    )
    .map((list) => list.map(({ construct, ...more }, i) => on(construct, { ...more, ticket: `T-${i}` })));

  it('keeps every finding, in its place, and adds one finding for each rule in an exception that is faulty or of no use', () => {
    fc.assert(
      fc.property(findings, exceptions, (given, scoped) => {
        const result = waive(given, scoped, today);
        const kept = result.slice(0, given.length);
        expect(kept.map(({ waivedBy, ...rest }) => rest)).toStrictEqual(given);
        const used = new Set(kept.map(({ waivedBy }) => `${waivedBy?.ticket} ${waivedBy?.rule}`));
        const problems = scoped.flatMap(({ exception: { rule, expires, ticket } }) => {
          const named = [rule].flat();
          const unknown = named.filter((id) => id === 'nothing-like-it');
          if (expires < today) return [...unknown, 'expired'];
          return [...unknown, ...new Set(named)].filter(
            (id, i) => i < unknown.length || (!unknown.includes(id) && !used.has(`${ticket} ${id}`)),
          );
        });
        expect(result.length - given.length).toBe(problems.length);
        for (const { waivedBy, rule } of kept)
          if (waivedBy) expect(waivedBy).toMatchObject({ rule, expires: '2026-12-31' });
      }),
    );
  });
});
