/** kubeadm itself reads what is written for it, and for kind and Cluster API, which hand it the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlPlaneSettings } from '../../../../core/control-plane';
import { writeClusterApi, writeKind, writeKubeadm } from '../../../../core/control-plane/distributions';
import { writeYaml } from '../../../../core/manifest';
import { describeTool } from '../../../support/policy-tools';
import { documentsOf, planeFor, webhook } from './support';

const everything: Partial<ControlPlaneSettings> = {
  encryption: { kms: { name: 'vault' }, secretbox: ['a'] },
  audit: { webhook, log: { maxEventBytes: 65_536 } },
  pki: { folder: '/opt/pki', files: { clientCa: '/opt/clients/ca.crt' } },
  flags: { 'kube-apiserver': { 'goaway-chance': '0.001' }, 'kube-scheduler': { v: '2' } },
};

const text = (content: string | undefined): string => content ?? '';

function ofKind(settings: Partial<ControlPlaneSettings>): string {
  const [cluster] = documentsOf(text(writeKind(planeFor('kind', settings)).config[0]?.content));
  const { nodes } = cluster as { nodes: { kubeadmConfigPatches: string[] }[] };
  return text(nodes[0]?.kubeadmConfigPatches.find((patch) => patch.includes('v1beta4')));
}

function ofClusterApi(settings: Partial<ControlPlaneSettings>): string {
  const plane = planeFor('kubeadm', settings);
  const { config } = writeClusterApi(plane, { version: 'v1beta2', name: 'prod', namespace: 'clusters' });
  const [manifest] = documentsOf(text(config[0]?.content));
  const { spec } = manifest as { spec: { kubeadmConfigSpec: { clusterConfiguration: object } } };
  const { clusterConfiguration } = spec.kubeadmConfigSpec;
  return writeYaml({ apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'ClusterConfiguration', ...clusterConfiguration });
}

const writers: Readonly<Record<string, (settings: Partial<ControlPlaneSettings>) => string>> = {
  kubeadm: (settings) => text(writeKubeadm(planeFor('kubeadm', settings)).config[0]?.content),
  kind: ofKind,
  'Cluster API': ofClusterApi,
};

describeTool('kubeadm', 'kubeadm config validate', (run) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kube-bulwark-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const validate = (content: string) => {
    const path = join(folder, 'kubeadm.yaml');
    writeFileSync(path, content);
    return run('config', 'validate', '--config', path);
  };

  it.each(Object.entries(writers))('takes what is written for %s, strictly and without a warning', (_, write) => {
    for (const settings of [{}, everything]) {
      const { stdout, stderr } = validate(write(settings));
      expect([
        stdout.trim(),
        stderr.replace(/^.*(could not (fetch|obtain)|fall(ing)? back).*\n?/gim, '').trim(),
      ]).toEqual(['ok', '']);
    }
  });

  it('does not take a field that there is not, so that the above says something', () => {
    const { stdout, stderr } = validate(writers.kubeadm?.({}).replace('extraVolumes:', 'extraFolders:') ?? '');
    expect(stdout).not.toContain('ok');
    expect(stderr).toContain('extraFolders');
  });
});
