import { zotConfig, zotRepositories } from '../../../core/registry/zot';
import { alternatives, basics } from './zot-settings';

describe('zotConfig', () => {
  it.each(Object.entries(alternatives))('is as it was, with %s', (_, { settings, options }) => {
    expect(zotConfig(settings, options)).toMatchSnapshot();
  });

  it.each(Object.entries(alternatives))('lets nobody in without a name, and nobody do everything, with %s', (_, of) => {
    const text = JSON.stringify(zotConfig(of.settings, of.options));
    expect(text).not.toContain('anonymousPolicy');
    expect(text).toContain('"adminPolicy":{"users":[],"actions":[]}');
    expect(text).not.toMatch(/secret(?!"?:"?\/)|password|accesskey|accountkey/i);
  });
});

describe('zotRepositories', () => {
  const team = { name: 'shop', users: ['ci'], groups: ['team-shop'], push: ['shop/**'], pull: ['base/*'] };

  it('says of each pattern all that holds for it, narrower ones being the longer texts', () => {
    const found = zotRepositories({ ...basics, teams: [team], immutableTags: ['shop/*'] });
    const of = (...actions: readonly string[]) => ({
      policies: [{ users: ['ci'], groups: ['team-shop'], actions }],
      defaultPolicy: [],
    });
    expect(found).toEqual({
      'shop/{*,*}': of('read', 'create'),
      'shop/**': of('read', 'create', 'update', 'delete'),
      'base/{*,*}': of('read'),
      '{shop,shop,shop,shop}': of('read', 'create', 'update', 'delete'),
    });
  });

  it('lets everybody read the cache of an upstream, and nobody write to it', () => {
    const upstreams = [{ host: 'docker.io', allow: ['library/*'] }];
    const found = zotRepositories({ ...basics, teams: [{ ...team, push: ['**', 'docker.io/library/*'] }], upstreams });
    const cache = { policies: [], defaultPolicy: ['read'] };
    expect(found['docker.io/**']).toEqual(cache);
    expect(found['{docker.io,docker.io,docker.io,docker.io}']).toEqual(cache);
    expect(found).not.toHaveProperty('docker.io/library/{*,*}');
  });
});
