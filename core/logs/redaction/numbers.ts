import { groupBy } from '../../group-by';
import { markOf } from './catalogue';
import { condition, ottl } from './ottl';

/**
 * Card numbers by the ranges of their issuers (ISO/IEC 7812), in groups or not: Visa, Mastercard, American Express, Diners, Discover, JCB,
 * UnionPay. What begins with 0, 1, 7, 8 or 9 is none: neither are times in milliseconds or nanoseconds.
 */
export const cardForm =
  '(?:4\\d{3}|5[1-5]\\d{2}|2[2-7]\\d{2}|6[0245]\\d{2}|3[0689]\\d{2}|35\\d{2})(?:[ -]?\\d{4}){2}(?:[ -]?\\d{2,4}|[ -]?\\d{4}[ -]?\\d{1,3})|3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5}|4\\d{12}';

/** The countries that have them: https://www.swift.com/standards/data-standards/iban-international-bank-account-number */
const ibanCountries =
  'AD AE AL AT AZ BA BE BG BH BI BR BY CH CR CY CZ DE DJ DK DO EE EG ES FI FK FO FR GB GE GI GL GR GT HN HR HU IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MN MR MT MU NI NL NO OM PK PL PS PT QA RO RS RU SA SC SD SE SI SK SM SO ST SV TL TN TR UA VA VG XK YE'.split(
    ' ',
  );

/** By their first letters: `A[DELTZ]`. */
const countryForms = [...groupBy(ibanCountries, (code) => code.charAt(0))].map(
  ([first, codes]) => `${first}[${codes.map((code) => code.charAt(1)).join('')}]`,
);

/** International bank account numbers (ISO 13616), in groups or not. */
export const ibanForm = `(?:${countryForms.join('|')})\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?`;

/** Candidates of one kind that are looked at in a line. What comes after them is taken for what it looks like. */
const candidates = { card: 8, iban: 3 } as const;

/** What none of them is part of: a longer number, a word, an id with dashes, a decimal. */
const before = '(?:^|[^0-9A-Za-z_.+/-])';
const after = '(?:$|[^0-9A-Za-z_+/-])';

/**
 * What a line without candidates is passed over by: a pattern for each character that one begins with, since Go finds the beginning of a
 * pattern in about a twentieth of the time where it is one character, and not one of several.
 */
const mayHoldCard = [
  ...['2[2-7]', '4\\d', '5[1-5]', '6[0245]'].map((start) => `${start}\\d{2}[ -]?\\d{4}[ -]?\\d{4}`),
  '3[04-9]\\d{2}[ -]?\\d{4,6}[ -]?\\d{4}',
];
const mayHoldIban = countryForms.map((country) => `${country}\\d{2} ?[A-Z0-9]{4} ?[A-Z0-9]{4}`);

/** A group of statements of the transform processor. */
export interface StatementGroup {
  readonly context: 'log';
  /** One of them has to hold. */
  readonly conditions?: readonly string[];
  readonly statements: readonly string[];
}

/** The next candidate of a kind in what is left of the line, and what is left after it. */
function next(form: string): readonly string[] {
  const search = `(?s)${before}(?P<found>${form})(?P<rest>${after}.*)$`;
  return [
    `set(cache["match"], ExtractPatterns(cache["rest"], ${ottl(search)})) where cache["rest"] != ""`,
    'set(cache["rest"], "") where cache["match"]["found"] == nil',
    'set(cache["number"], cache["match"]["found"]) where cache["rest"] != ""',
    `replace_pattern(cache["number"], "[ -]", "") where cache["rest"] != ""`,
  ];
}

const goOn = 'set(cache["rest"], cache["match"]["rest"]) where cache["rest"] != ""';

/** Each candidate goes where its checksum is right; the rest, after so many of them, goes without one: it is better lost than kept. */
function eachOf(id: 'card' | 'iban', form: string, check: readonly string[], isRight: string): readonly string[] {
  const once = [
    ...next(form),
    ...check,
    `replace_pattern(body, cache["match"]["found"], ${ottl(markOf(id))}) where cache["rest"] != "" and ${isRight}`,
    goOn,
  ];
  return [
    'set(cache["rest"], body)',
    ...Array.from({ length: candidates[id] }, () => once).flat(),
    `replace_pattern(body, ${ottl(`(${before})(?:${form})(${after})`)}, ${ottl(`$1${markOf(`${id}-unchecked`)}$2`)}) where ${condition(
      'cache["rest"]',
      `(?s)${before}(?:${form})${after}`,
    )}`,
  ];
}

/** The remainder by 97 (ISO 7064), nine digits at a time: an integer of 64 bits holds what is left of those before and nine more. */
function ibanCheck(): readonly string[] {
  const chunk = 9;
  // 34 characters, each of which may become two digits.
  const width = 72;
  const where = 'where cache["rest"] != ""';
  const letters = Array.from({ length: 26 }, (_, i) => [String.fromCharCode(65 + i), String(10 + i)] as const);
  return [
    `set(cache["number"], Concat([Substring(cache["number"], 4, Len(cache["number"]) - 4), Substring(cache["number"], 0, 4)], "")) ${where}`,
    ...letters.map(([letter, digits]) => `replace_pattern(cache["number"], "${letter}", "${digits}") ${where}`),
    `set(cache["number"], Concat(["${'0'.repeat(width)}", cache["number"]], "")) ${where}`,
    `set(cache["number"], Substring(cache["number"], Len(cache["number"]) - ${width}, ${width})) ${where}`,
    `set(cache["left"], 0) ${where}`,
    ...Array.from({ length: width / chunk }, (_, i) => [
      `set(cache["left"], cache["left"] * 1000000000 + Int(Substring(cache["number"], ${i * chunk}, ${chunk}))) ${where}`,
      `set(cache["left"], cache["left"] - cache["left"] / 97 * 97) ${where}`,
    ]).flat(),
  ];
}

/** Card and account numbers, by the transform processor: OTTL has the one checksum as a function, and the arithmetic for the other. */
export const numberGroups: readonly StatementGroup[] = [
  {
    context: 'log',
    conditions: mayHoldCard.map((form) => condition('body', form)),
    statements: eachOf('card', cardForm, [], 'IsValidLuhn(cache["number"])'),
  },
  {
    context: 'log',
    conditions: mayHoldIban.map((form) => condition('body', form)),
    statements: eachOf('iban', ibanForm, ibanCheck(), 'cache["left"] == 1'),
  },
];
