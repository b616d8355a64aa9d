import { lastApplied } from '../../../core/manifest/last-applied';
import { formatPath, valueAt } from '../../../core/manifest/path';
import { isMapping } from '../../../core/manifest/plain';
import { secretInClearText, secretInTemplate } from '../../../core/policy';
import { clearOfSealedSecret, clearOfSops, clearTextsOf } from '../../../core/secrets/encryption/clear-fields';
import { isEncryptedValue } from '../../../core/secrets/encryption/sops';
import type { SecretFault } from '../../../core/secrets/fault';
import type { EncryptedKind } from './encrypted-file';

const remedies: Readonly<Record<EncryptedKind, string>> = {
  sops: "put it under stringData, and encrypt it: sops encrypt --in-place --encrypted-regex '^(data|stringData)$' <file>",
  'sealed-secret': 'seal it: kubeseal --format yaml < secret.yaml',
};

const title: Readonly<Record<EncryptedKind, string>> = { sops: 'a Secret of SOPS', 'sealed-secret': 'a SealedSecret' };

/** What SOPS leaves below what it encrypts: it encrypts comments there, too. */
function addedComments(text: string): boolean {
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\S/.test(line)) inside = /^["']?(?:data|stringData)["']?\s*:/.test(line);
    else if (inside) {
      const [, found] = /(?:^|[ \t])#(.*)$/.exec(line) ?? [];
      if (found !== undefined && !isEncryptedValue(found.trim())) return true;
    }
  }
  return false;
}

const commentFault = {
  property: 'comment',
  message: 'a comment among the values stands in the clear: sops encrypts comments there, so that it was added later',
};

const comment = /(?:^|[ \t])#(.*)$/gm;

/** What of the file everybody can read, and should not: fields that it has no use for, and secrets in those that it has. */
export function clearFaults(object: object, text: string, kind: EncryptedKind): readonly SecretFault[] {
  const remedy = `${remedies[kind]}; change what was written down`;
  const { texts, refused } = clearTextsOf(object, kind === 'sops' ? clearOfSops : clearOfSealedSecret);
  const comments = [...text.matchAll(comment)].map(([, written = '']) => written.trim());
  const inComments = secretInClearText(comments.filter((written) => !isEncryptedValue(written)).join('\n'));
  return [
    ...refused.map((property) => ({
      property,
      message: `${property} stands in the clear, and ${title[kind]} has no such field or value`,
      remedy,
    })),
    ...texts.flatMap(({ path, text: written }) => {
      const key = String(path.at(-1));
      if (key === lastApplied || path.includes('mac') || key === 'enc') return [];
      const isOwn = path.includes('annotations') || path.includes('labels') || path.includes('context');
      const because = secretInClearText(written, isOwn ? key.replace(/^.*\//, '') : '');
      return because === undefined
        ? []
        : [{ property: formatPath(path), message: `${formatPath(path)} stands in the clear, and ${because}`, remedy }];
    }),
    ...templates(object).flatMap(([key, written]) => {
      const because = secretInTemplate(written, key);
      const property = `spec.template.data.${key}`;
      return because === undefined ? [] : [{ property, message: `${property} ${because}`, remedy }];
    }),
    ...(inComments === undefined && kind === 'sops' && addedComments(text) ? [{ ...commentFault, remedy }] : []),
    ...(inComments === undefined
      ? []
      : [{ property: 'comment', message: `a comment ${withoutLine(inComments)}`, remedy }]),
  ];
}

/** The templates of a SealedSecret that have fields in them: what has none is refused as it is. */
function templates(object: object): readonly (readonly [string, string])[] {
  const data = valueAt(object, ['spec', 'template', 'data']);
  if (!isMapping(data)) return [];
  return Object.entries(data).flatMap(([key, text]) =>
    typeof text === 'string' && text.includes('{{') ? [[key, text] as const] : [],
  );
}

/** Lines of comments are numbered by themselves. */
const withoutLine = (because: string): string => because.replace(/ in line \d+/, '');
