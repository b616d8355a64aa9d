/** grafana.ini as Grafana reads it: by the same library, and with the same language for roles. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GrafanaLogin, type GrafanaSettings, grafanaIni } from '../../../../core/logs/grafana';
import { describeLogProgram } from '../../../support/logs';

const login: GrafanaLogin = {
  clientId: 'kube-bulwark:logs',
  authUrl: 'https://login.example/auth',
  tokenUrl: 'https://login.example/token',
  userInfoUrl: 'https://login.example/userinfo',
  scopes: ['openid', 'groups'],
  groupsClaim: 'realm_access.groups',
  viewers: ['log-viewers', '/team/on call:eu'],
  explorers: ['platform'],
};

const settings: GrafanaSettings = {
  address: 'https://logs.example',
  listen: { address: '0.0.0.0', port: 3000 },
  folder: '/var/lib/grafana',
  provisioning: '/etc/grafana/provisioning',
  tls: { certFile: '/tls/tls.crt', keyFile: '/tls/tls.key' },
  secrets: { clientSecret: '/login/client-secret', secretKey: '/login/secret-key' },
  login,
  home: '/etc/grafana-dashboards/home.json',
};

interface Said {
  readonly sections: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly role: string;
}

describeLogProgram('grafana-ini', 'grafana.ini', (program) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'grafana-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (claims: object, changes: Partial<GrafanaLogin> = {}): Said => {
    const path = join(folder, 'grafana.ini');
    writeFileSync(path, grafanaIni({ ...settings, login: { ...login, ...changes } }));
    const { stdout, stderr, status } = spawnSync(program, [path], {
      input: JSON.stringify(claims),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Said;
  };
  const member = (...groups: readonly string[]) => ({ sub: 'alice', realm_access: { groups } });

  it('says to Grafana what was meant, value by value', () => {
    const { sections } = read({});
    expect(sections).toMatchSnapshot();
    expect(sections['auth.generic_oauth']).toMatchObject({
      client_id: 'kube-bulwark:logs',
      client_secret: '$__file{/login/client-secret}',
      scopes: 'openid groups',
      role_attribute_path:
        "contains(realm_access.groups[*], 'platform') && 'Editor' || contains(realm_access.groups[*], 'log-viewers') && 'Viewer' || contains(realm_access.groups[*], '/team/on call:eu') && 'Viewer'",
    });
  });

  it.each([
    ['a viewer', member('log-viewers'), 'Viewer'],
    ['a viewer by a group with a path, a space and a colon', member('other', '/team/on call:eu'), 'Viewer'],
    ['an explorer', member('platform'), 'Editor'],
    ['who is both', member('log-viewers', 'platform'), 'Editor'],
    ['who is in another group', member('interns'), ''],
    ['a group that is called alike', member('log-viewers-of-others'), ''],
    ['who is in none', member(), ''],
    ['who has no such claim', { sub: 'alice' }, ''],
    ['a claim that is one text', { realm_access: { groups: 'platform' } }, ''],
    ['a claim that is called like a role', { role: 'Admin', realm_access: { groups: ['Admin', 'GrafanaAdmin'] } }, ''],
  ])('%s gets the role that is meant', (_, claims, role) => {
    expect(read(claims).role).toBe(role);
  });

  it('lets explorers alone in where there are no viewers', () => {
    expect(read(member('platform'), { viewers: [] }).role).toBe('Editor');
    expect(read(member('log-viewers'), { viewers: [] }).role).toBe('');
  });
});
