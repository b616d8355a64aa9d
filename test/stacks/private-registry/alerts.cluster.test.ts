/** The alerts on the registry, by Prometheus' own promtool: each fires where it should, and does not right beside that. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeYaml } from '../../../core/manifest';
import { registryAlertNames, registryRules } from '../../../stacks/private-registry/alerts';
import { clusterMetrics, ownMetrics } from '../../../stacks/private-registry/metrics';
import { type AlertCase, describeAlerts } from '../../support/alerts';
import { registryPanels } from '../../support/private-registry/panels';

const own = 'namespace="registry"';
const ready = `${clusterMetrics.ready}{${own},statefulset="registry"}`;
const requests = (code: string): string => `${ownMetrics.requests}{${own},code="${code}",handler="blob",method="get"}`;
const restarts = `${clusterMetrics.restarts}{${own},container="registry",pod="registry-0"}`;
const claim = 'persistentvolumeclaim="data-registry-0"';
const available = `${clusterMetrics.available}{${own},${claim}}`;
const capacity = `${clusterMetrics.capacity}{${own},${claim}}`;
const inodesFree = `${clusterMetrics.inodesFree}{${own},${claim}}`;
const inodes = `${clusterMetrics.inodes}{${own},${claim}}`;
const copies = `${clusterMetrics.inodesUsed}{${own},persistentvolumeclaim="copies-registry-0"}`;
const certificate = `${clusterMetrics.certificate}{${own},name="registry"}`;
const days = (count: number): number => count * 86_400;

const cases: Readonly<Record<string, readonly AlertCase[]>> = {
  RegistryDown: [
    ['six minutes without a replica', { [ready]: '0x20' }, 6, { value: '0', labels: { namespace: 'registry' } }],
    ['the seconds in which it turns read-only', { [ready]: '1x4 0 1x10' }, 10],
    ['one replica of two', { [ready]: '1x20' }, 20],
    ['another namespace', { [ready.replace('"registry"', '"elsewhere"')]: '0x20' }, 20],
  ],
  RegistryFails: [
    ['a tenth of the requests', { [requests('200')]: '0+90x60', [requests('500')]: '0+10x60' }, 40, { value: '10%' }],
    ['one of a hundred', { [requests('200')]: '0+99x60', [requests('500')]: '0+1x60' }, 40],
    ['images that are not there', { [requests('200')]: '0+50x60', [requests('404')]: '0+50x60' }, 40],
  ],
  RegistryPasswordsTried: [
    ['ten a second', { [requests('200')]: '0+60x60', [requests('401')]: '0+600x60' }, 40, { value: '10' }],
    ['clients that ask once without', { [requests('200')]: '0+600x60', [requests('401')]: '0+600x60' }, 40],
    ['a few wrong ones', { [requests('200')]: '0x60', [requests('401')]: '0+60x60' }, 40],
  ],
  RegistryRestarts: [
    ['four in an hour', { [restarts]: '0x10 1x10 2x10 3x10 4x60' }, 60, { value: '4' }],
    ['one', { [restarts]: '0x20 1x60' }, 60],
  ],
  RegistryVolumeFilling: [
    [
      'nine tenths of the disk',
      { [available]: '10x60', [capacity]: '100x60' },
      30,
      { value: '90%', labels: { persistentvolumeclaim: 'data-registry-0' } },
    ],
    [
      'nine tenths of the inodes',
      { [inodesFree]: '10x60', [inodes]: '100x60' },
      30,
      { value: '90%', labels: { persistentvolumeclaim: 'data-registry-0' } },
    ],
    ['eight tenths', { [available]: '20x60', [capacity]: '100x60', [inodesFree]: '20x60', [inodes]: '100x60' }, 30],
  ],
  RegistryCopyMissing: [
    [
      'a day without a copy',
      { [copies]: '100x600 101x3400' },
      3_600,
      { value: '0', labels: { persistentvolumeclaim: 'copies-registry-0' } },
    ],
    ['a copy each day, in which as much goes as comes', { [copies]: '100x1440 101x1440 100x1440 101x1440' }, 5_700],
    ['a volume of yesterday', { [copies]: '100x1500' }, 1_500],
  ],
  RegistryCertificateOld: [
    ['ten days', { [certificate]: `${days(10) + 7_200}x200` }, 120, { value: '10' }],
    ['twenty days', { [certificate]: `${days(20)}x200` }, 120],
  ],
};

const object = registryRules({ namespace: 'registry', labels: {}, volume: true, backup: true });

describeAlerts('the alerts of the private registry', { object, names: registryAlertNames, cases }, (promtool, file) => {
  it('are asked in PromQL, and so are the graphs', () => {
    const { folder, groups, count } = file();
    const panels = registryPanels({ namespace: 'registry', volume: true, backup: true });
    const recorded = panels.map(({ expr }, i) => ({ record: `graph:${i}`, expr }));
    const path = join(folder, 'graphs.yaml');
    writeFileSync(path, writeYaml({ groups: [...groups, { name: 'graphs', rules: recorded }] }));
    const { stdout, stderr } = promtool('check', 'rules', path);
    expect(stderr).toBe('');
    expect(stdout).toContain(`SUCCESS: ${count + panels.length} rules found`);
  });
});
