import fc from 'fast-check';
import { kubernetesVersions } from '../../../core/cluster/version';
import type { KubernetesObject } from '../../../core/manifest';
import { kindSchema, kindSchemas } from '../../../core/schema';
import { faultsBy } from '../../../core/schema/faults';
import { surelyFits } from '../../../core/schema/fits';
import { schemaObject } from '../../support/arbitrary/schema-object';
import { samples } from './samples';

const definitionOf = ({ apiVersion, kind }: KubernetesObject): string => kindSchema(apiVersion, kind)?.definition ?? '';
const kinds = [...kindSchemas().keys()].map((name) => name.replace(/^\//, '').split(' ') as [string, string]);
const pod = (spec: object): KubernetesObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });

describe('what surely fits its schema', () => {
  it('has no fault; what is not sure has one, but for what the server owns and what YAML cannot hold', () => {
    const place = { name: 'a', namespace: 'shop' };
    const given = fc
      .tuple(fc.constantFrom(...kinds), fc.constantFrom(...kubernetesVersions))
      .chain(([[apiVersion, kind], version]) =>
        fc.tuple(schemaObject(apiVersion, kind, version, place), fc.constant(version)),
      );
    const seen = { sure: 0, faulty: 0 };
    fc.assert(
      fc.property(given, ([object, version]) => {
        const faults = faultsBy(definitionOf(object), object, version);
        const isSure = surelyFits(object, definitionOf(object), version);
        if (isSure) expect(faults).toEqual([]);
        else if (!/"(status|managedFields)":|:""|,""|\[""/.test(JSON.stringify(object))) expect(faults).not.toEqual([]);
        seen[isSure ? 'sure' : 'faulty']++;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(seen.sure, seen.faulty)).toBeGreaterThan(200);
  });

  it('is each object that a server takes', () => {
    for (const object of samples) {
      if (kindSchema(object.apiVersion, object.kind)?.last !== undefined) continue;
      expect([object.kind, surelyFits(object, definitionOf(object), '1.36')]).toEqual([object.kind, true]);
    }
  });

  it('ends at an object that holds itself', () => {
    const properties: Record<string, unknown> = {};
    properties.a = { properties };
    const schema = { type: 'object', properties };
    const object = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'a' },
      spec: {
        group: 'a',
        names: { kind: 'A', plural: 'as' },
        scope: 'Cluster',
        versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }],
      },
    };
    expect(surelyFits(object, definitionOf(object), '1.36')).toBe(false);
  });

  it.each<[string, KubernetesObject]>([
    ['a field of another', pod({ containers: [{ name: 'a', runAsNonRoot: true }] })],
    ['a list for a mapping', pod({ containers: [{ name: 'a', securityContext: [] }] })],
    ['a mapping for a list', pod({ containers: { name: 'a' } })],
    ['a text for a list', pod({ containers: 'a' })],
    ['a text for a mapping', pod({ containers: [], nodeSelector: 'a' })],
    ['another type in a mapping', pod({ containers: [], nodeSelector: { a: 1 } })],
    ['another type in a list', pod({ containers: [{ name: 'a', args: [1] }] })],
    ['no value that there is', pod({ containers: [], restartPolicy: 'Sometimes' })],
    ['what is missing', pod({})],
    ['what is null in its place', pod({ containers: null })],
    ['a field that comes later', pod({ containers: [], workloadRef: {} })],
    ['an unknown field of nothing', pod({ containers: [], zzz: null })],
  ])('is not %s', (_name, object) => {
    expect(surelyFits(object, definitionOf(object), '1.34')).toBe(false);
    expect(faultsBy(definitionOf(object), object, '1.34')).not.toEqual([]);
  });
});
