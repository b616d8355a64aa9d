/**
 * Harbor's chart, rendered by the real helm. The chart is no module of Go, and there is no other way to it offline: `KUBE_BULWARK_HARBOR_CHART` names a folder
 * that it was unpacked to (`helm pull harbor --repo https://helm.goharbor.io --version 1.19.1 --untar`). Where there is none a suite is skipped, with the
 * reason in its name.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../core/manifest';
import { harborChart } from '../../../core/registry/harbor/parts';
import { describeUnless } from '../lack';
import { describeTool } from '../policy-tools';

export interface HarborChart {
  /** The text of its values.yaml. */
  readonly values: string;
  /** What it becomes as the release `harbor` in the namespace `registry`. */
  render(values: object): readonly KubernetesObject[];
}

/** A `describe` of tests that need helm and the chart. */
export function describeHarborChart(name: string, body: (chart: HarborChart) => void): void {
  const folder = process.env.KUBE_BULWARK_HARBOR_CHART ?? '';
  const about = join(folder, 'Chart.yaml');
  if (folder === '' || !existsSync(about)) {
    const lack = { skipped: 'KUBE_BULWARK_HARBOR_CHART names no chart', expected: true } as const;
    describeUnless(lack, name, () => body({ values: '', render: () => [] }));
    return;
  }
  const { version } = parse(readFileSync(about, 'utf8')) as { readonly version: string };
  if (version !== harborChart.version)
    throw new Error(`the chart is ${version}, and the values are for ${harborChart.version}`);
  describeTool('helm', name, ({ path }) => {
    const render = (values: object): readonly KubernetesObject[] => {
      const place = mkdtempSync(join(tmpdir(), 'harbor-chart-'));
      try {
        writeFileSync(join(place, 'values.json'), JSON.stringify(values));
        const args = ['template', 'harbor', folder, '--namespace', 'registry', '--values', join(place, 'values.json')];
        const { status, stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
        if (status !== 0) throw new Error(stderr);
        return parseAllDocuments(stdout).flatMap((document) => (document.toJS() as KubernetesObject | null) ?? []);
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    };
    body({ values: readFileSync(join(folder, 'values.yaml'), 'utf8'), render });
  });
}
