import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readManifests } from '../../../core/manifest';
import { findingsOf } from './rules/rule-cases';

const corpus = join(__dirname, '../../../../shared/corpus');
const present = existsSync(corpus);
if (!present) console.warn('skipped: the corpus is not there');

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : /\.ya?ml$/.test(name) ? [path] : [];
  });
}

const rules = ['secret-literal', 'secret-in-config', 'secret-leak', 'secret-volume'];
const say = (finding: { rule: string; property?: string; message: string }) =>
  `${finding.rule} ${finding.property}: ${finding.message}`;

(present ? describe : describe.skip)('over manifests that others wrote', () => {
  it.each(['online-boutique', 'sock-shop', 'crds'])('finds in %s what is there', (folder) => {
    const objects = filesIn(join(corpus, folder)).flatMap((file) =>
      readManifests(readFileSync(file, 'utf8'), { source: file }).documents.map(({ object }) => object),
    );
    expect(objects.length).toBeGreaterThan(10);
    const found = objects.flatMap((object) => rules.flatMap((rule) => findingsOf(rule, object)));
    expect(found.map(say)).toMatchSnapshot();
  });

  it('finds in the values of charts what is there', () => {
    const files = filesIn(join(corpus, 'chart-values'));
    const found = files.flatMap((file) => {
      const values: unknown = parseAllDocuments(readFileSync(file, 'utf8'))[0]?.toJSON();
      const release = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'it' } };
      return findingsOf('secret-leak', { ...release, spec: { values } } as never).map(
        (finding) => `${file.slice(corpus.length + 1)} ${finding.severity} ${say(finding)}`,
      );
    });
    expect(files.length).toBeGreaterThan(20);
    expect(found).toMatchSnapshot();
  });
});
