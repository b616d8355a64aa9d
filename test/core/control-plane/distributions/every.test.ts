import * as fc from 'fast-check';
import type { Distribution } from '../../../../core/cluster';
import type { ControlPlane } from '../../../../core/control-plane';
import {
  type Account,
  type WrittenControlPlane,
  writeAks,
  writeClusterApi,
  writeEks,
  writeGke,
  writeK3s,
  writeKind,
  writeKops,
  writeKubeadm,
  writeRke2,
  writeTalos,
} from '../../../../core/control-plane/distributions';
import { partName, partsOf } from '../../../../core/control-plane/distributions/written';
import { settingsArbitrary } from './arbitrary';
import { documentsOf, key, planeFor } from './support';

interface Case {
  readonly on: Distribution;
  readonly write: (controlPlane: ControlPlane) => Account & Partial<WrittenControlPlane>;
}

const clusterApi = { name: 'control-plane', namespace: 'clusters' };

const cases: Readonly<Record<string, Case>> = {
  kubeadm: { on: 'kubeadm', write: writeKubeadm },
  kind: { on: 'kind', write: (plane) => writeKind(plane) },
  'Cluster API v1beta1': {
    on: 'kubeadm',
    write: (plane) => writeClusterApi(plane, { ...clusterApi, version: 'v1beta1' }),
  },
  'Cluster API v1beta2': {
    on: 'kubeadm',
    write: (plane) => writeClusterApi(plane, { ...clusterApi, version: 'v1beta2' }),
  },
  k3s: { on: 'k3s', write: writeK3s },
  RKE2: { on: 'rke2', write: writeRke2 },
  'Talos up to 1.13': { on: 'talos', write: (plane) => writeTalos(plane, { form: 'cluster' }) },
  'Talos from 1.14 on': { on: 'talos', write: (plane) => writeTalos(plane, { form: 'documents' }) },
  EKS: { on: 'eks', write: (plane) => writeEks(plane, { clusterName: 'prod', kmsKeyArn: 'arn:aws:kms:…' }) },
  GKE: { on: 'gke', write: (plane) => writeGke(plane, { project: 'prod', kmsKeyName: 'projects/…' }) },
  AKS: { on: 'aks', write: (plane) => writeAks(plane, { workspaceId: '/subscriptions/…', kmsKeyId: 'https://…' }) },
  kOps: { on: 'generic', write: (plane) => writeKops(plane, { clusterName: 'prod.example.com' }) },
};

/** Every text in a value: keys, scalars, and the values in texts of YAML inside of it. */
function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([k, v]) => [k, ...textsIn(v)]);
  return [String(value)];
}

/** Whether a value stands in the output: as it is, as one of several in a text, or as the list of its parts. */
function hasValue(texts: ReadonlySet<string>, all: string, value: string): boolean {
  return (
    texts.has(value) ||
    all.includes(value) ||
    value.split(',').every((part) => texts.has(part.split('=').pop() ?? part))
  );
}

describe.each(Object.entries(cases))('a control plane for %s', (_, { on, write }) => {
  it('has each flag, file and mount in the output, in another form, or among what is not settable', () => {
    fc.assert(
      fc.property(settingsArbitrary, (settings) => {
        const plane = planeFor(on, settings);
        const output = write(plane);
        const { written, replaced, notSettable } = output;
        const named = [...written, ...replaced.map(({ what }) => what), ...notSettable.map(({ what }) => what)];
        expect([...named].sort()).toEqual(partsOf(plane).map(partName).sort());
        for (const { why, instead } of notSettable) expect([why, instead].every((text) => text.length > 10)).toBe(true);
        for (const { by } of replaced) expect(by.length).toBeGreaterThan(3);
      }),
      { numRuns: 60 },
    );
  });

  it('has what it says is written in the output, value by value', () => {
    fc.assert(
      fc.property(settingsArbitrary, (settings) => {
        const plane = planeFor(on, settings);
        const output = write(plane);
        const contents = [...(output.config ?? []), ...(output.files ?? [])].map(({ content }) => content);
        const texts = new Set(contents.flatMap((content) => textsIn(documentsOf(content))));
        const all = contents.join('\n');
        const secrets = 'secrets' in output ? JSON.stringify(output.secrets) : '';
        for (const part of partsOf(plane)) {
          if (!output.written.includes(partName(part))) continue;
          if (part.kind === 'flag')
            expect([partName(part), hasValue(texts, all, part.flag.value)]).toEqual([partName(part), true]);
          if (part.kind === 'mount') expect(all).toContain(part.mount.path);
          if (part.kind !== 'file') continue;
          expect(all + JSON.stringify(output.files ?? [])).toContain(part.file.path);
          const { content } = part.file;
          expect([...contents, ...texts].includes(content) || secrets.includes(JSON.stringify(content))).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has keys only where it says so, and never in the account of it', () => {
    const { config = [], files = [], ...rest } = write(planeFor(on));
    for (const { content, holdsSecrets } of [...config, ...files]) expect(content.includes(key)).toBe(holdsSecrets);
    const { secrets: _secrets, ...said } = rest as Record<string, unknown>;
    expect(JSON.stringify(said)).not.toContain(key);
  });

  it('refuses the control plane of another distribution', () => {
    expect(() => write(planeFor('openshift'))).toThrow('target.distribution');
  });

  it('is the same whenever it is written', () => {
    expect(write(planeFor(on))).toEqual(write(planeFor(on)));
  });
});
