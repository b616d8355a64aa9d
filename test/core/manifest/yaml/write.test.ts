import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import type { KubernetesObject } from '../../../../core/manifest/object';
import { writeManifests, writeYaml, YamlWriteError } from '../../../../core/manifest/yaml/write';
import { type Answer, describeWith, goOracle, pyYamlOracle } from '../../../support/oracle';
import {
  HOSTILE,
  hostileNumber,
  hostileText,
  oracleReader,
  type Reader,
  scriptReaders,
} from '../../../support/oracle/yaml-readers';

const configMap = (name: string, data: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

describe('writeYaml', () => {
  it('writes block style as kubectl does', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'frontend', labels: { 'app.kubernetes.io/name': 'frontend' }, annotations: {} },
      spec: {
        replicas: 2,
        paused: false,
        template: {
          spec: {
            containers: [
              {
                name: 'app',
                image: 'registry.example:5000/team/app-x_y:1.0@sha256:ab',
                args: ['--port=8080', '-v', '--url=https://example.com/a?b=c#d'],
                env: [
                  { name: 'DEBUG', value: 'false' },
                  { name: 'EMPTY', value: '' },
                ],
                resources: { limits: { cpu: '500m', memory: '64Mi' } },
                command: [],
                volumeMounts: null,
              },
            ],
          },
        },
      },
    };
    expect(writeYaml(deployment)).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: frontend
  labels:
    app.kubernetes.io/name: frontend
  annotations: {}
spec:
  replicas: 2
  paused: false
  template:
    spec:
      containers:
      - name: app
        image: registry.example:5000/team/app-x_y:1.0@sha256:ab
        args:
        - --port=8080
        - -v
        - --url=https://example.com/a?b=c#d
        env:
        - name: DEBUG
          value: "false"
        - name: EMPTY
          value: ""
        resources:
          limits:
            cpu: 500m
            memory: 64Mi
        command: []
        volumeMounts: null
`);
  });

  it('writes lists in lists', () => {
    expect(writeYaml([[1, [2]], [], [{ a: [{ b: [] }] }], {}])).toBe(
      '- - 1\n  - - 2\n- []\n- - a:\n    - b: []\n- {}\n',
    );
  });

  it.each([
    ['a\nb\n', 'k: |\n  a\n  b\n'],
    ['a\nb', 'k: |-\n  a\n  b\n'],
    ['a\n\nb\n\n', 'k: |+\n  a\n\n  b\n\n...\n'],
    ['\na\n  b\n', 'k: |\n\n  a\n    b\n'],
    ['all:\n\techo\n', 'k: |\n  all:\n  \techo\n'],
    [' a\nb', 'k: " a\\nb"\n'],
    ['a\n \nb', 'k: "a\\n \\nb"\n'],
    ['a\r\nb', 'k: "a\\r\\nb"\n'],
    ['\n', 'k: "\\n"\n'],
    ['日本語 😀', 'k: 日本語 😀\n'],
    ['\u0085\u2028\u202e\ufeff\u{e0001}\x1b\0', 'k: "\\x85\\u2028\\u202E\\uFEFF\\U000E0001\\x1B\\0"\n'],
    ['C:\\temp "x"', 'k: C:\\temp "x"\n'],
    ['"x" \\ y', 'k: "\\"x\\" \\\\ y"\n'],
  ])('writes the text %j', (text, yaml) => expect(writeYaml({ k: text })).toBe(yaml));

  it.each([
    ...[
      'registry.example/team/app:1.0',
      'https://example.com/a?b=c&d=e#f',
      '/var/lib/x',
      'a-b.c/d',
      '10.0.0.1',
      '10.0.0.0/8',
    ],
    ...[
      '10.0.0.1:80',
      '1.2.3',
      '100m',
      '64Mi',
      '25%',
      '80/tcp',
      'v1',
      'a b',
      '$(PEER)',
      '--port=80',
      '-c',
      '-f',
      'sum(rate(x[5m])) > 0',
      'é',
    ],
    ...[
      'system:serviceaccount:a:b',
      "it's",
      'a,b',
      'k8s-app',
      '_x',
      './run.sh',
      '.git',
      '1h30m',
      'Noel',
      'yesterday',
      'nullable',
    ],
  ])('leaves %s plain', (text) => {
    expect(writeYaml(text)).toBe(`${text}\n`);
    expect(writeYaml({ [text]: text })).toBe(`${text}: ${text}\n`);
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [1e21, '1000000000000000000000'],
    [-(2 ** 63), '-9223372036854775808'],
    [0.1, '0.1'],
    [1e-7, '1.0e-7'],
    [-1.5e-300, '-1.5e-300'],
  ])('writes the number %d as %s', (number, text) => expect(writeYaml(number)).toBe(`${text}\n`));

  it('writes keys of more than 1,000 characters explicitly', () => {
    const key = 'k'.repeat(1001);
    expect(writeYaml({ a: { [key]: { b: 1, c: [2] } } })).toBe(`a:\n  ? ${key}\n  : b: 1\n    c:\n    - 2\n`);
  });

  it('keeps the order of keys, drops undefined properties, and writes shared values twice', () => {
    const shared = { x: [1] };
    expect(writeYaml({ z: shared, a: shared, gone: undefined, m: { gone: undefined } })).toBe(
      'z:\n  x:\n  - 1\na:\n  x:\n  - 1\nm: {}\n',
    );
  });

  it('takes objects without a prototype and of another realm', () => {
    const bare = Object.assign(Object.create(null), { a: 1 });
    const foreign = require('node:vm').runInNewContext('({ b: [2] })');
    expect(writeYaml([bare, foreign])).toBe('- a: 1\n- b:\n  - 2\n');
  });

  it('ends documents that end with line breaks so that trimming does not change them', () => {
    const text = writeYaml({ k: 'a\n\n\n' });
    expect(scriptReaders['yaml, 1.2']!([text.trim()])).toEqual([{ result: { k: 'a\n\n\n' } }]);
  });

  it('nests 100 collections and no more', () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? 'x' : depth % 2 ? { a: nested(depth - 1) } : [nested(depth - 1)];
    expect(() => writeYaml(nested(100))).not.toThrow();
    expect(() => writeYaml(nested(101))).toThrow('it stands inside 100 mappings and lists');
  });
});

describe('what YAML cannot hold', () => {
  class Point {
    x = 1;
  }
  const cycle: Record<string, unknown> = { name: 'x' };
  cycle.spec = { owner: cycle };
  const listCycle: unknown[] = [];
  listCycle.push([listCycle]);

  it.each([
    [{ a: [1, undefined] }, 'a[1] cannot be written as YAML: it is undefined; leave it out, or write null'],
    [undefined, 'the value cannot be written as YAML: it is undefined; leave it out, or write null'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [{ a: [, 1] }, 'a[0] cannot be written as YAML: it is undefined; leave it out, or write null'],
    [{ a: { b: Number.NaN } }, 'a.b cannot be written as YAML: it is NaN; JSON and Kubernetes have no such number'],
    [{ a: -Infinity }, 'a cannot be written as YAML: it is -Infinity; JSON and Kubernetes have no such number'],
    [{ 'a.b/c': 1n }, '["a.b/c"] cannot be written as YAML: it is a bigint; give a number or a string'],
    [{ a: Symbol('x') }, 'a cannot be written as YAML: it is a symbol; give a string'],
    [{ a: () => 1 }, 'a cannot be written as YAML: it is a function; give the value that it returns'],
    [{ a: new Date(0) }, 'a cannot be written as YAML: it is an instance of Date; give plain data'],
    [{ a: new Map() }, 'a cannot be written as YAML: it is an instance of Map; give plain data'],
    [{ a: new Point() }, 'a cannot be written as YAML: it is an instance of Point; give plain data'],
    [{ a: Object('x') }, 'a cannot be written as YAML: it is an instance of String; give plain data'],
    [
      { a: '\ud800' },
      'a cannot be written as YAML: it has half a surrogate pair, which no encoding of Unicode can hold',
    ],
    [
      { a: 'x\n\udc00' },
      'a cannot be written as YAML: it has half a surrogate pair, which no encoding of Unicode can hold',
    ],
    [cycle, 'spec.owner cannot be written as YAML: it refers back to the whole value; break the cycle'],
    [{ a: { b: cycle } }, 'a.b.spec.owner cannot be written as YAML: it refers back to a.b; break the cycle'],
    [listCycle, '[0][0] cannot be written as YAML: it refers back to the whole value; break the cycle'],
  ])('%#: %j', (value, message) => {
    expect(() => writeYaml(value)).toThrow(new YamlWriteError([], '').constructor as typeof YamlWriteError);
    expect(() => writeYaml(value)).toThrow(message);
    expect(writeYaml({ still: 'works' })).toBe('still: works\n');
  });

  it('names a key with half a surrogate pair', () => {
    expect(() => writeYaml({ a: { 'x\ud800': 1 } })).toThrow('half a surrogate pair');
  });

  it('names the object', () => {
    expect(() => writeManifests([configMap('good', {}), configMap('bad', { n: Number.NaN })])).toThrow(
      'ConfigMap bad: data.n cannot be written as YAML: it is NaN',
    );
  });
});

describe('writeManifests', () => {
  it('puts --- between documents', () => {
    expect(writeManifests([])).toBe('');
    expect(writeManifests([configMap('a', {}), configMap('b', {})])).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {}\n' +
        '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\ndata: {}\n',
    );
  });
});

/** Values in every position that they can have: alone, as a value, as a key, in lists, last and not last. */
const positions = (text: string): unknown[] => [
  text,
  { k: text },
  { k: text, after: 1 },
  { [text]: 1 },
  { [text]: text, ...(text === 'z' ? {} : { z: { [text]: [text, text] } }) },
  [text],
  [[text, text], { [text]: { [text]: text } }, [{ a: text, b: [text] }]],
];
const hostileValues = HOSTILE.flatMap(positions);

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    hostileText,
    hostileNumber,
    fc.constantFrom(null, true, false),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .dictionary(hostileText, tie('value'), { maxKeys: 4 })
      .map((entries) => Object.fromEntries(Object.entries(entries))),
  ),
})).value;
const randomValues = fc.sample(value, { numRuns: 4_000, seed: 3 });

/** Every text of up to `length` of these characters. */
const texts = (alphabet: string, length: number): string[] =>
  length === 0 ? [''] : texts(alphabet, length - 1).flatMap((text) => [text, ...[...alphabet].map((c) => text + c)]);
const shortTexts = [
  ...new Set([...texts('01_.:+-eExXoObBaATZyYnN=~<#,/', 3), ...texts('017.-+_:exob', 4), ...texts(' \t\n:#-a"|?', 3)]),
];

/** In small mappings: readers that look for duplicate keys take a time quadratic in the size of each. */
const shortKeys = Array.from({ length: Math.ceil(shortTexts.length / 200) }, (_, i) =>
  Object.fromEntries(shortTexts.slice(i * 200, i * 200 + 200).map((text) => [text, text])),
);

const values = [...hostileValues, ...randomValues, shortTexts, ...shortKeys];

function misread(read: Reader): { value: unknown; yaml: string; answer: Answer }[] {
  const documents = values.map((v) => writeYaml(v));
  const answers = read(documents);
  return values.flatMap((v, i) =>
    isDeepStrictEqual(answers[i]!.result, v) && answers[i]!.error === undefined
      ? []
      : [{ value: v, yaml: documents[i]!, answer: answers[i]! }],
  );
}

const stream: KubernetesObject[] = randomValues.slice(0, 500).map((v, i) => configMap(`c${i}`, { value: v }));

describe.each(Object.entries(scriptReaders))('read by %s', (_name, read) => {
  it('is what was written', () => expect(misread(read).slice(0, 5)).toEqual([]));
});

describeWith('read by sigs.k8s.io/yaml', goOracle(), (ask) => {
  it('is what was written', () => expect(misread(oracleReader(ask)).slice(0, 5)).toEqual([]));

  it('is split into the same documents', () => {
    expect(ask([{ op: 'documents', text: writeManifests(stream) }])).toEqual([{ result: stream }]);
  });
});

describeWith('read by PyYAML', pyYamlOracle(), (ask) => {
  it('is what was written', () => expect(misread(oracleReader(ask)).slice(0, 5)).toEqual([]));

  it('is split into the same documents', () => {
    expect(ask([{ op: 'documents', text: writeManifests(stream) }])).toEqual([{ result: stream }]);
  });
});
