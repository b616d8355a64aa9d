import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { initialConfig } from '../../../cli/commands/init';
import type { Config } from '../../../core/config/config';
import { readConfig } from '../../../core/config/read-config';
import { configSchema } from '../../../core/config/schema';
import { readValue } from '../../../core/manifest/yaml/read-value';

const full = `target:
  kubernetesVersion: "1.34"
  distribution: eks
  cni: cilium
  nodes:
    userNamespaces: true
registries:
- registry.acme.example
frameworks: [pss-baseline]
failOn: warning
paths: [k8s]
exclude: ["**/testdata"]
podTemplateKinds:
- group: argoproj.io
  kind: Rollout
  path: spec.template
exceptions:
- rule: [image-digest, image-pull-policy]
  namespace: monitoring
  labels: { app: prometheus }
  image: quay.io/prometheus/*
  reason: the vendor's chart pins tags only
  expires: 2027-03-31
  ticket: SEC-7
`;

function read(text: string): Config {
  const result = readConfig(text, 'bulwark.yaml');
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.config;
}

const faults = (text: string) => {
  const result = readConfig(text, 'bulwark.yaml');
  return 'faults' in result
    ? result.faults.map(({ file, line, column, reason }) => `${file}:${line}:${column}: ${reason}`)
    : [];
};

describe('readConfig', () => {
  it('reads every setting', () => {
    const { podTemplateKinds, ...config } = read(full);
    expect(config).toEqual({
      target: { kubernetesVersion: '1.34', distribution: 'eks', cni: 'cilium', nodes: { userNamespaces: true } },
      registries: ['registry.acme.example'],
      frameworks: ['pss-baseline'],
      failOn: 'warning',
      paths: ['k8s'],
      exclude: ['**/testdata'],
      exceptions: [
        {
          rule: ['image-digest', 'image-pull-policy'],
          reason: "the vendor's chart pins tags only",
          expires: '2027-03-31',
          ticket: 'SEC-7',
          selector: { namespace: 'monitoring', labels: { app: 'prometheus' }, image: 'quay.io/prometheus/*' },
          property: 'exceptions[0]',
          location: { file: 'bulwark.yaml', line: 18, column: 3 },
        },
      ],
    });
    expect(podTemplateKinds.pathOf({ apiVersion: 'argoproj.io/v1', kind: 'Rollout' })).toEqual(['spec', 'template']);
  });

  it('takes a file that says nothing', () => {
    expect(read('# nothing yet\n').exceptions).toEqual([]);
    expect(faults(initialConfig())).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    [
      'regitries: []\n',
      [
        '1:1: there is no key "regitries"; did you mean registries? Allowed: target, registries, frameworks, failOn, paths, exclude, ignoreAnnotations, podTemplateKinds, exceptions',
      ],
    ],
    [
      'fail-on: error\n',
      [
        '1:1: there is no key "fail-on"; did you mean failOn? Allowed: target, registries, frameworks, failOn, paths, exclude, ignoreAnnotations, podTemplateKinds, exceptions',
      ],
    ],
    [
      'registries: [docker.io/library, index.docker.io/acme]\n',
      [
        '1:33: registries[1] = "index.docker.io/acme": images are compared by the names of their registries, and that one is called docker.io; write docker.io/acme',
      ],
    ],
    ['registries: registry.acme.example\n', ['1:1: registries must be a list, and this is "registry.acme.example"']],
    [
      'target:\n  kubernetesVersion: 1.34\n',
      ['2:3: target.kubernetesVersion must be a text, and this is 1.34: put it in quotes'],
    ],
    [
      'target:\n  distribution: esk\n',
      [
        expect.stringMatching(
          /2:3: target\.distribution must be one of generic, .*, and this is "esk"; did you mean eks\?$/,
        ) as unknown as string,
      ],
    ],
    ['failOn: warn\n', ['1:1: failOn must be one of error, warning, info, never, and this is "warn"']],
    ['paths:\n- a\n- ""\n', ['3:3: paths[1] is empty']],
    [
      'exceptions:\n- rule: a\n  namspace: b\n',
      [
        '3:3: there is no key "namspace" in exceptions[0]; did you mean namespace? Allowed: rule, kind, namespace, name, labels, container, image, reason, expires, ticket',
        '2:3: exceptions[0] lacks reason and expires',
      ],
    ],
    [
      'podTemplateKinds:\n- {group: a, kind: b, path: "a..b"}\n',
      ['2:23: podTemplateKinds[0].path = "a..b" is no path such as spec.template'],
    ],
    [
      'podTemplateKinds:\n- {group: example.com, kind: A, path: spec}\n- {group: apps, kind: Deployment, path: spec.nothing}\n',
      [
        '3:35: podTemplateKinds[1].path = "spec.nothing": Deployment is a kind of Kubernetes\' own, which holds its pod template at spec.template: leave it out',
      ],
    ],
    [
      '- a\n',
      [
        '1:1: the file must be a mapping of target, registries, frameworks, failOn, paths, exclude, ignoreAnnotations, podTemplateKinds, exceptions, and this is a list',
      ],
    ],
    ['a: 1\na: 2\n', [expect.stringContaining('2:1: the key "a" is already in this mapping') as unknown as string]],
    ['failOn: error\n---\nfailOn: info\n', ['3:1: there is a second document: leave one']],
  ])('of %j says what is wrong, and where', (text, expected) => {
    expect(faults(text)).toEqual(expected.map((line) => (typeof line === 'string' ? `bulwark.yaml:${line}` : line)));
  });
});

describe('the schema of bulwark.yaml', () => {
  const published = JSON.parse(
    readFileSync(join(resolve(__dirname, '../../..'), 'schemas/config.schema.json'), 'utf8'),
  );
  const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(published);

  it('is published as it is (npm run docs)', () => {
    expect(published).toMatchObject(JSON.parse(JSON.stringify(configSchema)));
  });

  it.each([
    [full],
    [initialConfig()],
    ['regitries: []\n'],
    ['failOn: warn\n'],
    ['target:\n  kubernetesVersion: 1.34\n'],
    ['exceptions: [{rule: a}]\n'],
  ])('judges %j as another validator does', (text) => {
    expect(validate(readValue(text, 'a').value)).toBe(faults(text).length === 0);
  });
});
