import { LogsError } from '../../../core/logs/fault';
import { evaluate } from '../../../core/policy/evaluate';
import { ClusterTarget } from '../../../index';
import type { LogPipelineArgs } from '../../../stacks/log-pipeline';
import { flowsOf } from '../../support/flows';
import { objectsIn } from '../../support/pulumi/registered';
import { basics, filesOf, grafana, registered, withGrafana } from './arguments';

/** The objects that come with a Grafana. */
async function added(changes: object = {}) {
  const key = ({ kind, metadata }: { kind: string; metadata?: { name?: string } }) => `${kind} ${metadata?.name}`;
  const without = new Set(objectsIn(await registered({})).map(key));
  const all = objectsIn(await registered({ ...withGrafana, ...changes }));
  return all.filter((object) => !without.has(key(object)));
}

/** A file of grafana.ini's form, by `<section>.<key>`. */
function settingsIn(ini: string): Readonly<Record<string, string>> {
  let section = '';
  const settings: Record<string, string> = {};
  for (const line of ini.split('\n').filter((each) => each !== '')) {
    const [, name] = /^\[(.+)\]$/.exec(line) ?? [];
    if (name !== undefined) section = name;
    else {
      const at = line.indexOf(' = ');
      settings[`${section}.${line.slice(0, at)}`] = line.slice(at + 3);
    }
  }
  return settings;
}

describe('a Grafana of the log pipeline', () => {
  it('comes with these objects', async () => {
    const found = await added();
    expect(found.map(({ kind, metadata }) => `${kind} ${metadata?.name}`).sort()).toMatchSnapshot();
    expect(found.filter(({ metadata }) => metadata?.name !== 'log-grafana-dashboards')).toMatchSnapshot();
  });

  it('is let off nothing', async () => {
    const target = ClusterTarget.of('1.36', { distribution: 'kubeadm' });
    const objects = objectsIn(await registered(withGrafana)).map((object) => ({ object }));
    const { findings } = evaluate(objects, { target, today: '2026-11-21' });
    expect(findings.filter(({ object, severity }) => severity !== 'info' && object?.includes('grafana'))).toEqual([]);
    for (const { metadata } of await added()) expect(JSON.stringify(metadata)).not.toContain('exception');
  });

  it('is reached by the gateway, and reaches Loki and the provider', async () => {
    const before = flowsOf(objectsIn(await registered({})));
    const after = flowsOf(objectsIn(await registered(withGrafana)));
    expect(after.filter((flow) => !before.includes(flow))).toEqual([
      'gateway -> logging/log-grafana:3000',
      'logging/log-grafana -> 203.0.113.20/32:443',
      'logging/log-grafana -> logging/loki:3100',
    ]);
  });

  it('reaches a provider at its own ports, and shares a namespace with Prometheus', async () => {
    const login = { ...grafana.login, tokenUrl: 'https://login.acme.example:8443/token' };
    const changes = {
      grafana: { ...grafana, gatewayNamespace: 'monitoring', login },
      prometheusNamespace: 'monitoring',
    };
    const flows = flowsOf(objectsIn(await registered({ ...withGrafana, ...changes })));
    expect(flows.filter((flow) => flow.includes('log-grafana'))).toEqual([
      'logging/log-grafana -> 203.0.113.20/32:443',
      'logging/log-grafana -> 203.0.113.20/32:8443',
      'logging/log-grafana -> logging/loki:3100',
      'monitoring -> logging/log-grafana:3000',
    ]);
  });

  it('has no account, and lets in whom the provider names', async () => {
    const settings = settingsIn(filesOf(await registered(withGrafana)).get('log-grafana/grafana.ini') ?? '');
    expect(settings).toMatchObject({
      'security.disable_initial_admin_creation': 'true',
      'security.secret_key': '$__file{/etc/log-pipeline/login/secret-key}',
      'security.cookie_secure': 'true',
      'security.cookie_samesite': 'lax',
      'security.allow_embedding': 'false',
      'security.disable_gravatar': 'true',
      'users.allow_sign_up': 'false',
      'auth.disable_login_form': 'true',
      'auth.anonymous.enabled': 'false',
      'auth.basic.enabled': 'false',
      'auth.generic_oauth.client_secret': '$__file{/etc/log-pipeline/login/client-secret}',
      'auth.generic_oauth.use_pkce': 'true',
      'auth.generic_oauth.scopes': 'openid profile email',
      'auth.generic_oauth.role_attribute_strict': 'true',
      'auth.generic_oauth.allow_assign_grafana_admin': 'false',
      'auth.generic_oauth.role_attribute_path': `"""contains(groups[*], 'platform') && 'Editor' || contains(groups[*], 'log-viewers') && 'Viewer'"""`,
      'server.protocol': 'https',
      'server.enforce_domain': 'true',
      'server.domain': 'logs.acme.example',
      'server.root_url': 'https://logs.acme.example/',
    });
  });

  it('tells nobody on the internet anything, and takes nothing from there', async () => {
    const settings = settingsIn(filesOf(await registered(withGrafana)).get('log-grafana/grafana.ini') ?? '');
    expect(settings).toMatchObject({
      'analytics.reporting_enabled': 'false',
      'analytics.check_for_updates': 'false',
      'analytics.check_for_plugin_updates': 'false',
      'snapshots.external_enabled': 'false',
      'public_dashboards.enabled': 'false',
      'news.news_feed_enabled': 'false',
      'plugins.plugin_admin_enabled': 'false',
      'plugins.preinstall_disabled': 'true',
      'plugins.public_key_retrieval_disabled': 'true',
    });
  });

  it('takes the claim, the scopes and the authority that it is told', async () => {
    const login = {
      ...grafana.login,
      groupsClaim: 'realm_access.roles',
      scopes: ['openid', 'groups'],
      ownAuthority: true,
    };
    const found = await registered({ ...withGrafana, grafana: { ...grafana, login } });
    const settings = settingsIn(filesOf(found).get('log-grafana/grafana.ini') ?? '');
    expect(settings['auth.generic_oauth.role_attribute_path']).toContain("contains(realm_access.roles[*], 'platform')");
    expect(settings['auth.generic_oauth.scopes']).toBe('openid groups');
    expect(settings['auth.generic_oauth.tls_client_ca']).toBe('/etc/log-pipeline/login/ca.crt');
    const [workload] = objectsIn(found).filter(({ kind }) => kind === 'Deployment');
    const keys = [...JSON.stringify(workload?.spec).matchAll(/"key":"([a-z.-]+)"/g)].map(([, key]) => key);
    expect(keys).toEqual(expect.arrayContaining(['client-secret', 'secret-key', 'ca.crt']));
  });

  it('asks Loki as each tenant, by files that nobody edits', async () => {
    const text = filesOf(await registered(withGrafana)).get('log-grafana/data-sources.yaml') ?? '';
    expect(text).toMatchSnapshot();
    expect(text).not.toContain('editable: true');
  });
});

describe('a Grafana that is asked for wrongly is refused', () => {
  it.each<[string, Partial<LogPipelineArgs>, readonly string[]]>([
    [
      'an image of a Grafana that nobody asked for',
      { images: withGrafana.images },
      ['images.grafana: it is about a Grafana, and none is asked for'],
    ],
    ['a Grafana without an image', { grafana }, ['images.grafana: grafana is asked for, and there is no image']],
    [
      'a Grafana that has no Loki to ask',
      {
        grafana,
        images: { collector: basics.images.collector },
        existing: { endpoint: 'https://logs.example', cidr: '203.0.113.0/24' },
      },
      ['grafana: it would ask a Loki of this stack'],
    ],
    [
      'a Grafana that nobody reaches',
      { ...withGrafana, grafana: { ...grafana, address: 'http://logs.example/grafana', gatewayNamespace: 'logging' } },
      ['grafana.address: it is no address that browsers reach over HTTPS', 'grafana.gatewayNamespace: logging is'],
    ],
    [
      'a secret where its name belongs',
      { ...withGrafana, grafana: { ...grafana, gatewayNamespace: 'Gate_way', secretName: 'hunter2/hunter2' } },
      ['grafana.gatewayNamespace: "Gate_way" is no namespace', 'grafana.secretName: "hunter2/hunter2" is no name'],
    ],
    [
      'a login over connections that are not encrypted',
      {
        ...withGrafana,
        grafana: {
          ...grafana,
          login: {
            ...grafana.login,
            authUrl: 'http://login.example/auth',
            tokenUrl: 'https://user:hunter2@login.example/token',
            userInfoUrl: 'https://login.example:99999/userinfo',
          },
        },
      },
      [
        'grafana.login.authUrl: it is no address over HTTPS',
        'grafana.login.tokenUrl: it is no address over HTTPS',
        'grafana.login.userInfoUrl: it is no address over HTTPS',
      ],
    ],
    [
      'texts that would be other settings of Grafana',
      {
        ...withGrafana,
        grafana: {
          ...grafana,
          login: {
            ...grafana.login,
            clientId: 'a\nallow_assign_grafana_admin = true',
            groupsClaim: "groups[*], 'x') || 'Admin' || contains(groups",
            viewers: ["x') || 'GrafanaAdmin' || contains(a, 'y"],
            explorers: ['$__file{/etc/log-pipeline/login/secret-key}'],
            scopes: ['openid', 'groups; x'],
          },
        },
      },
      [
        'grafana.login.clientId: it has characters',
        'grafana.login.groupsClaim: ',
        'grafana.login.viewers[0]: ',
        'grafana.login.explorers[0]: ',
        'grafana.login.scopes[1]: "groups; x" is no scope',
      ],
    ],
    [
      'a login that nobody passes',
      {
        ...withGrafana,
        grafana: {
          ...grafana,
          login: { ...grafana.login, viewers: [], explorers: [], scopes: ['profile'], cidrs: [] },
        },
      },
      [
        'grafana.login.viewers: nobody could log in',
        'grafana.login.scopes: openid is not among them',
        'grafana.login.cidrs: nobody knows where the provider is',
      ],
    ],
    [
      'a provider somewhere',
      { ...withGrafana, grafana: { ...grafana, login: { ...grafana.login, cidrs: ['login.example'] } } },
      ['grafana.login.cidrs[0]: "login.example" is no CIDR'],
    ],
  ])('%s', async (_, changes, starts) => {
    const thrown: unknown = await registered(changes).then(
      (found) => new Error(`nothing is wrong, and ${found.length} are registered`),
      (error: unknown) => error,
    );
    if (!(thrown instanceof LogsError)) throw thrown;
    const faults = thrown.faults.map(({ key, message }) => `${key}: ${message}`);
    expect(faults.map((text, i) => text.startsWith(starts[i] ?? '-'))).toEqual(starts.map(() => true));
    // What stands in an address may be a password.
    expect(faults.filter((text) => /Url:.*hunter2/.test(text))).toEqual([]);
  });
});
