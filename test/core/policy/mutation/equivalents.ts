/** A change of a rule that changes none of its answers. */
export interface Equivalent {
  /** As the mutant is called. */
  readonly change: string;
  readonly because: string;
}

const same = (because: string, ...changes: readonly string[]): readonly Equivalent[] =>
  changes.map((change) => ({ change, because }));

const noReference = same(
  'a volume without an image has no reference, and that is tested as well',
  '#1 and without has(volume.image)',
);

const unreadable = (clause: number, value: string): readonly Equivalent[] => [
  ...same(
    'the grammar of references takes no empty text: the test only says so first',
    `#${clause} or without not 0 < sizeOf(${value})`,
    `#${clause} may be empty: 0 < sizeOf(${value})`,
  ),
  ...same(
    'so long a part that does not begin the reference makes the whole too long, or is against the grammar',
    `#${clause} /(?:localhost|[^/@.:]*[.:][^/@]*)/[^:@]{256}/ for /^(?:localhost|[^/@.:]*[.:][^/@]*)/[^:@]{256}/`,
    `#${clause} /[^:@]{256}/ for /^[^:@]{256}/`,
  ),
];

const fullName = (clause: number): readonly Equivalent[] => [
  ...same(
    'the list has one element',
    `#${clause} every of (matches(value, "^(?:localhost|[^/@.:]*[…[^/@.:]*[.:][^/@]*)/)?[^:@]*")]`,
  ),
  ...same(
    'the pattern can match nothing, and so matches where the text begins',
    `#${clause} /(?:(?:localhost|[^/@.:]*[.:][^/@]*)/)?[^:@]*/ for /^(?:(?:localhost|[^/@.:]*[.:][^/@]*)/)?[^:@]*/`,
  ),
  ...same('what a text starts with does not depend on what is put after it', `#${clause} "/~" for "/" (3)`),
];

const secret = (clause: number, value: string, names: readonly string[]): readonly Equivalent[] => [
  ...same(
    'an empty text has no shape of a secret, sets none and is harmless whatever its name',
    `#${clause} and without 0 < sizeOf(${value})`,
    `#${clause} may be empty: 0 < sizeOf(${value})`,
  ),
  ...names.flatMap((name) =>
    same(
      'the parts of words are looked for first for the sake of speed: each of the words has one of them',
      `#${clause} and without matches(lowerCase(${name}ass|pwd|token|secret|cred|key")`,
    ),
  ),
];
const assigned = 'find(each, "-{0,2}[A-Z…';

/** Mutants that no object can tell from their rule, by the rule. Whatever else is not caught lacks a case. */
export const equivalents: Readonly<Record<string, readonly Equivalent[]>> = {
  sysctls: same('the oldest Kubernetes that the toolkit knows has these', '#1 dropped'),
  'volume-types': same('the keys of a mapping are those that hold something', '#0 and without has(volume[key])'),
  'image-valid': [...unreadable(0, 'container.image'), ...unreadable(1, 'volume.image.reference')],
  'image-registry': noReference,
  'image-allowed': [...fullName(0), ...noReference, ...fullName(1)],
  'image-digest': noReference,
  'image-deprecated-registry': noReference,
  'secret-literal': [
    ...secret(0, 'envItem.value', ['envItem.name), "p', assigned]),
    ...secret(1, 'commandItem', [assigned]),
    ...secret(2, 'joined(container.command, "\\n")', ['find(each, "[A-Za-z][\\…']),
    ...secret(7, 'httpHeader.value', ['httpHeader.name), "p', assigned]),
    ...secret(20, 'volume.csi.volumeAttributes[volumeAttribute]', ['volumeAttribute), "p', assigned]),
  ],
  'ingress-tls': same('no host holds a line break', '#1 /\\.[^\\n]+/ for /\\.[^\\n]+$/'),
};
