import type { Report } from './fault';
import { isPublicMail } from './public-mail';
import { re2Fault } from './re2';

const remedy =
  'name host and owner, and anchor it: ^https://github\\.com/acme/shop/\\.github/workflows/release\\.yaml@refs/tags/v.+$';
/** Host and first component, in letters, with the slash behind it: on a host that many share, the host alone says nothing. `acme/?` begins acme-evil, too. */
const uri = /^\^https:\/\/[a-zA-Z0-9-]+(?:\\\.[a-zA-Z0-9-]+)+(?::\d+)?\/(?:[a-zA-Z0-9_-]|\\\.)+\/(?![?*{])/;
/** A mail address, by its domain. */
const mail = /^(?<names>.*)@(?<domain>[a-zA-Z0-9-]+(?:\\\.[a-zA-Z0-9-]+)+)\$$/;
/** Issuers whose identities are addresses of workflows, with a branch at the end: anybody may call one `x@acme.example`. */
const ofWorkflows =
  /^https:\/\/(?:token\.actions\.githubusercontent\.com|gitlab\.com|oidc\.circleci\.com|agent\.buildkite\.com)(?:\/|$)/;

/** Reports what is wrong with the identity of a keyless signer. */
export function judgeSubject(subject: unknown, issuer: unknown, property: string, report: Report): void {
  if (typeof subject === 'string') {
    if (subject === '')
      report(property, subject, 'without an identity anybody could sign', 'write the subject of the certificate');
    else if (subject.includes('*'))
      report(
        property,
        subject,
        'a subject is compared as it is written, and no identity has a *',
        `give { matches: '…' }; ${remedy}`,
      );
    return;
  }
  const matches = (subject as { readonly matches?: unknown } | null | undefined)?.matches;
  const wrong =
    typeof matches === 'string' ? wrongWith(matches, String(issuer)) : 'a subject is a text, or { matches: … }';
  if (wrong !== undefined) report(`${property}.matches`, matches, wrong, remedy);
}

function wrongWith(pattern: string, issuer: string): string | undefined {
  if (!pattern.startsWith('^') || !/(?<!\\)(?:\\\\)*\$$/.test(pattern))
    return 'a regular expression without ^ and $ matches any identity that holds it somewhere';
  const unread = re2Fault(pattern);
  if (unread !== undefined) return unread;
  if (!compiles(pattern)) return 'this is no regular expression';
  if (hasOuterAlternative(pattern)) return 'an alternative at the outermost level escapes the anchors';
  if (uri.test(pattern)) return undefined;
  const { names = '', domain } = mail.exec(pattern)?.groups ?? {};
  if (domain === undefined)
    return 'it names nobody: identities of strangers match, too (a dot that is not escaped is any character)';
  if (ofWorkflows.test(issuer))
    return 'it is for mail addresses, and this issuer vouches for addresses of workflows, on branches that strangers name';
  if (isPublicMail(domain.replaceAll('\\', '')) && !isWrittenOut(names))
    return `strangers get addresses at ${domain.replaceAll('\\', '')}, too: write each one out, as ^(?:ann|joe)@acme\\.example$`;
  return undefined;
}

/** Names alone, and which of them: nothing that stands for more than it says. */
function isWrittenOut(names: string): boolean {
  return /^\^[\w|()%-]*$/.test(names.replace(/\\\W/g, '').replaceAll('(?:', '('));
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/** A | outside of groups and classes. */
function hasOuterAlternative(pattern: string): boolean {
  let depth = 0;
  let isClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === '\\') i++;
    else if (isClass) isClass = character !== ']';
    else if (character === '[') isClass = true;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) return true;
  }
  return false;
}
