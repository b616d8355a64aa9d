import { ClusterTarget } from '../../../../core/cluster/target';
import type { JsonPatchOperation } from '../../../../core/manifest/json-patch';
import { readManifests } from '../../../../core/manifest/yaml/read';
import { evaluate } from '../../../../core/policy/evaluate';
import { type TextEdit, textEdits } from '../../../../core/report/formats/text-edits';

const text = `apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  hostPID: true
  securityContext:
    runAsUser: 0 # root
  containers:
  - name: main
    image: a
    command: [sh]
    args:
    - x
    resources: {}
`;

/** The text after the edits that a patch becomes; undefined where it becomes none. */
function patched(...fix: readonly JsonPatchOperation[]): unknown {
  const rule = {
    id: 'r',
    subject: 'pod',
    title: '',
    severity: 'error',
    why: '',
    fix: '',
    check: () => [{ path: ['spec'], message: '', remedy: '', fix }],
  } as const;
  const { findings } = evaluate(readManifests(text, { source: 'a' }).documents, {
    target: ClusterTarget.of('1.34'),
    today: '2026-07-01',
    rules: [rule],
  });
  const lines = text.split('\n');
  const edits = textEdits(findings[0]!, (_file, line) => lines[line - 1]);
  if (edits === undefined) return undefined;
  const { documents, errors } = readManifests(edits.reduceRight(apply, text), { source: 'a' });
  expect(errors).toEqual([]);
  return documents[0]!.object;
}

function apply(before: string, { region, text: inserted }: TextEdit): string {
  const offset = (line: number, column: number) =>
    before
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length +
    (line === 1 ? 0 : 1) +
    column -
    1;
  return (
    before.slice(0, offset(region.startLine, region.startColumn)) +
    inserted +
    before.slice(offset(region.endLine, region.endColumn))
  );
}

const object = () =>
  readManifests(text, { source: 'a' }).documents[0]!.object as never as {
    spec: Record<string, unknown> & { containers: Record<string, unknown>[]; securityContext: object };
  };

describe('textEdits', () => {
  it('removes, replaces and adds entries of block mappings', () => {
    const { hostPID, ...spec } = object().spec;
    expect(hostPID).toBe(true);
    expect(patched({ op: 'remove', path: '/spec/hostPID' })).toEqual({ ...object(), spec });
    expect(patched({ op: 'replace', path: '/spec/hostPID', value: false })).toEqual({
      ...object(),
      spec: { ...spec, hostPID: false },
    });
    expect(patched({ op: 'add', path: '/spec/hostIPC', value: false })).toEqual({
      ...object(),
      spec: { ...object().spec, hostIPC: false },
    });
    expect(patched({ op: 'replace', path: '/spec/securityContext/runAsUser', value: 1 })).toMatchObject({
      spec: { securityContext: { runAsUser: 1 } },
    });
    expect(
      patched({ op: 'add', path: '/spec/securityContext/seccompProfile', value: { type: 'RuntimeDefault' } }),
    ).toMatchObject({
      spec: { securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } } },
    });
    expect(
      patched({ op: 'add', path: '/spec/containers/0/securityContext', value: { privileged: false } }),
    ).toMatchObject({
      spec: { containers: [{ name: 'main', securityContext: { privileged: false }, image: 'a' }] },
    });
    expect(patched({ op: 'replace', path: '/spec/containers/0/command', value: ['a'] })).toMatchObject({
      spec: { containers: [{ command: ['a'] }] },
    });
  });

  it.each<JsonPatchOperation>([
    { op: 'remove', path: '/spec/securityContext' },
    { op: 'remove', path: '/spec/containers/0/name' },
    { op: 'remove', path: '/spec/containers/0/command/0' },
    { op: 'add', path: '/spec/containers/0/args/-', value: 'y' },
    { op: 'add', path: '/spec/containers/0/resources/limits', value: {} },
    { op: 'replace', path: '/spec/containers/0/args', value: [] },
    { op: 'remove', path: '/spec/absent' },
    { op: 'copy', from: '/spec', path: '/x' },
  ])('leaves %j to the words', (operation) => {
    expect(patched(operation)).toBeUndefined();
  });
});
