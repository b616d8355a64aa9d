import { gitleaksForm } from './gitleaks';

/** A pattern that lines are redacted by. */
export interface RedactionPattern {
  /** What stands in the line instead: `[redacted:<id>]`. */
  readonly id: string;
  /** What it finds, for people. */
  readonly what: string;
  readonly forms: readonly RedactionForm[];
}

/** One way that it is written. */
export interface RedactionForm {
  /**
   * A text that each match holds: a line without it is not searched. One that begins with a rare character is found in a tenth of the time,
   * since Go looks for that first. @default - every line is
   */
  readonly needle?: string;
  /**
   * RE2 that a line has to match to be searched, for a needle that many lines without a secret hold: to ask takes half the time of replacing, and a
   * fraction of it where the expression begins with characters that stand for themselves. @default - every line with the needle is searched
   */
  readonly guard?: string;
  /** RE2, and the same in JavaScript. */
  readonly pattern: string;
  /** `$1` and the like stand for groups of the pattern. */
  readonly replacement: string;
}

/** What stands in place of a secret. */
export function markOf(id: string): string {
  return `[redacted:${id}]`;
}

/** Forms that gitleaks has: its ids, and what each match holds. */
function tokens(
  id: string,
  what: string,
  forms: readonly (readonly [gitleaks: string, ...needles: readonly string[]])[],
): RedactionPattern {
  return {
    id,
    what,
    forms: forms.flatMap(([gitleaks, ...needles]) =>
      needles.map((needle) => ({ needle, pattern: gitleaksForm(gitleaks), replacement: markOf(id) })),
    ),
  };
}

/** A form, and what stays of the match around the mark: `$1*@`. @default '*' - nothing */
type OwnForm = Omit<RedactionForm, 'replacement'> & { readonly around?: string };

function own(id: string, what: string, forms: readonly OwnForm[]): RedactionPattern {
  return {
    id,
    what,
    forms: forms.map(({ around = '*', ...form }) => ({ ...form, replacement: around.replace('*', markOf(id)) })),
  };
}

/** How settings are called, and looked for. */
interface SettingForms {
  /** Whether many lines hold the name without a value. @default false */
  readonly isCommon?: boolean;
  /** What may follow the name, as a pattern. @default '' */
  readonly suffix?: string;
  /** The shortest value without quotes. @default 8 */
  readonly least?: number;
  /** How many characters of the name its needle begins after. @default 0 */
  readonly skip?: number;
}

/**
 * The value of a setting whose name ends so: in JSON, in JSON within a text of JSON, with an equals sign or a colon, with and
 * without quotes.
 */
function setting(name: string, { suffix = '', least = 8, skip = 0, isCommon = false }: SettingForms): OwnForm {
  const rest = `(${suffix}`;
  const forms = [
    `${rest}"?\\s*[:=]\\s*")(?:[^"\\\\]|\\\\.)+`,
    `${rest}\\\\+"\\s*:\\s*\\\\+")(?:[^"\\\\]|\\\\+[^"\\\\])+`,
    `${rest}'?\\s*[:=]\\s*')[^']+`,
    `${rest}\\s*[:=]\\s*)[^\\s"',;&}\\\\[\\]]{${least},}`,
  ];
  const pattern = `${name}(?:${forms.join('|')})`;
  return { needle: name.slice(skip), ...(isCommon && { guard: pattern }), pattern, around: `${name}$1$2$3$4*` };
}

function settings(id: string, what: string, names: readonly string[], forms: SettingForms = {}): RedactionPattern {
  return own(
    id,
    what,
    names.map((name) => setting(name, forms)),
  );
}

/** A token as RFC 6750 and RFC 9110 have it, and no word: it has a digit, or is long. */
const token68 = '(?:[A-Za-z._~+/-]{0,40}[0-9][A-Za-z0-9._~+/-]{6,}|[A-Za-z0-9._~+/-]{20,})=*';

const urlPassword = `://([^\\s/?#:@"'\\\\]*):[^\\s/?#@"'\\\\]+(@)`;

/**
 * Every pattern, in the order that they are tried in: what is longer and more certain comes first, so that what is left of it is not taken
 * for something else. Forms of tokens are gitleaks'; ours are those of whole settings, headers and addresses, which gitleaks judges by entropy.
 */
export const redactionPatterns: readonly RedactionPattern[] = [
  own('private-key', 'a private key in PEM, in one line', [
    {
      needle: 'PRIVATE KEY',
      pattern:
        '-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-[^-])*(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----)?',
    },
    // "PRIVATE KEY" in base64 by where in three bytes it begins.
    ...['UFJJVkFURSBLRV', 'BSSVZBVEUgS0VZ', 'QUklWQVRFIEtFW'].map((needle) => ({
      needle,
      pattern: `[A-Za-z0-9+/]*${needle}[A-Za-z0-9+/]*={0,2}`,
    })),
  ]),
  tokens('jwt', 'a JSON Web Token', [['jwt', '.ey']]),
  own(
    'authorization',
    'the credentials of an Authorization header',
    // Of each request the audit log says why it was allowed, in annotations of authorization.k8s.io.
    ['uthorization', 'UTHORIZATION'].map((needle) => {
      const pattern = `${needle}([\\\\"':= ]{1,8}(?:[A-Za-z]{1,16} +)?)${token68}`;
      return { needle, guard: pattern, pattern, around: `${needle}$1*` };
    }),
  ),
  own(
    'bearer',
    'a bearer token',
    ['earer', 'EARER'].map((needle) => ({
      needle,
      pattern: `${needle}([ :=]{1,3}["']?)${token68}`,
      around: `${needle}$1*`,
    })),
  ),
  own('url-password', 'a password in a URL', [
    {
      needle: '://',
      guard: urlPassword,
      pattern: urlPassword,
      // Not '@': a configuration with that in it would itself look like one.
      around: '://$1:*$2',
    },
  ]),
  tokens('aws', 'an AWS access key', [['aws-access-token', 'AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T']]),
  tokens('gcp', 'a Google API key', [['gcp-api-key', 'AIza']]),
  tokens('azure-ad', 'a client secret of Microsoft Entra', [['azure-ad-client-secret', 'Q~']]),
  own('azure-storage', 'a key of an Azure storage account, or of a signature for it', [
    ...['AccountKey', 'SharedAccessKey'].map((needle) => ({
      needle,
      // Not `=`: a configuration with that in it would itself look like it sets one.
      pattern: `${needle}(=)[A-Za-z0-9+/]{40,}={0,2}`,
      around: `${needle}$1*`,
    })),
    { needle: 'sig=', pattern: 'sig=[A-Za-z0-9%+/]{40,}={0,2}' },
  ]),
  tokens('github', 'a GitHub token', [
    ['github-fine-grained-pat', 'github_pat_'],
    ['github-pat', 'ghp_'],
    ['github-oauth', 'gho_'],
    ['github-app-token', 'ghu_', 'ghs_'],
    ['github-refresh-token', 'ghr_'],
  ]),
  tokens('gitlab', 'a GitLab token', [
    ['gitlab-pat-routable', 'glpat-'],
    ['gitlab-pat', 'glpat-'],
    ['gitlab-runner-authentication-token', 'glrt-'],
    ['gitlab-deploy-token', 'gldt-'],
    ['gitlab-ptt', 'glptt-'],
    ['gitlab-cicd-job-token', 'glcbt-'],
  ]),
  tokens('slack', 'a Slack token', [
    ['slack-bot-token', 'xoxb'],
    ['slack-legacy-bot-token', 'xoxb'],
    ['slack-user-token', 'xoxp', 'xoxe'],
    ['slack-legacy-workspace-token', 'xoxa', 'xoxr'],
    ['slack-app-token', 'xapp'],
    ['slack-webhook-url', 'hooks.slack'],
  ]),
  tokens('stripe', 'a Stripe key', [['stripe-access-token', 'k_live_', 'k_test_', 'k_prod_']]),
  tokens('npm', 'an npm token', [['npm-access-token', 'npm_']]),
  tokens('vault', 'a Vault token', [
    ['vault-service-token', 'hvs.'],
    ['vault-batch-token', 'hvb.'],
  ]),
  own('vault', 'a token of OpenBao, or of Vault before 1.10', [
    // Many names end in `s.`; few are followed by so long a word.
    { needle: 's.', guard: 's\\.[0-9A-Za-z]{24}', pattern: '\\bs\\.[0-9A-Za-z]{24}\\b' },
  ]),
  settings('password', 'a password in a setting', ['assword', 'ASSWORD', 'asswd', 'assphrase'], {
    suffix: '\\w{0,16}',
    least: 1,
  }),
  own('password', 'a password of digits in JSON', [
    { needle: 'assword', pattern: 'assword(\\w{0,16}"\\s*:\\s*)[0-9][0-9.]*', around: 'assword$1"*"' },
  ]),
  // The audit log holds `secrets` wherever one is read.
  settings('secret', 'a secret in a setting', ['ecret', 'ECRET'], { skip: 1, isCommon: true }),
  settings('token', 'a token in a setting', ['oken', 'OKEN'], { skip: 1 }),
  settings('key', 'a key in a setting', [
    ...['pi_key', 'pikey', 'piKey', 'pi-key', 'PI_KEY'],
    ...['ccess_key', 'ccessKey', 'CCESS_KEY', 'rivate_key', 'rivateKey', 'RIVATE_KEY'],
  ]),
];
