import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulePages } from '../../tools/docs/rule-pages';

const folder = join(__dirname, '../../docs/rules');

describe('the pages of the rules', () => {
  it('are current: npm run docs writes them', () => {
    const written = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    expect(written).toEqual(new Map(rulePages()));
  });
});
