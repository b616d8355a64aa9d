import type { Schema } from '../config/schema';
import { failLevels, severities } from '../policy/report';

const text: Schema = { type: 'string' };
const whole: Schema = { type: 'integer' };
const texts: Schema = { type: 'array', items: text };
const severity: Schema = { type: 'string', enum: severities };

function record(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

function list(items: Schema, description: string): Schema {
  return { type: 'array', description, items };
}

const location = record({
  file: { ...text, description: 'The path as it was given; <stdin> for standard input.' },
  line: { ...whole, description: 'From 1.' },
  column: { ...whole, description: 'From 1, in UTF-16 units.' },
});

const finding = record(
  {
    rule: { ...text, description: 'The id of the rule.' },
    severity,
    object: record({ apiVersion: text, kind: text, namespace: text, name: text }, ['namespace']),
    construct: { ...text, description: 'The path of the construct that declared it.' },
    location,
    path: { ...text, description: 'The property: spec.containers[0].image.' },
    value: { description: 'The value seen.' },
    message: { ...text, description: 'What is wrong.' },
    remedy: { ...text, description: 'How to mend it.' },
    container: { ...text, description: 'The container that it concerns.' },
    podSecurity: record(
      {
        level: { type: 'string', enum: ['baseline', 'restricted'] },
        check: { ...text, description: "The id of the check in Kubernetes' own Pod Security admission." },
      },
      ['check'],
    ),
    fix: list({ type: 'object' }, 'A JSON patch (RFC 6902) of the object that mends it.'),
    known: { type: 'boolean', description: 'The baseline lists it.' },
    exception: record({ rule: text, reason: text, expires: text, ticket: text, container: text }, [
      'ticket',
      'container',
    ]),
  },
  ['object', 'construct', 'location', 'path', 'value', 'container', 'podSecurity', 'fix', 'known', 'exception'],
);

/** What `bulwark check --format json` prints. Published as `kube-bulwark/schemas/report.schema.json`. */
export const reportSchema: Schema = record({
  schemaVersion: { ...whole, description: 'Grows with every change that breaks a reader.' },
  tool: record({ name: text, version: text }),
  target: record({ kubernetesVersion: text, distribution: text }),
  today: { ...text, description: 'The day against which exceptions were judged.' },
  frameworks: { ...texts, description: 'Empty where every rule was asked.' },
  summary: record({
    files: whole,
    objects: whole,
    findings: record({ error: whole, warning: whole, info: whole }),
    known: whole,
    waived: whole,
    failOn: { type: 'string', enum: failLevels },
    failed: { type: 'boolean' },
  }),
  findings: list(finding, 'What no exception covers.'),
  waived: list(finding, 'What an exception covers; each says which.'),
  errors: list(
    record({ file: text, line: whole, column: whole, reason: text }, ['line', 'column']),
    'What could not be read.',
  ),
  skipped: list(record({ apiVersion: text, kind: text, count: whole }), 'Objects of kinds that no rule knows.'),
  ignored: { ...texts, description: 'Files in folders that hold no Kubernetes objects.' },
  rules: { ...texts, description: 'The rules that were asked.' },
  unasked: list(record({ rule: text, reason: text }), 'Rules that could not be asked.'),
});
