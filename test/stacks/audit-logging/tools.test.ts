/** What is handed out for each tool: exactly what its writer makes, with keys among the secrets alone. */
import { createHash } from 'node:crypto';
import { parseAllDocuments } from 'yaml';
import { ClusterTarget } from '../../../core/cluster';
import {
  ControlPlaneError,
  controlPlane,
  writeClusterApi,
  writeEks,
  writeK3s,
  writeKubeadm,
} from '../../../core/control-plane';
import type { AuditLoggingArgs } from '../../../stacks/audit-logging';
import { auditLoggingConfig } from '../../../stacks/audit-logging/config';
import type { PlainArgs } from '../../../stacks/audit-logging/plain-args';
import { type ToolId, toolIds } from '../../../stacks/audit-logging/tools';
import { leaks } from '../../support/pulumi/registered';
import { argsFor, deployed, kmsKeyArn, material, older } from './arguments';

const shown = (text: string): string =>
  `${text.length} ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;

describe.each(toolIds)('for %s', (tool) => {
  it('hands out what its writer makes, and keys in secrets alone', async () => {
    const { found, outputs } = await deployed(argsFor[tool]);
    const { secretFiles, secretToolFiles, rotationSteps, ...plain } = outputs;
    expect([secretFiles.isSecret, secretToolFiles.isSecret, rotationSteps.isSecret]).toEqual([true, true, true]);
    expect(Object.entries(plain).filter(([, { isSecret }]) => isSecret)).toEqual([]);
    expect(JSON.stringify(plain)).not.toContain(material);
    expect(leaks(found, material)).toEqual([]);
    const holding = [...(secretFiles.value ?? []), ...(secretToolFiles.value ?? [])];
    const takesKeys = argsFor[tool].encryptionKeys !== undefined;
    expect(holding.some(({ content }) => content.includes(material))).toBe(takesKeys);
    expect(holding).toHaveLength(takesKeys ? 1 : 0);
    const { flags, files, toolFiles, namespace: _, ...rest } = plain;
    expect({
      ...Object.fromEntries(Object.entries(rest).map(([name, { value }]) => [name, value])),
      flags: flags.value?.length,
      files: files.value?.map(({ content, ...file }) => ({ ...file, content: shown(content) })),
      toolFiles: toolFiles.value?.map(({ name, content }) => `${name} ${shown(content)}`),
      secretFiles: secretFiles.value?.map(({ path, mode, owner }) => `${path} ${mode} ${owner}`),
      secretToolFiles: secretToolFiles.value?.map(({ name }) => name),
    }).toMatchSnapshot();
  });
});

describe('byte by byte', () => {
  const target = ClusterTarget.of('1.36', { distribution: 'kubeadm' });
  const plane = controlPlane({ encryption: { secretbox: ['2026-11'] } }, target, { '2026-11': material });

  it('kubeadm', async () => {
    const { outputs } = await deployed(argsFor.kubeadm);
    const { config, files } = writeKubeadm(plane);
    expect(outputs.toolFiles.value).toEqual(config.map(({ name, content }) => ({ name, content })));
    const all = [...(outputs.files.value ?? []), ...(outputs.secretFiles.value ?? [])].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    );
    expect(all).toEqual(files.map(({ path, content, owner }) => ({ path, content, owner, mode: '0600' })));
  });

  it('Cluster API, with the Secret of its files as a file of its own', async () => {
    const { outputs } = await deployed(argsFor['cluster-api-v1beta2']);
    const { config, secrets } = writeClusterApi(plane, { version: 'v1beta2', name: 'prod', namespace: 'clusters' });
    expect(outputs.toolFiles.value?.map(({ content }) => content)).toEqual(config.map(({ content }) => content));
    const [secret] = outputs.secretToolFiles.value ?? [];
    expect(secret?.name).toBe('prod-files.yaml');
    for (const { key, name, namespace } of secrets) {
      expect(secret?.content).toContain(`name: ${name}\n  namespace: ${namespace}\n`);
      expect(secret?.content).toContain(`  ${key}: |\n`);
    }
  });

  it('k3s, with the folder of the log', async () => {
    const { outputs } = await deployed(argsFor.k3s);
    const k3s = ClusterTarget.of('1.36', { distribution: 'k3s' });
    const { files, steps, folders } = writeK3s(
      controlPlane({ encryption: { secretbox: ['2026-11'] } }, k3s, { '2026-11': material }),
    );
    expect(outputs.files.value?.length).toBe(files.length - 1);
    expect(outputs.steps.value).toEqual(steps);
    expect(outputs.folders.value).toEqual(folders.map(({ path }) => ({ path, mode: '0700', owner: 'root:root' })));
  });

  it('by hand, with the folders that a static pod has to see', async () => {
    const { outputs } = await deployed(argsFor['by-hand']);
    expect(outputs.mounts.value).toEqual([
      { path: '/etc/kubernetes/bulwark', readOnly: true, type: 'Directory' },
      { path: '/var/log/kubernetes/audit', readOnly: false, type: 'DirectoryOrCreate' },
    ]);
    expect((await deployed(argsFor.kubeadm)).outputs.mounts.value).toEqual([]);
  });

  it('EKS, as values for its own resources', async () => {
    const { outputs } = await deployed({ ...argsFor.eks, log: { maxAgeDays: 365 } });
    const eks = controlPlane(
      { encryption: { kms: { name: 'own' } }, audit: { log: { maxAgeDays: 365 } } },
      ClusterTarget.of('1.36', { distribution: 'eks' }),
    );
    expect(outputs.values.value).toEqual({ eks: writeEks(eks, { clusterName: 'prod', kmsKeyArn }).values });
    expect(outputs.notSettable.value?.length).toBeGreaterThan(5);
  });
});

describe('a key rotation', () => {
  const rotating: Partial<AuditLoggingArgs> = {
    encryption: { keyNames: ['2027-11'] },
    encryptionKeys: { '2027-11': material, '2026-11': older },
  };
  const ownKeys = toolIds.filter((tool) => argsFor[tool].encryptionKeys !== undefined);

  it.each(ownKeys)('hands out the file of each step for %s', async (tool) => {
    const at = async (step: string) =>
      (await deployed({ ...argsFor[tool], ...rotating, rotation: { from: { keyNames: ['2026-11'] }, step } })).outputs;
    const writing = (text: string | undefined): readonly string[] =>
      [...(text ?? '').matchAll(/name: (?:'|")?(20\d\d-11)/g)].map(([, name]) => name ?? '');
    const handed = async (step: string) => {
      const { secretFiles, secretToolFiles } = await at(step);
      return writing(
        [...(secretFiles.value ?? []), ...(secretToolFiles.value ?? [])].map(({ content }) => content).join(),
      );
    };
    expect(await handed('read')).toEqual(['2026-11', '2027-11']);
    expect(await handed('write')).toEqual(['2027-11', '2026-11']);
    expect(await handed('rewrite')).toEqual(['2027-11', '2026-11']);
    expect(await handed('retire')).toEqual(['2027-11']);
    const { rotationSteps } = await at('read');
    expect(rotationSteps.value?.map(({ id, files, toolFiles }) => [id, files.length + toolFiles.length])).toEqual([
      ['read', 1],
      ['write', 1],
      ['rewrite', 0],
      ['retire', 1],
    ]);
    expect(rotationSteps.value?.map(({ id, commands }) => [id, commands])).toMatchSnapshot();
    expect(rotationSteps.isSecret).toBe(true);
  });

  it('from the key that Talos makes leaves to it what that has encrypted', async () => {
    const { outputs } = await deployed({
      ...argsFor['talos-documents'],
      encryptionKeys: { '2026-11': material, key1: older },
      rotation: { from: { keyNames: ['key1'], resources: ['secrets'] }, step: 'read' },
    });
    const [patch] = outputs.secretToolFiles.value ?? [];
    const [deletion, { config }] = parseAllDocuments(patch?.content ?? '').map((of) => of.toJS()) as [
      Record<string, unknown>,
      { config: { resources: { resources: string[]; providers: Record<string, { keys?: { name: string }[] }>[] }[] } },
    ];
    expect(deletion).toEqual({ apiVersion: 'v1alpha1', kind: 'KubeEtcdEncryptionConfig', $patch: 'delete' });
    const shown = config.resources.map(({ resources, providers }) => [
      resources,
      providers.map((of) => Object.entries(of).map(([name, { keys = [] }]) => [name, ...keys.map((key) => key.name)])),
    ]);
    expect(shown).toEqual([
      [['secrets'], [[['secretbox', 'key1', '2026-11']], [['identity']]]],
      [['configmaps'], [[['identity']], [['secretbox', '2026-11']]]],
    ]);
  });

  it('is none without one', async () => {
    expect((await deployed(argsFor.kubeadm)).outputs.rotationSteps.value).toEqual([]);
  });

  it('to a KMS starts from the keys', async () => {
    const { outputs } = await deployed({
      ...argsFor.kubeadm,
      encryption: { kmsName: 'vault' },
      encryptionKeys: { '2026-11': older },
      rotation: { from: { keyNames: ['2026-11'] }, step: 'write' },
    });
    const [file] = outputs.secretFiles.value ?? [];
    expect(file?.content).toMatch(/kms:[\s\S]*secretbox:[\s\S]*identity:/);
  });
});

describe('a load', () => {
  it('sizes the files and the buffer, and says what it comes to', async () => {
    const webhook = {
      url: 'https://siem.example/audit',
      caFile: '/etc/audit/ca.crt',
      clientCertificateFile: '/etc/audit/tls.crt',
      clientKeyFile: '/etc/audit/tls.key',
    };
    const load = { readsPerSecond: 500, changesPerSecond: 50 };
    const { outputs } = await deployed({ ...argsFor.kubeadm, load, webhook, log: {} });
    const flags = outputs.flags.value?.map(({ flag }) => flag) ?? [];
    expect(flags).toEqual(
      expect.arrayContaining([
        '--audit-log-maxbackup=156',
        '--audit-log-maxsize=400',
        '--audit-webhook-batch-buffer-size=33000',
      ]),
    );
    expect(outputs.sizing.value).toEqual({
      eventsPerSecond: 550,
      megabytesPerDay: 62210,
      diskMegabytes: 63200,
      keptHours: 24.2,
      bufferMegabytes: 129,
      bufferedSeconds: 60,
    });
    const own = await deployed({ ...argsFor.kubeadm, load, log: { maxBackups: 10 } });
    expect(own.outputs.flags.value?.map(({ flag }) => flag)).toContain('--audit-log-maxbackup=10');
    expect(own.outputs.sizing.value?.keptHours).toBeLessThan(2);
  });
});

describe('what is refused', () => {
  const faultsOf = (args: Partial<AuditLoggingArgs>): readonly string[] =>
    auditLoggingConfig({ kubernetesVersion: '1.36', ...args } as PlainArgs, '2026-11-21').faults.map(
      ({ property, message, remedy }) => `${property}: ${message}; ${remedy}`,
    );
  const webhook = {
    url: 'https://siem.example/audit',
    caFile: '/etc/audit/ca.crt',
    clientCertificateFile: '/etc/audit/tls.crt',
    clientKeyFile: '/etc/audit/tls.key',
  };
  const base = { ...argsFor.kubeadm, encryptionKeys: undefined } as Partial<AuditLoggingArgs>;
  const of = (tool: ToolId, more: Partial<AuditLoggingArgs>) => faultsOf({ ...argsFor[tool], ...more });

  it.each(toolIds)('nothing of what %s needs', (tool) => {
    expect(of(tool, {})).toEqual([]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    [
      'a tool that nobody knows',
      of('kubeadm', { tool: 'kubespray' }),
      [
        'tool: there is no tool "kubespray"; use kubeadm or cluster-api-v1beta1 or cluster-api-v1beta2 or by-hand, or leave it out for kubeadm',
      ],
    ],
    [
      'a tool of another distribution',
      of('kubeadm', { tool: 'talos-documents' }),
      [
        'tool: talos-documents makes no control plane of kubeadm; use kubeadm or cluster-api-v1beta1 or cluster-api-v1beta2 or by-hand, or leave it out for kubeadm',
      ],
    ],
    [
      'OpenShift',
      faultsOf({ distribution: 'openshift' }),
      [
        'distribution: the operators of OpenShift make its control plane, and take neither flags nor files; set spec.audit.profile and spec.encryption of the APIServer cluster, and leave audit-logging out of the stacks',
      ],
    ],
    [
      'the values of another tool',
      of('kubeadm', { eks: { clusterName: 'prod', kmsKeyArn } }),
      ['eks: it is for another tool, and this is kubeadm; leave it out, or set tool'],
    ],
    [
      'a key that is none',
      of('eks', { eks: { clusterName: 'prod', kmsKeyArn: 'alias/prod' } }),
      [
        'eks.kmsKeyArn: "alias/prod" is not of the right form; give the ARN of a key: arn:aws:kms:<region>:<account>:key/<id>',
      ],
    ],
    [
      'no key',
      of('gke', { gke: { project: 'prod-platform' } as never }),
      [
        'gke.kmsKeyName: it is missing, and gke takes it; give a key of Cloud KMS: projects/…/locations/…/keyRings/…/cryptoKeys/…',
      ],
    ],
    [
      'a log that a cloud keeps for less',
      of('aks', { log: { maxAgeDays: 1000 } }),
      [
        'log.maxAgeDays: Log Analytics keeps logs for 730 days at most; give at most 730, and export the log to a storage that keeps it longer',
      ],
    ],
    [
      'files of a cloud',
      of('gke', { log: { maxBackups: 20 }, webhook }),
      [
        expect.stringMatching(/^webhook: the control plane of gke is the cloud's/) as unknown as string,
        "log.maxBackups: the control plane of gke is the cloud's, which takes no such setting; leave it out: log.maxAgeDays alone is for clouds",
      ],
    ],
    [
      'a key where Talos has its own',
      of('talos-cluster', { encryption: { keyNames: ['a'] } }),
      [
        'encryption: talos-cluster has no such setting; leave it out, and keep cluster.secretboxEncryptionSecret of the machine configuration, which talosctl gen config makes',
      ],
    ],
    [
      'a KMS on Talos',
      of('talos-documents', { encryption: { kmsName: 'vault' } }),
      [
        'encryption: talos-documents has no way to set it: kube-apiserver sees no socket of a KMS plugin: KubeAPIServerConfig has no volumes; use encryption.keyNames, whose keys stand in the machine configuration',
      ],
    ],
    [
      'a webhook on Talos',
      of('talos-documents', { webhook }),
      [expect.stringMatching(/^webhook: talos-documents has no way to set it: /) as unknown as string],
    ],
    [
      'anonymous health on kOps',
      of('kops', { anonymous: 'health' }),
      [expect.stringMatching(/^anonymous: kops has no way to set it: .*; set anonymous to 'off'/) as unknown as string],
    ],
    [
      'a KMS that kOps cannot mount',
      of('kops', { encryption: { kmsName: 'vault' } }),
      [expect.stringMatching(/^encryption: kops has no way to set it: .*lay it below/) as unknown as string],
    ],
    [
      'no load',
      of('kubeadm', { load: { readsPerSecond: 0, changesPerSecond: 0 } }),
      ['load: there is no load in it; say how many requests a second there are, or leave it out'],
    ],
    [
      'Secrets in plain text, once, in the midst of a rotation',
      of('kubeadm', {
        encryption: { keyNames: ['2026-11'], resources: ['configmaps'] },
        rotation: { step: 'read' },
      }),
      ["encryption.resources: Secrets are not in it, and would stand in etcd as they are; add 'secrets'"],
    ],
    [
      'a rotation that would leave something unread',
      of('kubeadm', {
        encryption: { keyNames: ['2026-11'], resources: ['secrets'] },
        rotation: { from: { keyNames: ['old'], resources: ['secrets', 'widgets.example.com'] }, step: 'read' },
      }),
      [
        'encryption.resources: widgets.example.com would stay encrypted as it is, with nobody to read it; add widgets.example.com',
      ],
    ],
    [
      'what no type allows, all of it at once',
      of('kubeadm', {
        webhok: webhook,
        encryption: { keynames: ['a'] },
        log: { maxAge: 400 },
        rules: { level: 'None' },
        exceptions: [{ of: 'anonymous', until: '2027-01-31' }],
        alerts: 'no',
        load: [],
      } as never),
      [
        'encryption.keynames: there is no argument "keynames", and nobody would look at it; write keyNames',
        'webhok: there is no argument "webhok", and nobody would look at it; write webhook',
        expect.stringMatching(/^log\.maxAge: there is no argument "maxAge"/) as unknown as string,
        'rules: it is no list; write it as one: […]',
        expect.stringMatching(/^exceptions\[0\]\.until: there is no argument "until"/) as unknown as string,
        'alerts: "no" is neither true nor false; write true or false',
        'load: it is no mapping; write it as one: { … }',
      ],
    ],
    [
      'half a load',
      of('kubeadm', { load: { readsPerSecond: -1, changesPerSecond: Number.NaN } }),
      [
        'load.readsPerSecond: -1 is no load; give a number above 0',
        'load.changesPerSecond: null is no load; give a number above 0',
      ],
    ],
    [
      'a step that a rotation has not',
      of('kubeadm', { rotation: { step: 'retire' } }),
      ['rotation.step: this rotation has no step "retire"; its steps are read, write, rewrite'],
    ],
    [
      'a rotation from nothing that could be',
      of('kubeadm', { rotation: { from: { keyNames: [] }, step: 'read' } }),
      ["rotation.from.keyNames: there is no key in it; name one: ['key-2027-01']"],
    ],
    [
      'a rotation where a cloud rotates',
      of('eks', { rotation: { step: 'read' } }),
      [expect.stringMatching(/^rotation: the control plane of eks is the cloud's/) as unknown as string],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('nobody to answer for it', async () => {
    const failure = await deployed({ ...argsFor.kubeadm, owner: '' }).catch((error: unknown) => error);
    expect((failure as Error).message).toContain('owner: nobody answers for it');
  });

  it('a key that nothing uses, by its name alone', async () => {
    const given = { ...argsFor.eks, encryptionKeys: { '2026-11': material } };
    const failure = await deployed(given).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ControlPlaneError);
    expect((failure as Error).message).toContain('encryptionKeys["2026-11"]: no provider uses this key');
    expect((failure as Error).message).not.toContain(material);
  });

  describe('without an exception', () => {
    const weak: readonly (readonly [string, Partial<AuditLoggingArgs>])[] = [
      ['log.maxAgeDays', { log: { maxAgeDays: 7 } }],
      ['log.maxBackups', { log: { maxBackups: 1 } }],
      ['log.maxSizeMegabytes', { log: { maxSizeMegabytes: 10 } }],
      ['anonymous', { kubernetesVersion: '1.30', anonymous: 'rbac' }],
    ];
    it.each(weak)('%s', (property, args) => {
      const exception = { of: property, reason: 'nobody has more room there yet', expires: '2027-01-31' };
      expect(faultsOf({ ...base, ...args }).map((fault) => fault.split(':')[0])).toEqual([property]);
      expect(faultsOf({ ...base, ...args, exceptions: [exception] })).toEqual([]);
      expect(faultsOf({ ...base, ...args, exceptions: [{ ...exception, expires: '2026-11-20' }] })).toEqual([
        expect.stringMatching(`^${property}: `),
        expect.stringMatching(/^exceptions\[0\]\.expires: .* ended on 2026-11-20/),
      ]);
      expect(faultsOf({ ...base, ...args, exceptions: [{ ...exception, reason: 'x' }] })).toHaveLength(2);
      expect(faultsOf({ ...base, kubernetesVersion: '1.36', exceptions: [exception] })).toEqual([
        `exceptions[0].of: nothing is excused by an exception for "${property}"; take it away: the argument is as it should be`,
      ]);
    });

    const never: readonly (readonly [string, Partial<AuditLoggingArgs>])[] = [
      ['encryption', { encryption: {} }],
      ['encryption.keyNames', { encryption: { keyNames: [] } }],
      ['encryption.kmsEndpoint', { encryption: { kmsName: 'vault', kmsEndpoint: 'tcp://10.0.0.1:80' } }],
      ['webhook.url', { webhook: { ...webhook, url: 'http://siem.example' } }],
      ['webhook.url', { webhook: { ...webhook, url: 'https://me:word@siem.example' } }],
      ['webhook.clientKeyFile', { webhook: { ...webhook, clientKeyFile: undefined as never } }],
      ['anonymous', { anonymous: 'rbac' }],
      ['anonymous', { anonymous: 'all' }],
      ['log.path', { log: { path: '/etc/kubernetes/bulwark/audit.log' } }],
      ['log.path', { log: { path: '../audit.log' } }],
    ];
    it.each(never)('%s, whatever the exception', (property, args) => {
      const exception = { of: property, reason: 'somebody wants it like that', expires: '2027-01-31' };
      const faults = faultsOf({ ...base, ...args, exceptions: [exception] }).map((fault) => fault.split(': ')[0]);
      expect(faults).toContain(property);
    });
  });
});
