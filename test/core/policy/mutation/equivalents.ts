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
    `#${clause} every of (matches(value, "^(?:localhost|[^/@.:]*[…^/@.:]*[.:][^/@]*)/)?[^:@]*"))]`,
  ),
  ...same(
    'the pattern can match nothing, and so matches where the text begins',
    `#${clause} /(?:(?:localhost|[^/@.:]*[.:][^/@]*)/)?[^:@]*/ for /^(?:(?:localhost|[^/@.:]*[.:][^/@]*)/)?[^:@]*/`,
  ),
  ...same('what a text starts with does not depend on what is put after it', `#${clause} "/~" for "/" (3)`),
];

const secret = (clause: number, value: string | undefined, names: readonly string[]): readonly Equivalent[] => [
  ...(value === undefined ? [] : same('the list has one element', `#${clause} every of [start(${value}, 16384)]`)),
  ...names.flatMap((name) =>
    same(
      'the parts of words are looked for first for the sake of speed: each of the words has one of them',
      `#${clause} and without matches(lowerCase(${name}ass|pw|token|secret|cred|key")`,
    ),
  ),
];
const assigned = 'find(each, "-{0,2}[A-Z…p';

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
    ...secret(0, undefined, ['envItem.name), "p', assigned]),
    ...secret(1, 'key', [assigned]),
    ...secret(2, 'joined(value, "\\n")', ['find(each, "[A-Za-z][\\…p']),
    ...secret(3, 'key.value', ['key.name), "p', assigned]),
    ...secret(4, 'volume.csi.volumeAttributes[volumeAttribute]', ['volumeAttribute), "p', assigned]),
    ...secret(5, 'metadata.annotations[annotation]', []),
    ...secret(6, 'object.metadata.annotations[annotation]', []),
  ],
  'ingress-tls': same('no host holds a line break', '#1 /\\.[^\\n]+/ for /\\.[^\\n]+$/'),
  'rbac-tokens': same(
    'who creates every resource makes tokens of accounts, too, which is reported instead',
    '#1 resource may not be "*"',
  ),
};
