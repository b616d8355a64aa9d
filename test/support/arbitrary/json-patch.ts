/** JSON patches (RFC 6902) on the object of a workload, below its pod template. */
import { JsonPatch } from 'cdk8s';
import * as fc from 'fast-check';
import { addedContainer } from './container-patch';
import { of } from './parts';
import { podFields } from './pod-patch';
import { containerContextFields } from './security-context';
import { volume } from './volume';

/** An operation, its path below the pod template. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

function eachField(below: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Operation> {
  const adds = Object.entries(fields).map(([field, arbitrary]) =>
    arbitrary.map((value): Operation => ({ op: 'add', path: `${below}/${field}`, value: withoutNulls(value) })),
  );
  const removes = Object.keys(fields).map((field): Operation => ({ op: 'remove', path: `${below}/${field}` }));
  return fc.oneof({ weight: 5, arbitrary: fc.oneof(...adds) }, { weight: 1, arbitrary: of(...removes) });
}

// Whole lists of containers would have to be whole containers: those are added one by one.
const { containers: _, initContainers: __, ephemeralContainers: ___, ...podLevel } = podFields;

/** An operation that most often finds its path. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: eachField('/spec', podLevel) },
  { weight: 3, arbitrary: eachField('/spec/containers/0/securityContext', containerContextFields) },
  {
    weight: 1,
    arbitrary: addedContainer.map(
      (container): Operation => ({
        op: 'add',
        path: '/spec/containers/-',
        value: withoutNulls(container),
      }),
    ),
  },
  { weight: 1, arbitrary: volume.map((value): Operation => ({ op: 'add', path: '/spec/volumes', value: [value] })) },
  {
    weight: 2,
    arbitrary: of<Operation>(
      { op: 'remove', path: '/spec/containers/0/securityContext' },
      { op: 'replace', path: '/spec/containers/0/securityContext', value: {} },
      { op: 'replace', path: '/spec/securityContext', value: { runAsNonRoot: true } },
      { op: 'replace', path: '/spec/containers/0/securityContext/capabilities/drop/0', value: 'all' },
      { op: 'add', path: '/spec/containers/0/securityContext/capabilities/add', value: ['SYS_PTRACE'] },
      { op: 'add', path: '/spec/hostPID', value: true },
      { op: 'add', path: '/metadata/annotations', value: { 'example.com/note': 'yes' } },
      { op: 'add', path: '/metadata/labels/tier', value: 'front' },
    ),
  },
);

/** The operation below this place, as cdk8s has it. */
export function jsonPatch({ op, path, value }: Operation, place: string): JsonPatch {
  if (op === 'remove') return JsonPatch.remove(`${place}${path}`);
  return JsonPatch[op](`${place}${path}`, value);
}

/** A merge patch takes out what is null; in a JSON patch it would be the value. The API server drops it either way. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutNulls(member)]));
}
