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

  it('shows the field that is printed, whichever delivery brings it', () => {
    expect(injectedBy(annotations('vault'), 'shop')[0]?.secrets.map(({ key }) => key)).toEqual(['password']);
  });

  const read = (template: string, more: Readonly<Record<string, string>> = {}) =>
    injectedBy(
      Object.fromEntries(
        Object.entries({
          'agent-inject': 'true',
          'agent-inject-secret-a': 'secret/data/a',
          'agent-inject-template-a': template,
          ...more,
        }).map(([name, text]) => [`vault.hashicorp.com/${name}`, text]),
      ),
      'shop',
    )[0]?.secrets ?? [];

  it.each([
    ['{{ with secret "secret/data/a" }}{{ .Data.data.password }}{{ end }}', ['password']],
    ['{{ $s := secret "secret/data/a" }}{{ $s.Data.data.u }}:{{ $s.Data.data.p }}', ['u', 'p']],
    ['{{ with secret "secret/data/a" }}{{ index .Data.data "a.b" | toJSON }}{{ end }}', ['a.b']],
    ['{{ with secret "secret/data/a" }}{{ .Data.data | toJSON }}{{ end }}', [undefined]],
    ['{{ with secret "secret/data/a" }}{{ range $k, $v := .Data.data }}{{ $k }}{{ end }}{{ end }}', [undefined]],
    ['{{ with secret "secret/data/a" }}{{ .Data.data.x }}{{ . | toJSON }}{{ end }}', [undefined]],
    ['{{ with secret "secret/data/a" }}{{ with .Data }}{{ .data.x }}{{ end }}{{ end }}', [undefined]],
    ['{{ with secret "secret/data/a" }}{{ sprig_hasKey .Data.data "x" }}{{ end }}', [undefined]],
    ['{{ with secret "secret/data/a" }}{{ .Data.data.x }}{{ end }}{{ secret "secret/data/a" | toJSON }}', [undefined]],
    [
      '{{ with secret "secret/data/a" }}{{ .Data.data.x }}{{ end }}{{ with secret "secret/data/a" }}{{ .Data.data.y }}{{ end }}',
      ['x', 'y'],
    ],
    [
      '{{ with secret "secret/data/a" }}{{ .Data.data.x }}{{ end }}{{ with secret "secret/data/a" | toJSON | writeToFile "f" "" "" "0600" }}{{ end }}',
      [undefined],
    ],
    ['{{ $s := secret "secret/data/a" }}{{ $s.Data.data.x }}{{ toJSON $s }}', [undefined]],
    ['{{ $s := secret "secret/data/a" | toJSON }}{{ .Data.data.x }}{{ $s }}', [undefined]],
    ['{{ $s := secret "secret/data/a" }}{{ with $s }}{{ .Data.data.x }}{{ end }}', ['x']],
    [
      '{{ $s := secret "secret/data/a" }}{{ with $s | toJSON | writeToFile "f" "" "" "0600" }}{{ end }}{{ $s.Data.data.x }}',
      [undefined],
    ],
    ['{{ $s := secret "secret/data/a" }}{{ $t := $s }}{{ $s.Data.data.x }}{{ $t | toJSON }}', [undefined]],
    ['{{ $s := secret "secret/data/a" }}{{ index $s.Data.data "a.b" }}', ['a.b']],
    ['{{ with secret "secret/data/a" }}{{ .Data.data.x }}{{ index .Data "data" | toJSON }}{{ end }}', [undefined]],
    ['{{ with secret "secret/data/a" }}{{ .Data.data.x }}{{ index .Data "data" "a.b" }}{{ end }}', ['x', 'a.b']],
    ['{{ (secret "secret/data/a").Data.data.x }}', ['x']],
    ['{{ (secret "secret/data/a").Data.data | toJSON }}{{ (secret "secret/data/a").Data.data.x }}', [undefined]],
    ['{{ with secret "secret/data/a" }}{{ .Data.data.x }}{{ "the secret of $s" }}{{ end }}', ['x']],
    ['', [undefined]],
  ])('reads of %s the fields that it prints', (template, keys) => {
    expect(read(template).map(({ key }) => key)).toEqual(keys);
  });

  it('says that an agent answers with its own token', () => {
    const answering = { 'agent-cache-enable': 'true' };
    const flags = (more: Readonly<Record<string, string>>) => read('', more).map(({ flag }) => flag?.kind);
    expect(flags(answering)).toEqual([undefined, 'unknown']);
    expect(flags({ ...answering, 'agent-cache-use-auto-auth-token': 'force' })).toEqual([undefined, 'unknown']);
    expect(flags({ ...answering, 'agent-cache-use-auto-auth-token': 'false' })).toEqual([undefined]);
    expect(flags({})).toEqual([undefined]);
  });

  it('is read as earlier versions of the one for OpenBao had it', () => {
    const earlier = { 'openbao.openbao.org/agent-inject': 'true', 'openbao.openbao.org/agent-inject-secret-a': 'kv/a' };
    expect(injectedBy(earlier, 'shop')).toHaveLength(1);
  });
});
