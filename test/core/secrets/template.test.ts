import { SecretTemplate, templateFaults } from '../../../core/secrets/template';
import { agentTemplate, operatorTemplate } from '../../../core/secrets/vault/template';

const db = { kind: 'kv', engine: 2, mount: 'secret', path: 'shop/db' } as const;

describe('a template', () => {
  it('prints fields in a text, as they are and escaped', () => {
    const template = SecretTemplate.text('user={{ .username }} url={{.password|url}}\n');
    expect(template.parts).toEqual([
      'user=',
      { field: 'username', as: 'none' },
      ' url=',
      { field: 'password', as: 'url' },
      '\n',
    ]);
    expect(template.fields).toEqual(['username', 'password']);
    expect(templateFaults(template, undefined)).toEqual([]);
  });

  it('quotes the values of an env-file so that none ends its quotes', () => {
    const template = SecretTemplate.envFile({ DB_PASSWORD: 'password' });
    expect(operatorTemplate({ template })).toBe(
      '{{ if not (hasKey .Secrets "password") }}{{ fail "the secret has no field password" }}{{ end }}' +
        `DB_PASSWORD='{{ index .Secrets "password" | toString | replace "'" "'\\\\''" }}'\n`,
    );
  });

  it('keeps a brace at the end of a text apart from the action after it', () => {
    const template = SecretTemplate.text('{{ .v }}a{');
    expect(agentTemplate(db, { template })).toMatch(/\}\}a\{\{ "\{" \}\}\{\{ end \}\}$/);
  });

  it('that prints no field says so', () => {
    expect(templateFaults(SecretTemplate.text('password=hunter2'), undefined)).toEqual([
      expect.objectContaining({ property: 'template', message: 'the template prints no field of the secret' }),
    ]);
  });

  it('writes JSON and properties with the escapes of each', () => {
    expect(operatorTemplate({ template: SecretTemplate.json({ user: 'username', pw: 'password' }) })).toContain(
      '{"user":{{ index .Secrets "username" | mustToRawJson }},"pw":{{ index .Secrets "password" | mustToRawJson }}}\n',
    );
    expect(operatorTemplate({ template: SecretTemplate.properties({ 'db.pw': 'password' }) })).toContain(
      'db.pw={{ index .Secrets "password" | toString | replace "\\\\" "\\\\\\\\" | replace "\\n" "\\\\n"',
    );
  });

  it('writes a text with fields in it as a text of JSON', () => {
    const template = SecretTemplate.json({
      a: SecretTemplate.text('"{{ .user }}"={{ .password | url }}\n'),
      b: 'user',
    });
    expect(templateFaults(template, ['user', 'password'])).toEqual([]);
    expect(template.parts).toEqual([
      '{"a":',
      '"',
      '\\"',
      { field: 'user', as: 'jsonText' },
      '\\"=',
      { field: 'password', as: 'url' },
      '\\n',
      '"',
      ',"b":',
      { field: 'user', as: 'json' },
      '}\n',
    ]);
    expect(operatorTemplate({ template })).toContain(
      'index .Secrets "user" | toString | mustToRawJson | trimPrefix "\\"" | trimSuffix "\\""',
    );
  });

  it.each([
    [
      'an action that is not closed in JSON',
      SecretTemplate.json({ a: SecretTemplate.text('{{ .b') }),
      /does not close/,
    ],
    ['another escape in JSON', SecretTemplate.json({ a: SecretTemplate.text('{{ .b | shell }}') }), /b as shell into/],
    ['an action that is not closed', SecretTemplate.text('a {{ .password'), /opens an action and does not close it/],
    ['one that another opens in', SecretTemplate.text('{{ .a {{ .b }}'), /opens an action and does not close it/],
    ['an end without a beginning', SecretTemplate.text('a }} b'), /closes an action that it did not open/],
    [
      'more than a field',
      SecretTemplate.text('{{ with secret "secret/data/other" }}'),
      /an action that is no field: with/,
    ],
    ['a text in place of a field', SecretTemplate.text('{{ "hunter2Wordy" }}'), /no field: "…"$/],
    ['a text in an action without an end', SecretTemplate.text('{{ "hunter2Wordy'), /does not close it/],
    ['an unknown escape', SecretTemplate.text('{{ .password | rot13 }}'), /as rot13, which is no way to/],
    ['nothing', SecretTemplate.text(''), /is empty/],
    ['no variable', SecretTemplate.envFile({}), /prints nothing/],
    ['a variable that is a command', SecretTemplate.envFile({ 'A;rm -rf /': 'password' }), /names a variable "A;rm/],
    ['a key over two lines', SecretTemplate.properties({ 'a\nb': 'password' }), /names a key "a\\nb"/],
    ['no field', SecretTemplate.json({ pw: '' }), /has no field for pw/],
  ])('with %s is one fault', (_, template, message) => {
    expect(JSON.stringify(templateFaults(template, undefined))).not.toContain('hunter2Wordy');
    expect(templateFaults(template, undefined)).toEqual([
      expect.objectContaining({
        property: 'template',
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(/./),
      }),
    ]);
  });

  it('that prints a field the secret lacks says which, and which there are', () => {
    expect(templateFaults(SecretTemplate.text('{{ .user }}'), ['username', 'password'])).toEqual([
      {
        property: 'template',
        value: 'user',
        message: 'the template prints the field user, which the secret has not',
        remedy: 'print one of username, password',
      },
    ]);
  });
});

describe('the agent', () => {
  const body = 'the secret has no field password" }}{{ end }}{{ index .Data.data "password" }}{{ end }}';

  it.each([
    ['version 2 of KV', db, `{{ with secret "secret/data/shop/db" }}`],
    ['one version', { ...db, version: 3 }, `{{ with secret "secret/data/shop/db?version=3" }}`],
  ] as const)('reads %s', (_, source, start) => {
    const written = agentTemplate(source, { field: 'password' });
    expect(written.startsWith(`${start}{{ if not (sprig_hasKey .Data.data "password") }}`)).toBe(true);
    expect(written.endsWith(body)).toBe(true);
  });

  it('reads what has no data/ at its top', () => {
    expect(agentTemplate({ ...db, engine: 1 }, {})).toBe(
      '{{ with secret "secret/shop/db" }}{{ .Data | toJSON }}\n{{ end }}',
    );
    const source = { kind: 'database', mount: 'database', role: 'orders', isStatic: false } as const;
    expect(agentTemplate(source, {})).toBe('{{ with secret "database/creds/orders" }}{{ .Data | toJSON }}\n{{ end }}');
  });

  it('asks for one certificate in the same words for each of its files', () => {
    const source = {
      kind: 'pki',
      mount: 'pki',
      role: 'orders',
      commonName: 'orders.shop.svc',
      altNames: ['orders', 'orders.shop'],
      ipSans: ['127.0.0.1'],
      ttl: '24h',
    } as const;
    const asked =
      '{{ with secret "pki/issue/orders" "common_name=orders.shop.svc" "alt_names=orders,orders.shop" "ip_sans=127.0.0.1" "ttl=24h" }}';
    expect(agentTemplate(source, { field: 'certificate' }).startsWith(asked)).toBe(true);
    expect(agentTemplate(source, { field: 'private_key' }).startsWith(asked)).toBe(true);
  });

  it('evaluates nothing that stands in the text of a template', () => {
    const template = new SecretTemplate(['{{ .Data }}', { field: 'password', as: 'none' }]);
    expect(agentTemplate(db, { template })).toContain('{{ "{{" }} .Data }}');
  });
});
