/** What may stand there and is none: a field of a template, a variable, a place to fill in, a command, a file, a mask. */
const later = String.raw`(?!\{\{|\$|<[\w -]+>|%\(|%\w+%|\`|@\/|\*{2,}(?!\w))`;

/** A user and a password. What has the look of it is an address of mail or a package with its version. */
const login = String.raw`(?!(?:mailto|sips?|xmpp|acct|npm|jsr):)(?:\{\{[^{}]{0,200}\}\}|[\w.%+-]{1,64}):${later}[^\s:@/{}"'$<>]{3,256}@(?!sha\d+:)`;

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
      // Where no scheme is before it and neither a port nor a path behind it, a host with dots is as likely that of an address of mail.
      String.raw`(?:^|[\s"'=/,;(])${login}(?:\{\{|[\w.-]{1,253}(?::\d|/)|[\w-]{1,63}(?:\s|$))|//${login}[\w.-]{1,253}(?:[\s"'?#,;)]|$)`,
      'm',
    ),
    'writes a password before an address',
  ],
  [
    // Lines of comments speak of options; a program is not called in them.
    new RegExp(
      String.raw`^(?![ \t]*(?:#|//\s))(?:.*\s)?--?(?:password|passwd|requirepass|masterauth)(?:\s+|=)(?!<)["']?${later}[^\s"'-]`,
      'm',
    ),
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
