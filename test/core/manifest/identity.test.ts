import * as fc from 'fast-check';
import {
  apiGroup,
  apiVersionOf,
  formatIdentity,
  type Identity,
  identityKey,
  identityOf,
} from '../../../core/manifest/identity';

describe('identityOf', () => {
  it('leaves the version out', () => {
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'frontend', namespace: 'shop' } };
    const identity = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'frontend' };
    expect(identityOf(object)).toStrictEqual(identity);
    expect(identityOf({ ...object, apiVersion: 'apps/v1beta1' })).toStrictEqual(identity);
  });

  it('takes an empty namespace for none', () => {
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', namespace: '' } };
    expect(identityOf(object)).toStrictEqual({ group: '', kind: 'Namespace', name: 'shop' });
  });

  it('shows generateName as a prefix', () => {
    const object = { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'import-', namespace: 'shop' } };
    expect(identityOf(object).name).toBe('import-*');
  });

  it('does not need metadata', () => {
    expect(identityOf({ apiVersion: 'v1', kind: 'Pod' })).toStrictEqual({ group: '', kind: 'Pod', name: '' });
  });
});

describe('apiGroup and apiVersionOf', () => {
  it.each([
    ['v1', '', 'v1'],
    ['apps/v1', 'apps', 'v1'],
    ['rbac.authorization.k8s.io/v1', 'rbac.authorization.k8s.io', 'v1'],
  ])('%s', (apiVersion, group, version) => {
    expect(apiGroup(apiVersion)).toBe(group);
    expect(apiVersionOf(group, version)).toBe(apiVersion);
  });
});

describe('formatIdentity', () => {
  it.each([
    [{ group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'frontend' }, 'Deployment.apps shop/frontend'],
    [{ group: '', kind: 'Service', namespace: 'shop', name: 'frontend' }, 'Service shop/frontend'],
    [{ group: '', kind: 'Namespace', name: 'shop' }, 'Namespace shop'],
    [
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'viewer' },
      'ClusterRole.rbac.authorization.k8s.io viewer',
    ],
  ])('%j', (identity, text) => expect(formatIdentity(identity)).toBe(text));
});

describe('identityKey', () => {
  it('is equal exactly for equal identities', () => {
    const part = fc.constantFrom('', 'a', 'b', 'a/b', '/', '"', '","', '\\');
    const identity: fc.Arbitrary<Identity> = fc.record({ group: part, kind: part, namespace: part, name: part });
    const same = (a: Identity, b: Identity) =>
      a.group === b.group && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
    fc.assert(fc.property(identity, identity, (a, b) => (identityKey(a) === identityKey(b)) === same(a, b)));
  });

  it('takes an absent namespace for an empty one', () => {
    const identity = { group: '', kind: 'Pod', name: 'a' };
    expect(identityKey(identity)).toBe(identityKey({ ...identity, namespace: '' }));
  });
});
