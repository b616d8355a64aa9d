/** Who logs in, by an OpenID provider. */
export interface GrafanaLogin {
  readonly clientId: string;
  /** Where browsers are sent. */
  readonly authUrl: string;
  readonly tokenUrl: string;
  /** The provider's userinfo endpoint. */
  readonly userInfoUrl: string;
  readonly scopes: readonly string[];
  /** The claim with the groups of a user. */
  readonly groupsClaim: string;
  /** Groups that see dashboards. */
  readonly viewers: readonly string[];
  /** Groups that ask questions of their own as well. */
  readonly explorers: readonly string[];
  /** The file of the authority that the provider's certificate is of. @default - those that the image trusts */
  readonly authorityFile?: string;
}

/** What Grafana is asked for. */
export interface GrafanaSettings {
  /** Where browsers find it: `https://logs.acme.example`. */
  readonly address: string;
  readonly listen: { readonly address: string; readonly port: number };
  /** Its data: a database in which nothing is that is not made anew. */
  readonly folder: string;
  /** The folder of what it is provisioned with. */
  readonly provisioning: string;
  /** What it shows browsers and gateways. */
  readonly tls: { readonly certFile: string; readonly keyFile: string };
  /** Files of its secrets. */
  readonly secrets: { readonly clientSecret: string; readonly secretKey: string };
  readonly login: GrafanaLogin;
  /** The file of the dashboard that comes first. */
  readonly home: string;
}

type Value = string | number | boolean;

/** The content of a file as a value: https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#variable-expansion */
export function contentOf(file: string): string {
  return `$__file{${file}}`;
}

/** JMESPath: what each group may do. Whoever is in none gets no role, and is not let in. */
export function roleOf({ groupsClaim, viewers, explorers }: GrafanaLogin): string {
  const role = (groups: readonly string[], name: string) =>
    groups.map((group) => `contains(${groupsClaim}[*], '${group}') && '${name}'`);
  return [...role(explorers, 'Editor'), ...role(viewers, 'Viewer')].join(' || ');
}

/** Every section that differs from Grafana's own defaults, or whose default has changed before. */
function sections(settings: GrafanaSettings): Readonly<Record<string, Readonly<Record<string, Value>>>> {
  const { address, listen, folder, provisioning, tls, secrets, login, home } = settings;
  return {
    paths: { data: folder, logs: `${folder}/log`, plugins: `${folder}/plugins`, provisioning },
    server: {
      protocol: 'https',
      http_addr: listen.address,
      http_port: listen.port,
      domain: new URL(address).hostname,
      // What comes under another name is sent to the right one: no rebinding of names.
      enforce_domain: true,
      root_url: `${address}/`,
      cert_file: tls.certFile,
      cert_key: tls.keyFile,
      certs_watch_interval: '1h',
      min_tls_version: 'TLS1.2',
    },
    analytics: {
      enabled: false,
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
      feedback_links_enabled: false,
    },
    security: {
      disable_initial_admin_creation: true,
      secret_key: contentOf(secrets.secretKey),
      disable_gravatar: true,
      cookie_secure: true,
      // Strict ones are not sent on the way back from the OpenID provider, so that nobody could log in.
      cookie_samesite: 'lax',
      allow_embedding: false,
      strict_transport_security: true,
      content_security_policy: true,
    },
    snapshots: { enabled: false, external_enabled: false },
    public_dashboards: { enabled: false },
    dashboards: { default_home_dashboard_path: home },
    users: { allow_sign_up: false, allow_org_create: false, auto_assign_org_role: 'None' },
    auth: {
      disable_login_form: true,
      login_maximum_inactive_lifetime_duration: '8h',
      login_maximum_lifetime_duration: '1d',
    },
    'auth.anonymous': { enabled: false, hide_version: true },
    'auth.basic': { enabled: false },
    'auth.generic_oauth': {
      enabled: true,
      name: 'OpenID',
      client_id: login.clientId,
      client_secret: contentOf(secrets.clientSecret),
      scopes: login.scopes.join(' '),
      auth_url: login.authUrl,
      token_url: login.tokenUrl,
      api_url: login.userInfoUrl,
      use_pkce: true,
      tls_skip_verify_insecure: false,
      ...(login.authorityFile !== undefined && { tls_client_ca: login.authorityFile }),
      // Whoever has a role by the provider gets an account; whoever has none is refused.
      allow_sign_up: true,
      role_attribute_path: `"""${roleOf(login)}"""`,
      role_attribute_strict: true,
      allow_assign_grafana_admin: false,
      skip_org_role_sync: false,
    },
    log: { mode: 'console', level: 'info' },
    'log.console': { format: 'json' },
    unified_alerting: { enabled: false },
    metrics: { enabled: false },
    news: { news_feed_enabled: false },
    plugins: {
      plugin_admin_enabled: false,
      preinstall_disabled: true,
      preinstall_auto_update: false,
      public_key_retrieval_disabled: true,
    },
    support_bundles: { enabled: false },
  };
}

/**
 * `grafana.ini`, for Grafana from 12: nobody but users of the OpenID provider, no account of its own, nothing to or from the internet.
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/generic-oauth/
 */
export function grafanaIni(settings: GrafanaSettings): string {
  return Object.entries(sections(settings))
    .map(([name, values]) =>
      [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key} = ${value}`), ''].join('\n'),
    )
    .join('\n');
}
