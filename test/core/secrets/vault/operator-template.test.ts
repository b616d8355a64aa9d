/** The templates of the delivery `operator`, filled in by the libraries of the operator. */
import fc from 'fast-check';
import { SecretTemplate } from '../../../../core/secrets/template';
import { operatorTemplate } from '../../../../core/secrets/vault/template';
import { describeUnless } from '../../../support/lack';
import { fill, operatorLack } from '../../../support/vault/operator';

const awkward = `it's "50%" of $HOME \\ {{ .x }} <&>\nüber=ja`;

describeUnless(operatorLack, 'what the operator writes', () => {
  const written = (template: SecretTemplate | undefined, secrets: Readonly<Record<string, unknown>>) =>
    fill({ text: operatorTemplate(template ? { template } : {}), secrets })[0];

  it('is every field as JSON, where nothing else is asked for', () => {
    const secrets = { a: awkward, port: 5432 };
    expect(JSON.parse(written(undefined, secrets)?.text ?? '')).toEqual(secrets);
  });

  it('is any value, in each way of writing it', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(awkward, '"', '\\', '\u2028', ''));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const templates = {
          json: SecretTemplate.json({ a: 'v' }),
          nested: SecretTemplate.json({ a: SecretTemplate.text('<"{{ .v }}">') }),
          url: SecretTemplate.text('{{ .v | url }}'),
          base64: SecretTemplate.text('{{ .v | base64 }}'),
          env: SecretTemplate.envFile({ A: 'v' }),
        };
        for (const v of values) {
          const [json, nested, url, base64, env] = fill(
            ...Object.values(templates).map((template) => ({ text: operatorTemplate({ template }), secrets: { v } })),
          ).map(({ text }) => text);
          expect(JSON.parse(json ?? '')).toEqual({ a: v });
          expect(JSON.parse(nested ?? '')).toEqual({ a: `<"${v}">` });
          expect(decodeURIComponent(url ?? '')).toBe(v);
          expect(Buffer.from(base64 ?? '', 'base64').toString()).toBe(v);
          expect(env).toBe(`A='${v.replaceAll("'", "'\\''")}'\n`);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('is an error, and no file, where the secret lacks a field', () => {
    const lacking = written(SecretTemplate.text('{{ .password }}'), { username: 'shop' });
    expect(lacking).toEqual({ text: '', error: expect.stringContaining('the secret has no field password') });
  });

  it.each(['a{{{ .v | url }}', 'a{', '{', '{{{', '{{', '}{', 'a}}'])(
    'is the text %s around a field as it stands',
    (text) => {
      const template = new SecretTemplate([text, { field: 'v', as: 'none' }, text]);
      expect(written(template, { v: '<>' })).toMatchObject({ text: `${text}<>${text}` });
    },
  );

  it('evaluates nothing of a value', () => {
    expect(written(SecretTemplate.text('{{ .v }}'), { v: '{{ .Secrets }}' })?.text).toBe('{{ .Secrets }}');
  });
});
