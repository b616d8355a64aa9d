/** gitleaks' configuration -> the patterns that kube-bulwark takes from it, as JavaScript and RE2 read them alike. */
import { portableFromGo } from './portable';
import { readToml, type Table } from './toml';

/** A pattern as it is checked in. */
export interface TakenPattern {
  readonly id: string;
  readonly source: string;
  /** In lower case: a text without any of them has no match. */
  readonly keywords: readonly string[];
  /** Bits a character that a secret has more than; 0 where it is not asked. */
  readonly entropy: number;
  /** Of secrets that are none. */
  readonly allowed: readonly string[];
  /** True where a match takes the name of the setting: `adobe_secret=…`. */
  readonly isNamed: boolean;
}

/** What is taken. */
export interface TakenPatterns {
  readonly patterns: readonly TakenPattern[];
  /** Of every pattern: values that stand in for a secret. */
  readonly allowed: readonly string[];
  /** The last resort: a name that is about secrets, and a random value. */
  readonly generic: TakenPattern & {
    readonly allowedMatches: readonly string[];
    readonly stopwords: readonly string[];
  };
}

/** What is left out, and why. */
const left: Readonly<Record<string, string>> = {
  'curl-auth-header': 'it reads a line as often as it has words; commands are read by their flags',
  'curl-auth-user': 'as curl-auth-header',
  'freemius-secret-key': 'it is about PHP files',
  'hashicorp-tf-password': 'it is about Terraform files',
  'kubernetes-secret-yaml': 'the rule secret-in-manifest reads Secrets',
  'nuget-config-password': 'it is about nuget.config',
  'pkcs12-file': 'it is about names of files',
  'private-key': 'it reads to the end of the text from each beginning; the rules have a form of their own',
  'jwt-base64': 'the rules have a form of their own',
};

const alphanumeric = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

/** What a token of OpenBao begins with, `s.` and anything. Of `s.io` with something after it: it stands in every second group of APIs, where it is the end. */
const openBao = alphanumeric.flatMap((first) => {
  if (first !== 'i') return [`s.${first}`];
  return alphanumeric.flatMap((second) =>
    second === 'o' ? alphanumeric.map((third) => `s.io${third}`) : [`s.i${second}`],
  );
});

/** Keywords where those of gitleaks are shorter than what can be looked up, or in every second text. */
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  'azure-ad-client-secret': [...'0123456789'].map((digit) => `${digit}q~`),
  jwt: ['eyj'],
  'twilio-api-key': ['twilio'],
  'vault-service-token': ['hvs.', ...openBao],
};

/** A name before the keyword, which is no part of what is looked for. */
const lead = /^\(\?i\)\[\\w\.-\]\{0,50\}\?|^\[\\w\.-\]\{0,50\}\?\(\?i:\[\\w\.-\]\{0,50\}\?/;

const generic = 'generic-api-key';

/** What is taken from a configuration. */
export function patternsFrom(text: string): TakenPatterns {
  const config = readToml(text);
  const rules = config.rules as readonly Table[];
  const taken = new Map(
    rules.filter(({ id }) => left[String(id)] === undefined).map((rule) => [String(rule.id), takenFrom(rule)]),
  );
  const last = taken.get(generic);
  if (last === undefined) throw new Error(`there is no rule ${generic}`);
  taken.delete(generic);
  const lists = listsOf(rules.find(({ id }) => id === generic) as Table);
  return {
    patterns: [...taken.values()],
    allowed: textsOf((config.allowlist as Table).regexes).map(portableFromGo),
    generic: {
      ...last,
      allowedMatches: lists
        .filter(({ regexTarget }) => regexTarget === 'match')
        .flatMap(({ regexes }) => textsOf(regexes))
        .map(portableFromGo),
      stopwords: [...new Set(lists.flatMap(({ stopwords }) => textsOf(stopwords)))].sort(),
    },
  };
}

function takenFrom(rule: Table): TakenPattern {
  const id = String(rule.id);
  const regex = String(rule.regex);
  const isNamed = lead.test(regex);
  return {
    id,
    source: portableFromGo(regex.replace(lead, (found) => (found.startsWith('(?i)') ? '(?i)' : '(?i:'))),
    keywords: keywordsOf[id] ?? textsOf(rule.keywords),
    entropy: Number(rule.entropy ?? 0),
    allowed: listsOf(rule)
      .filter(({ regexTarget, condition }) => regexTarget === undefined && condition === undefined)
      .flatMap(({ regexes }) => textsOf(regexes))
      .map(portableFromGo),
    isNamed,
  };
}

const listsOf = (rule: Table): readonly Table[] => (rule.allowlists ?? []) as readonly Table[];
const textsOf = (value: unknown): readonly string[] => (value ?? []) as readonly string[];
