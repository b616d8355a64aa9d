import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { readManifests } from '../../../../core/manifest/yaml/read';
import { writeManifests } from '../../../../core/manifest/yaml/write';
import { corpus } from '../../../support/corpus';
import { cpuTime } from '../../../support/cpu-time';
import { describeUnless } from '../../../support/lack';
import { describeWith, goOracle } from '../../../support/oracle';
import { hostileNumber, hostileText } from '../../../support/oracle/yaml-readers';

const source = 'app.yaml';
const read = (text: string) => readManifests(text, { source });

describe('readManifests', () => {
  it('reads many documents, skips empty ones, and keeps their places', () => {
    const text = `# comment only
---
apiVersion: v1
kind: Service
metadata: {name: a}
---
---  # nothing here
null
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: b
spec:
  template:
    spec:
      containers:
      - name: app
        image: x
        args: [--a,
          "--b"]
`;
    const { documents, errors } = read(text);
    expect(errors).toEqual([]);
    expect(documents.map(({ object }) => [object.kind, object.metadata?.name])).toEqual([
      ['Service', 'a'],
      ['Deployment', 'b'],
    ]);
    const [service, deployment] = documents;
    expect(service!.source).toBe(source);
    expect(service!.positionOf([])).toEqual({ line: 3, column: 1 });
    expect(service!.positionOf(['metadata', 'name'])).toEqual({ line: 5, column: 12 });
    const container = ['spec', 'template', 'spec', 'containers', 0];
    expect(deployment!.positionOf([])).toEqual({ line: 10, column: 1 });
    expect(deployment!.positionOf(container)).toEqual({ line: 18, column: 9 });
    expect(deployment!.positionOf([...container, 'image'])).toEqual({ line: 19, column: 9 });
    expect(deployment!.positionOf([...container, 'args', 1])).toEqual({ line: 21, column: 11 });
    expect(deployment!.positionOf([...container, 'securityContext', 'privileged'])).toEqual({ line: 18, column: 9 });
  });

  it('flattens lists; each item has its own place', () => {
    const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: a}
- {apiVersion: v1, kind: Pod, metadata: {name: b}}
- just text
`;
    const { documents, errors } = read(text);
    expect(documents.map((document) => [document.object.metadata?.name, document.positionOf(['metadata'])])).toEqual([
      ['a', { line: 6, column: 3 }],
      ['b', { line: 7, column: 31 }],
    ]);
    expect(errors.map(({ message }) => message)).toEqual([
      'app.yaml:8:3: a Kubernetes object is a mapping, and this is a text',
    ]);
  });

  it('reads JSON', () => {
    const { documents } = read('{\n\t"apiVersion": "v1",\r\n\t"kind": "Pod", "metadata": {"name": "\\u0061"}\n}\n');
    expect(documents[0]!.object).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } });
    expect(documents[0]!.positionOf(['kind'])).toEqual({ line: 3, column: 2 });
  });

  it('reads what stands beside broken documents, and reports all faults with their places', () => {
    const text = `apiVersion: v1
kind: Pod
metadata:
  name: "unclosed
---
apiVersion: v1
kind: Pod
metadata: {name: good}
---
- a list
---
kind: Pod
---
apiVersion: v1
kind: Pod
metadata:
  name: a
  name: b
  labels: {tier: 1}
--- oops
apiVersion: v1
kind: Pod
---
apiVersion: v1
kind: Pod
metadata:
  name: 123
  labels: {on: yes, a: b}
`;
    const { documents, errors } = read(text);
    expect(documents.map(({ object }) => object.metadata?.name)).toEqual(['good']);
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^app\.yaml:[45]:\d+: Missing closing "quote$/),
      'app.yaml:10:1: a Kubernetes object is a mapping, and this is a list',
      'app.yaml:12:1: a Kubernetes object has apiVersion and kind, and this has no apiVersion',
      'app.yaml:18:3: the key "name" is already in this mapping, and readers disagree which of the two counts: leave one out',
      'app.yaml:20:5: Kubernetes allows nothing after --- but a comment: start the document on the next line',
      'app.yaml:27:3: metadata.name must be a text, and this is the number 123: put it in quotes',
      'app.yaml:28:12: metadata.labels.true must be a text, and this is the boolean true: put it in quotes',
    ]);
    expect(errors[1]).toEqual({
      source,
      line: 10,
      column: 1,
      foreign: true,
      reason: 'a Kubernetes object is a mapping, and this is a list',
      message: 'app.yaml:10:1: a Kubernetes object is a mapping, and this is a list',
    });
  });

  it('reads an alias and a merge key where the anchor is', () => {
    const { documents } = read('apiVersion: v1\nkind: ConfigMap\nx: &x\n  a: "1"\ndata:\n  <<: *x\n');
    expect(documents[0]!.object.data).toEqual({ a: '1' });
    expect(documents[0]!.positionOf(['data', 'a'])).toEqual({ line: 4, column: 3 });
  });

  it.each([
    '[',
    '{a: ',
    '- ',
    '? ',
    'a: ',
    '"\\',
    '&a ',
    '*a ',
    '!!x ',
    '|\n',
    '\t',
    '#',
    '---\n',
    '...\n',
    '\n',
    '%',
    "'",
    '{a:',
  ])('neither throws nor takes long for many times %j', (piece) => {
    const started = cpuTime();
    expect(() => read(piece.repeat(20_000))).not.toThrow();
    expect(cpuTime() - started).toBeLessThan(3_000);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab: -\n?{}[],"\'#|>&*!%@`\t\\1~<') }),
        (text) => void read(text),
      ),
      {
        numRuns: 2_000,
      },
    );
  });
});

const configMap = fc
  .tuple(hostileText, fc.dictionary(hostileText, fc.oneof(hostileText, hostileNumber, fc.constantFrom(null, true))))
  .map(([text, data]) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x', annotations: { text } },
    data: Object.fromEntries(Object.entries(data)),
  }));

describe('what writeManifests writes', () => {
  it('is read back', () => {
    fc.assert(
      fc.property(fc.array(configMap, { maxLength: 4 }), (objects) => {
        const { documents, errors } = read(writeManifests(objects));
        expect(errors).toEqual([]);
        expect(documents.map(({ object }) => object)).toEqual(objects);
      }),
      { numRuns: 500 },
    );
  });
});

const applications = [corpus('online-boutique'), corpus('sock-shop')];
const lack = applications.every((each) => each.lack !== undefined) ? applications[0]?.lack : undefined;

describeUnless(lack, 'real applications', () => {
  const files = applications.flatMap((each) => each.yamlFiles());

  it('are read without a fault, and written so that they are read again', () => {
    const all = files.map((file) => readManifests(readFileSync(file, 'utf8'), { source: file }));
    expect(all.flatMap(({ errors }) => errors)).toEqual([]);
    const objects = all.flatMap(({ documents }) => documents.map(({ object }) => object));
    expect(objects.length).toBeGreaterThan(50);
    expect(read(writeManifests(objects)).documents.map(({ object }) => object)).toEqual(objects);
  });

  describeWith('against sigs.k8s.io/yaml', goOracle(), (ask) => {
    it('are what Kubernetes reads', () => {
      const texts = files.map((file) => readFileSync(file, 'utf8'));
      const theirs = ask(texts.map((text) => ({ op: 'documents', text })));
      const ours = texts.map((text) => read(text).documents.map(({ object }) => object));
      expect(ours).toEqual(theirs.map(({ result }) => (result as unknown[]).filter((value) => value !== null)));
    });
  });
});
