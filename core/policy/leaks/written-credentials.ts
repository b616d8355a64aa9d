/** What may stand there and is none: a field of a template, a variable, a place to fill in. */
const later = String.raw`(?!\{\{|\$|<[\w -]+>|%\()`;

/** Where a program reads a credential though nothing is called by a name with a sign behind it, and how messages call it. */
const places: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      String.raw`\b(?:password|identified(?:\s+with\s+[\w"'.]+)?\s+(?:by|as))\s+(?:encrypted\s+)?(['"])${later}[^'"\s]`,
      'i',
    ),
    'writes a password into a statement of SQL',
  ],
  [
    new RegExp(String.raw`\bauthorization["']?\s*[:=,]?\s*["']?(?:bearer|basic|token)\s+${later}[^\s"'{]`, 'i'),
    'writes credentials into a header',
  ],
  [
    new RegExp(String.raw`^[ \t]*user[ \t]+\S+[ \t](?:.*[ \t])?[>#]${later}\S`, 'im'),
    'writes a password into a list of users',
  ],
  [
    new RegExp(String.raw`^[ \t]*(?:bindpw|requirepass|masterauth)[ \t]+["']?${later}[^\s"']`, 'im'),
    'writes a password behind its directive',
  ],
  [
    new RegExp(
      String.raw`(?:^|[\s"'=/,;(])(?!(?:mailto|sips?|xmpp|acct):)(?:\{\{[^{}]{0,200}\}\}|[\w.%+-]{1,64}):${later}[^\s:@/{}"'$<>]{3,256}@(?!sha\d+:)(?:\{\{|[\w.-]{1,253}(?::\d|/|\s|$))`,
      'm',
    ),
    'writes a password before an address',
  ],
  [
    new RegExp(String.raw`(?:^|\s)--?(?:password|passwd|requirepass|masterauth)(?:\s+|=)["']?${later}[^\s"'-]`, 'm'),
    'writes a password behind an option',
  ],
  [
    new RegExp(String.raw`\blogin[ \t]+\S{1,255}\s+password[ \t]+["']?${later}[^\s"']`, 'm'),
    'writes a password of a machine',
  ],
];

/** Why a text that everybody reads has a credential in it, where the language of the program says so; undefined where it has none. */
export function writtenCredential(text: string): string | undefined {
  return places.find(([place]) => place.test(text))?.[1];
}
