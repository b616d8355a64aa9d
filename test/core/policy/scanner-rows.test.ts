import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleById } from '../../../core/policy/rules';
import { reference } from '../../support/corpus';
import { itUnless } from '../../support/lack';
import { admissionRows } from './scanner-rows/admission';
import type { Answer } from './scanner-rows/answer';
import { imageRows } from './scanner-rows/image';
import { namespaceRows } from './scanner-rows/namespace';
import { networkRows } from './scanner-rows/network';
import { rbacRows } from './scanner-rows/rbac';
import { secretsRows } from './scanner-rows/secrets';
import { workloadRows } from './scanner-rows/workload';

/** The rows of each subject that has been gone through. */
const answered: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  workload: workloadRows,
  rbac: rbacRows,
  image: imageRows,
  namespace: namespaceRows,
  secrets: secretsRows,
  admission: admissionRows,
  network: networkRows,
};

const table = reference('scanner-checks.csv');
const document = readFileSync(join(__dirname, '../../../docs/rules-not-taken.md'), 'utf8');

describe.each(Object.entries(answered))('the checks of scanners about: %s', (subject, rows) => {
  it('are answered by rules that exist', () => {
    const rules = Object.values(rows).flatMap((answer) => (answer === 'not taken' ? [] : answer));
    expect(rules.filter((id) => ruleById(id) === undefined)).toEqual([]);
  });

  it('stand among the rules not taken, with a reason, where no rule answers them', () => {
    const [, section = ''] = document.split(`## ${subject}\n`);
    const lines = section.split('\n## ')[0]?.split('\n') ?? [];
    const listed = lines.flatMap((line) => {
      const cells = line.split(' | ');
      const [, id] = /^\| `?([a-z0-9-]+)`?$/.exec(cells[0] ?? '') ?? [];
      if (id === undefined || !Object.hasOwn(rows, id)) return [];
      expect(cells).toHaveLength(5);
      expect(cells[3]?.length).toBeGreaterThan(40);
      return [id];
    });
    const notTaken = Object.keys(rows).filter((id) => rows[id] === 'not taken');
    expect(listed.sort()).toEqual(notTaken.sort());
  });

  itUnless(table.lack, 'are all answered, and no others', () => {
    const [, ...lines] = table.text().trim().split('\n');
    const ids = lines.map((line) => line.split(',')).filter(([, about]) => about === subject);
    expect(ids.length).toBeGreaterThan(0);
    expect(Object.keys(rows).sort()).toEqual(ids.map(([id]) => id).sort());
  });
});

it('names in the document only rules that exist', () => {
  const links = [...document.matchAll(/\(rules\/([a-z-]+)\.md\)/g)].map(([, id]) => id ?? '');
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((id) => ruleById(id) === undefined)).toEqual([]);
});
