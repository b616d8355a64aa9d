import { join } from 'node:path';
import * as ts from 'typescript';
import { describeCluster, eventually } from '../../support/control-plane';

/** A field: whether it is required, and the strings that it is limited to, where it is. */
interface Field {
  readonly required: boolean;
  readonly values?: readonly string[];
}

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
}

const METADATA = 'metadata';

/** The fields below PodTemplateSpec as core/manifest declares them, by path. */
function declaredFields(): ReadonlyMap<string, Field> {
  const file = join(__dirname, '../../../core/manifest/pod.ts');
  const program = ts.createProgram([file], { strict: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022 });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  const root = checker.getExportsOfModule(module).find(({ name }) => name === 'PodTemplateSpec')!;
  const fields = new Map<string, Field>();
  const walk = (type: ts.Type, prefix: string) => {
    for (const property of checker.getPropertiesOfType(type)) {
      const path = `${prefix}${property.name}`;
      const whole = checker.getNonNullableType(checker.getTypeOfSymbol(property));
      const element = checker.isArrayType(whole) ? checker.getTypeArguments(whole as ts.TypeReference)[0]! : whole;
      const members = element.isUnion() ? element.types : [element];
      const literals = members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
      fields.set(path, {
        required: (property.flags & ts.SymbolFlags.Optional) === 0,
        ...(literals.length === members.length && { values: literals.sort() }),
      });
      const isRecord = checker.getIndexTypeOfType(element, ts.IndexKind.String) !== undefined;
      if (property.name === METADATA || isRecord || (element.flags & ts.TypeFlags.Object) === 0) continue;
      walk(element, `${path}.`);
    }
  };
  walk(checker.getDeclaredTypeOfSymbol(root), '');
  return fields;
}

/** The fields below PodTemplateSpec as the server publishes them, by path. */
function publishedFields(schemas: Readonly<Record<string, Schema>>): ReadonlyMap<string, Field> {
  const resolve = (schema: Schema): Schema => {
    const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
    return reference === undefined ? schema : schemas[reference.slice(reference.lastIndexOf('/') + 1)]!;
  };
  const fields = new Map<string, Field>();
  const walk = (schema: Schema, prefix: string) => {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const element = property.items ?? property;
      const target = resolve(element);
      fields.set(`${prefix}${name}`, {
        required: schema.required?.includes(name) ?? false,
        ...(element.enum && { values: [...element.enum].sort() }),
      });
      if (name !== METADATA) walk(target, `${prefix}${name}.`);
    }
  };
  walk(schemas['io.k8s.api.core.v1.PodTemplateSpec']!, '');
  return fields;
}

describeCluster('the types of pods', (cluster) => {
  let declared: ReadonlyMap<string, Field>;
  let published: ReadonlyMap<string, Field>;

  beforeAll(async () => {
    // The API server gathers what it publishes in its own time.
    const { components } = await eventually('the schemas to be published', async () => {
      const { status, body } = await cluster().client.request<{ components: { schemas: Record<string, Schema> } }>(
        'GET',
        '/openapi/v3/api/v1',
      );
      return status === 200 ? body : undefined;
    });
    published = publishedFields(components.schemas);
    declared = declaredFields();
  });

  it('have just the fields that the server has', () => {
    expect(published.size).toBeGreaterThan(1000);
    expect([...declared.keys()].sort()).toEqual([...published.keys()].sort());
  });

  it('require what the server requires', () => {
    const differing = [...declared].filter(([path, { required }]) => published.get(path)?.required !== required);
    expect(differing.map(([path]) => path)).toEqual([]);
  });

  it('limit strings to the values that the server knows', () => {
    const differing = [...published].filter(
      ([path, { values }]) => values && JSON.stringify(values) !== JSON.stringify(declared.get(path)?.values),
    );
    expect(differing.map(([path, { values }]) => [path, values, declared.get(path)?.values])).toEqual([]);
  });
});
