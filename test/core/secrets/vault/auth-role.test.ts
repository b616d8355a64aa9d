import { authRoleOf, limitFaults } from '../../../../core/secrets/vault/auth-role';

const subject = { namespace: 'shop', serviceAccountName: 'api', audience: 'vault', policy: 'shop.api' };

describe('authRoleOf', () => {
  it('binds one ServiceAccount of one namespace, for one audience, and gives no default policy', () => {
    expect(authRoleOf(subject)).toEqual({
      bound_service_account_names: ['api'],
      bound_service_account_namespaces: ['shop'],
      audience: 'vault',
      alias_name_source: 'serviceaccount_uid',
      token_policies: ['shop.api'],
      token_no_default_policy: true,
      token_type: 'service',
      token_ttl: 900,
      token_max_ttl: 86_400,
    });
  });

  it('takes limits', () => {
    const limits = { tokenTtl: '5m', tokenMaxTtl: '1h', boundCidrs: ['10.0.0.0/8'] };
    expect(limitFaults(limits)).toEqual([]);
    expect(authRoleOf(subject, limits)).toMatchObject({
      token_ttl: 300,
      token_max_ttl: 3600,
      token_bound_cidrs: ['10.0.0.0/8'],
    });
  });
});

describe('limitFaults', () => {
  it('names everything at once', () => {
    const faults = limitFaults({ tokenTtl: 'soon', tokenMaxTtl: '0', boundCidrs: ['10.1.2.3', '10.1.2.3/8'] });
    expect(faults.map(({ property }) => property)).toEqual([
      'tokenTtl',
      'tokenMaxTtl',
      'boundCidrs[0]',
      'boundCidrs[1]',
    ]);
  });

  it.each([
    ['its own maximum', { tokenTtl: '2h', tokenMaxTtl: '1h' }],
    ['the default one', { tokenTtl: '25h' }],
  ])('refuses a time to live beyond %s', (_, limits) => {
    expect(limitFaults(limits)).toEqual([expect.objectContaining({ property: 'tokenTtl', value: limits.tokenTtl })]);
  });

  it('refuses a maximum below the default time to live', () => {
    expect(limitFaults({ tokenMaxTtl: '10m' })).toEqual([expect.objectContaining({ property: 'tokenTtl' })]);
  });

  it("refuses a maximum beyond the Vault's own", () => {
    const limits = { tokenMaxTtl: '1000h' };
    expect(limitFaults(limits)).toEqual([expect.objectContaining({ property: 'tokenMaxTtl', value: '1000h' })]);
    expect(limitFaults(limits, '1000h')).toEqual([]);
  });

  it('refuses an empty list of addresses, which allows all', () => {
    expect(limitFaults({ boundCidrs: [] })).toEqual([expect.objectContaining({ property: 'boundCidrs' })]);
  });
});
