/** kubeadm itself reads what is written for it, and for kind and Cluster API, which hand it the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlPlaneSettings } from '../../../../core/control-plane';
import {
  type ClusterApiVersion,
  writeClusterApi,
  writeKind,
  writeKubeadm,
} from '../../../../core/control-plane/distributions';
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

type KubeadmVersion = 'v1beta3' | 'v1beta4';

/** Kubernetes 1.30 has the last kubeadm that knows no v1beta4, and no anonymous requests for named paths alone. */
function ofKubeadm(settings: Partial<ControlPlaneSettings>, version: KubeadmVersion): string {
  const plane =
    version === 'v1beta4'
      ? planeFor('kubeadm', settings)
      : planeFor('kubeadm', { ...settings, authentication: { anonymous: 'off' } }, '1.30');
  return text(writeKubeadm(plane).config[0]?.content);
}

function ofKind(settings: Partial<ControlPlaneSettings>, version: KubeadmVersion): string {
  const [cluster] = documentsOf(text(writeKind(planeFor('kind', settings)).config[0]?.content));
  const { nodes } = cluster as { nodes: { kubeadmConfigPatches: string[] }[] };
  return text(nodes[0]?.kubeadmConfigPatches.find((patch) => patch.includes(version)));
}

/** The versions of Cluster API's own API that have the same form. */
const sameForm: Readonly<Record<KubeadmVersion, ClusterApiVersion>> = { v1beta3: 'v1beta1', v1beta4: 'v1beta2' };

function ofClusterApi(settings: Partial<ControlPlaneSettings>, version: KubeadmVersion): string {
  const plane = planeFor('kubeadm', settings);
  const { config } = writeClusterApi(plane, { version: sameForm[version], name: 'prod', namespace: 'clusters' });
  const [manifest] = documentsOf(text(config[0]?.content));
  const { spec } = manifest as { spec: { kubeadmConfigSpec: { clusterConfiguration: object } } };
  const { clusterConfiguration } = spec.kubeadmConfigSpec;
  return writeYaml({ apiVersion: `kubeadm.k8s.io/${version}`, kind: 'ClusterConfiguration', ...clusterConfiguration });
}

const writers: readonly [string, typeof ofKubeadm][] = [
  ['kubeadm', ofKubeadm],
  ['kind', ofKind],
  ['Cluster API', ofClusterApi],
];

/** What kubeadm says of itself and not of the document: that v1beta3 is old, and that nobody asked for a version. */
const besides = /^.*(could not (fetch|obtain)|fall(ing)? back|deprecated API spec: "kubeadm.k8s.io\/v1beta3").*\n?/gim;

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

  describe.each<KubeadmVersion>(['v1beta3', 'v1beta4'])('%s', (version) => {
    it.each(writers)('takes what is written for %s, strictly and without a warning', (_, write) => {
      for (const settings of [{}, everything]) {
        const content = write(settings, version);
        expect(content).toContain(`apiVersion: kubeadm.k8s.io/${version}`);
        const { stdout, stderr } = validate(content);
        expect([stdout.trim(), stderr.replace(besides, '').trim()]).toEqual(['ok', '']);
      }
    });

    it('does not take a field that there is not, so that the above says something', () => {
      const { stdout, stderr } = validate(ofKubeadm({}, version).replace('extraVolumes:', 'extraFolders:'));
      expect(stdout).not.toContain('ok');
      expect(stderr).toContain('extraFolders');
    });

    it('does not take the flags in the form of the other version', () => {
      const other = version === 'v1beta3' ? 'v1beta4' : 'v1beta3';
      const { stdout, stderr } = validate(ofKubeadm({}, other).replace(`k8s.io/${other}`, `k8s.io/${version}`));
      expect(stdout).not.toContain('ok');
      expect(stderr).toContain('extraArgs');
    });
  });
});
