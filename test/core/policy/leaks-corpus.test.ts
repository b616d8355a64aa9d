import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readManifests } from '../../../core/manifest';
import { corpus } from '../../support/corpus';
import { describeUnless } from '../../support/lack';
import { findingsOf } from './rules/rule-cases';

const all = corpus();
const rules = ['secret-literal', 'secret-in-config', 'secret-leak', 'secret-volume'];
const say = (finding: { rule: string; property?: string; message: string }) =>
  `${finding.rule} ${finding.property}: ${finding.message}`;

describeUnless(all.lack, 'over manifests that others wrote', () => {
  it.each(['online-boutique', 'sock-shop', 'crds'])('finds in %s what is there', (folder) => {
    const objects = corpus(folder)
      .yamlFiles()
      .flatMap((file) =>
        readManifests(readFileSync(file, 'utf8'), { source: file }).documents.map(({ object }) => object),
      );
    expect(objects.length).toBeGreaterThan(10);
    const found = objects.flatMap((object) => rules.flatMap((rule) => findingsOf(rule, object)));
    expect(found.map(say)).toMatchSnapshot();
  });

  it('finds in the values of charts what is there', () => {
    const files = corpus('chart-values').yamlFiles();
    const found = files.flatMap((file) => {
      const values: unknown = parseAllDocuments(readFileSync(file, 'utf8'))[0]?.toJSON();
      const release = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'it' } };
      return findingsOf('secret-leak', { ...release, spec: { values } } as never).map(
        (finding) => `${relative(all.path, file)} ${finding.severity} ${say(finding)}`,
      );
    });
    expect(files.length).toBeGreaterThan(20);
    expect(found).toMatchSnapshot();
  });
});
