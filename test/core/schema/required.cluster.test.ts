import { ClusterTarget } from '../../../core/cluster';
import { formatPath, type KubernetesObject, podTemplateOf } from '../../../core/manifest';
import { type FieldType, fieldsOf, kindSchema, type SchemaField, schemaFaults } from '../../../core/schema';
import { describeCluster, VERSIONS } from '../../support/control-plane';
import { samples } from './samples';

type Json = Record<string | number, unknown>;

/** A field of a sample: where it is, and the object that holds it. */
interface Place {
  readonly id: string;
  readonly field: SchemaField;
  readonly holder: Json;
  readonly path: readonly (string | number)[];
}

/** The oldest version drops it unless it is the default, whatever is written. */
const gated = 'core.v1.SecurityContext.procMount';

/** Only older versions refuse an object without it. */
const noLongerRefused = 'batch.v1.PodFailurePolicyOnPodConditionsPattern.status';

function places(object: KubernetesObject, version: ClusterTarget['version']): readonly Place[] {
  const found: Place[] = [];
  const visit = (type: FieldType, value: unknown, path: readonly (string | number)[]): void => {
    if (type.type === 'list') (value as unknown[]).forEach((item, i) => void visit(type.of, item, [...path, i]));
    if (type.type !== 'object') return;
    const holder = value as Json;
    for (const field of fieldsOf(type.definition, version)) {
      if (holder[field.name] === undefined) continue;
      const below = [...path, field.name];
      found.push({ id: `${type.definition}.${field.name}`, field, holder, path: below });
      visit(field.type, holder[field.name], below);
    }
  };
  visit({ type: 'object', definition: kindSchema(object.apiVersion, object.kind)!.definition }, object, []);
  return found;
}

describe.each(VERSIONS)('required fields and enums', (server) => {
  describeCluster(
    'required fields and enums',
    (cluster) => {
      const target = ClusterTarget.of(server);
      const served = samples.filter(({ apiVersion, kind }) => target.serves(apiVersion, kind).supported);
      let namespace: string;

      beforeAll(async () => {
        namespace = await cluster().namespace('required');
      });

      it.each(served.map((sample, i) => [i, `${sample.apiVersion} ${sample.kind}`, sample] as const))(
        'sample %i: %s',
        async (_index, _kind, sample) => {
          const object = structuredClone(sample);
          if (object.metadata?.namespace !== undefined) Reflect.set(object.metadata, 'namespace', namespace);
          const refuses = async () => (await cluster().client.create(object, { dryRun: true })).status >= 400;
          const { message } = await cluster().client.create(object, { dryRun: true });
          expect(message).toBe('');
          expect(schemaFaults(object, target.version)).toEqual([]);

          const template = podTemplateOf(object);
          const dropped = template === undefined ? [] : target.unsupportedFields(template.spec);
          const unheard = dropped.map(({ path }) => formatPath([...(template?.path ?? []), 'spec', ...path]));
          // A StatefulSet's templates are not validated before 1.29; what it makes of them is, when it is too late.
          if (object.kind === 'StatefulSet' && server === '1.28.15')
            unheard.push('spec.template', 'spec.volumeClaimTemplates');

          const wrong: unknown[] = [];
          for (const { id, field, holder, path } of places(object, target.version)) {
            const at = formatPath(path);
            if (unheard.some((prefix) => at.startsWith(prefix)) || (server === '1.28.15' && id === gated)) continue;
            const { [field.name]: value } = holder;
            const tries: [string, () => void][] = [];
            if (field.required && id !== noLongerRefused)
              tries.push(['without', () => Reflect.deleteProperty(holder, field.name)]);
            if (field.values)
              tries.push(['bogus', () => Reflect.set(holder, field.name, Array.isArray(value) ? ['Bogus'] : 'Bogus')]);
            for (const [what, change] of tries) {
              change();
              const ours = schemaFaults(object, target.version).some(({ path: found }) =>
                formatPath(found).startsWith(at),
              );
              const theirs = await refuses();
              if (ours !== theirs) wrong.push({ id, at, what, ours, theirs });
              holder[field.name] = value;
            }
          }
          expect(wrong).toEqual([]);
        },
      );
    },
    { version: server },
  );
});
