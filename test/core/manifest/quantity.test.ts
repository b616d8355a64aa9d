import * as fc from 'fast-check';
import { Quantity, QuantityError } from '../../../core/manifest/quantity';
import { cpuTime } from '../../support/cpu-time';
import { type Answer, describeWith, goOracle } from '../../support/oracle';

describe('Quantity', () => {
  it.each([
    ['0', '0', 0],
    ['1.5', '1500m', 1.5],
    ['0.5', '500m', 0.5],
    ['1000m', '1', 1],
    ['1024Mi', '1Gi', 2 ** 30],
    ['1.5Gi', '1536Mi', 1.5 * 2 ** 30],
    ['512', '512', 512],
    ['0.1Ki', '102400m', 102.4],
    ['12e6', '12e6', 12e6],
    ['12E6', '12E6', 12e6],
    ['1E', '1E', 1e18],
    ['-1.5', '-1500m', -1.5],
    ['1n', '1n', 1e-9],
    ['0.1n', '1n', 1e-9],
    ['-0.1n', '-1n', -1e-9],
    ['9Ei', '9223372036854775807', 2 ** 63],
    ['1.500', '1.500', 1.5],
    [2, '2', 2],
    [0.25, '250m', 0.25],
    [1e21, '1e+21', 1e21],
  ])('reads %s as %s', (text, written, number) => {
    const quantity = Quantity.parse(text);
    expect(String(quantity)).toBe(written);
    expect(JSON.stringify({ quantity })).toBe(`{"quantity":"${written}"}`);
    expect(quantity.toNumber()).toBe(number);
  });

  it.each(['', 'x', '1.5 Gi', '1gi', '1K', '1.2.3', '1e', '1e1.5', '--1', 'Ei', ' 1', '1 ', '0x10', 'NaN', 'Infinity'])(
    'refuses "%s"',
    (text) => {
      expect(() => Quantity.parse(text)).toThrow(QuantityError);
      expect(Quantity.tryParse(text)).toBeUndefined();
    },
  );

  it('names the text and what is allowed in its error', () => {
    expect(() => Quantity.parse('1.5 Gi')).toThrow(
      '"1.5 Gi" is not a quantity: write a number with an optional sign, fraction and suffix: ' +
        'n u m k M G T P E (powers of 1000), Ki Mi Gi Ti Pi Ei (powers of 1024), or an exponent such as e3; ' +
        'for example 500m, 1.5, 128Mi',
    );
    expect(() => Quantity.parse('1e1001')).toThrow('"1e1001" has an exponent beyond 1000: write a number');
  });

  it.each([[null], [undefined], [{}], [['1']], [true]])('tryParse(%j) is undefined', (value) => {
    expect(Quantity.tryParse(value)).toBeUndefined();
  });

  it('compares amounts, not texts', () => {
    expect(Quantity.parse('1').equals(Quantity.parse('1000m'))).toBe(true);
    expect(Quantity.parse('1Gi').compare(Quantity.parse('1G'))).toBe(1);
    expect(Quantity.parse('-1').compare(Quantity.parse('1n'))).toBe(-1);
  });

  it('keeps the format of the first summand, unless that is zero', () => {
    const sum = (a: string, b: string) => Quantity.parse(a).add(Quantity.parse(b)).toString();
    expect(sum('1Gi', '1000')).toBe('1073742824');
    expect(sum('1Ki', '1Ki')).toBe('2Ki');
    expect(Quantity.zero.add(Quantity.parse('2Ki')).format).toBe('BinarySI');
    expect(Quantity.parse('1Gi').subtract(Quantity.parse('512Mi')).toString()).toBe('512Mi');
  });

  it('multiplies by whole numbers only', () => {
    expect(Quantity.parse('250m').multiply(4).toString()).toBe('1');
    expect(Quantity.parse('1Gi').multiply(3n).toString()).toBe('3Gi');
    expect(() => Quantity.parse('1').multiply(1.5)).toThrow(RangeError);
  });

  it('does not lose large amounts, as Kubernetes does', () => {
    expect(Quantity.parse('1000E').toString()).toBe('1000E');
    expect(Quantity.parse('4Ei').multiply(256).toString()).toBe('1024Ei');
  });

  it('takes a time linear in the length of a hostile text', () => {
    const started = cpuTime();
    for (const text of [`${'0'.repeat(100_000)}x`, `${'9'.repeat(100_000)}x`, `1${'E'.repeat(100_000)}x`]) {
      expect(Quantity.tryParse(text)).toBeUndefined();
    }
    expect(cpuTime() - started).toBeLessThan(2_000);
  });
});

describeWith("Quantity, against Kubernetes' resource.Quantity", goOracle(), (ask) => {
  const digits = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '00',
      '1',
      '5',
      '8',
      '10',
      '100',
      '500',
      '512',
      '1000',
      '1023',
      '1024',
      '1025',
      '2048',
      '0100',
    ),
    fc.constantFrom('1000000', '1048576', '9223372036854775807', '9223372036854775808', '18446744073709551616'),
    fc.nat().map(String),
    fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String),
  );
  const fraction = fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    fc.constantFrom('.', '.0', '.5', '.500', '.05', '.25', '.125', '.000000001', '.0000000001', '.9999999999'),
    fc.nat().map((n) => `.${n}`),
  );
  const suffix = fc.constantFrom(
    ...['', '', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'],
    ...['e3', 'E3', 'e-3', 'e+3', 'e0', 'e1', 'e-1', 'e12', 'e-12', 'E-9', 'e', 'e+', 'K', 'i', 'mi', 'Ee3', 'ee'],
  );
  const text = fc
    .tuple(fc.constantFrom('', '', '', '-', '+'), digits, fraction, suffix)
    .map((pieces) => pieces.join(''));
  const garbage = fc.string({ unit: fc.constantFrom(...'0123456789.+-eEinumkKMGTP '), maxLength: 12 });
  const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] => fc.sample(arbitrary, { numRuns, seed: 11 });

  /** A power of 1000 or 1024 that no suffix has: Kubernetes leaves it out, and the number becomes another. */
  const theyLose = (quantity: Quantity): boolean =>
    quantity.format !== 'DecimalExponent' && Math.abs(quantity.toNumber()) >= 1e21;

  it('reads and writes the same', () => {
    const texts = sample(fc.oneof({ weight: 4, arbitrary: text }, garbage), 30_000);
    const answers = ask(texts.map((t) => ({ op: 'quantity', text: t })));
    const ours = texts.map((t): { text: string; format: string } | null => {
      const quantity = Quantity.tryParse(t);
      return quantity ? { text: String(quantity), format: quantity.format } : null;
    });
    const differ = texts.flatMap((t, i) => {
      const theirs = answers[i]!.result as { text: string; format: string } | null;
      const quantity = Quantity.tryParse(t);
      if (quantity ? theyLose(quantity) : /e[+-]?0*[0-9]{4,}$/i.test(t)) return [];
      return JSON.stringify([ours[i]?.text, ours[i]?.format]) === JSON.stringify([theirs?.text, theirs?.format])
        ? []
        : [{ text: t, ours: ours[i], theirs }];
    });
    expect(differ).toEqual([]);
    expect(ours.filter((quantity) => quantity !== null).length).toBeGreaterThan(10_000);
    expect(answers.filter(({ error }) => error !== undefined).length).toBeGreaterThan(3_000);
  });

  const valid = text.filter((t) => {
    const quantity = Quantity.tryParse(t);
    return quantity !== undefined && !theyLose(quantity);
  });
  const pairs = sample(fc.tuple(valid, valid), 10_000);
  const differences = (answers: readonly Answer[], compute: (a: Quantity, b: Quantity) => unknown) =>
    pairs.flatMap(([a, b], i) => {
      const ours = compute(Quantity.parse(a), Quantity.parse(b));
      return ours === answers[i]!.result ? [] : [{ a, b, ours, theirs: answers[i] }];
    });

  it('compares the same', () => {
    const answers = ask(pairs.map(([a, b]) => ({ op: 'compare', a, b })));
    expect(differences(answers, (a, b) => a.compare(b))).toEqual([]);
  });

  it.each(['add', 'subtract'] as const)('%ss the same', (op) => {
    const answers = ask(pairs.map(([a, b]) => ({ op, a, b })));
    expect(differences(answers, (a, b) => a[op](b).toString())).toEqual([]);
  });

  it('multiplies the same', () => {
    const products = sample(fc.tuple(valid, fc.integer({ min: -1000, max: 1000 })), 10_000).filter(
      ([a, by]) => !theyLose(Quantity.parse(a).multiply(by)),
    );
    const answers = ask(products.map(([a, by]) => ({ op: 'multiply', a, by })));
    const ours = products.map(([a, by]) => Quantity.parse(a).multiply(by).toString());
    expect(ours).toEqual(answers.map(({ result }) => result));
  });

  it('still needs to differ beyond 1000E and 1024Ei', () => {
    expect(
      ask([
        { op: 'quantity', text: '1000E' },
        { op: 'multiply', a: '4Ei', by: 256 },
      ]),
    ).toMatchObject([{ result: { text: '1' } }, { result: '1' }]);
  });
});
