import { injectedBy } from '../../../../core/secrets/readings/agent';
import { agentAnnotations } from '../../../../core/secrets/vault/agent';
import type { VaultSoftware } from '../../../../core/secrets/vault/server';

const source = { kind: 'kv', path: 'db', mount: 'secret', engine: 2 } as const;

function annotations(software: VaultSoftware): Readonly<Record<string, string>> {
  return agentAnnotations({
    vault: { address: 'https://vault.vault.svc:8200', software },
    role: 'shop.api',
    files: [{ path: '/etc/db/password', field: 'password', source, mode: 0o440 }],
    containers: ['api'],
    initFirst: false,
    once: false,
    tokenVolume: 'vault-token',
    revokeGraceSeconds: 25,
  });
}

describe('what an injector is asked for', () => {
  it.each(['vault', 'openbao'] as const)('is read in what is written for %s', (software) => {
    const [injected, ...others] = injectedBy(annotations(software), 'shop');
    expect(others).toEqual([]);
    expect(injected?.secrets).toEqual([
      expect.objectContaining({ secret: { store: 'vault', name: 'secret/data/db' }, file: '/etc/db/password' }),
    ]);
  });

  it('is read as earlier versions of the one for OpenBao had it', () => {
    const earlier = { 'openbao.openbao.org/agent-inject': 'true', 'openbao.openbao.org/agent-inject-secret-a': 'kv/a' };
    expect(injectedBy(earlier, 'shop')).toHaveLength(1);
  });
});
