/** Secrets that give themselves away, whatever they are called: few, and cheap enough for the policies of a cluster. */
export const shapes = [
  { what: 'a private key', form: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/, keywords: ['-----begin'] },
  { what: 'an AWS access key', form: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, keywords: ['akia', 'asia'] },
  {
    what: 'a GitHub token',
    form: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/,
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  },
  { what: 'a GitLab token', form: /\bglpat-[A-Za-z0-9_-]{20}/, keywords: ['glpat-'] },
  {
    what: 'a Slack token',
    form: /\bxox[abeoprs]-[A-Za-z0-9-]{10}|hooks\.slack\.com\/services\/T[A-Za-z0-9]{1,20}\/B/,
    keywords: ['xox', 'hooks.slack.com'],
  },
  { what: 'a Stripe key', form: /\b[rs]k_live_[A-Za-z0-9]{16}/, keywords: ['k_live_'] },
  { what: 'a Google API key', form: /\bAIza[0-9A-Za-z_-]{35}/, keywords: ['aiza'] },
  {
    what: 'a JSON Web Token',
    form: /(?:^|[^\w-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8}/,
    keywords: ['eyj'],
  },
  {
    what: 'a URL with a password',
    form: /:\/\/[^ \t\n\r\f/?#:@]{0,256}:(?:[^ \t\n\r\f/?#@$]|\$[^ \t\n\r\f/?#@({])[^ \t\n\r\f/?#@]{0,512}@/,
    keywords: ['://'],
  },
  { what: 'a Vault token', form: /\bhv[bs]\.[A-Za-z0-9_-]{20}/, keywords: ['hvb.', 'hvs.'] },
  { what: 'an npm token', form: /\bnpm_[A-Za-z0-9]{36}/, keywords: ['npm_'] },
  { what: 'an Azure storage key', form: /\bAccountKey=[A-Za-z0-9+/]{40}/, keywords: ['accountkey='] },
  // "PRIVATE KEY" by where in three bytes it begins.
  {
    what: 'a private key in base64',
    form: /(?:UFJJVkFURSBLRV|BSSVZBVEUgS0VZ|QUklWQVRFIEtFW)[A-Za-z0-9+/]{8}/,
    keywords: ['ufjjvkfursblrv', 'bssvzbveugs0vz', 'quklwqvrfietfw'],
  },
  {
    what: 'a token in base64',
    form: /\b(?:Z2h[vw1zy]X[A-Za-z0-9+/]{48}|(?:Z2l0aHViX3BhdF|Z2xwYXQt|QUtJQ|QVNJQ|eG94[YZbc][iSyC]0|c2tfbGl2ZV|aHZzL|ZXlKaGJHY2lPa)[A-Za-z0-9+/]{20})/,
    keywords: ['z2h', 'z2l0ahvi', 'z2xwyxqt', 'qutjq', 'qvnjq', 'eg94', 'c2tfbgl2zv', 'ahzzl', 'zxlkagjhy2lpa'],
  },
] as const;

/** More of them, which are known by their form alone, and which no policy of a cluster asks about. */
export const moreShapes = [
  {
    what: 'a login of a database',
    form: /[\w.-]{1,128}:[^\s:@/$%{<][^\s:@/]{0,256}@(?:tcp|unix)\(/,
    keywords: ['@tcp(', '@unix('],
  },
  {
    what: 'a login of a database',
    form: /\bjdbc:oracle:[a-z0-9]{1,9}:[\w.$#-]{1,128}\/[^\s:@/$%{<"']{1,256}@/,
    keywords: ['jdbc:oracle:'],
  },
] as const;
