import { logPipelineArgs } from '../../../stacks/program/log-pipeline-args';
import { ConfigError, readSettings } from '../../../stacks/program/read-settings';
import { chosenStacks } from '../../../stacks/program/settings';
import { inDays } from '../../support/days';
import { faultsOf, key, read } from './configuration';

const other = Buffer.alloc(32, 8).toString('base64');

const soon = inDays(200);

const service = {
  url: 'https://siem.acme.example/audit',
  caFile: '/etc/kubernetes/audit/ca.crt',
  clientCertificateFile: '/etc/kubernetes/audit/tls.crt',
  clientKeyFile: '/etc/kubernetes/audit/tls.key',
};

const image = `registry.acme.example/x@sha256:${'a'.repeat(64)}`;

const pipeline = {
  images: { collector: image, loki: image },
  registries: ['registry.acme.example'],
  issuer: 'internal',
  exceptionsUntil: soon,
};

describe('readSettings', () => {
  it('reads texts, structures and secrets', () => {
    expect(
      read({ stacks: ['audit-logging'], auditLogging: { alerts: false, encryption: { keyNames: ['2026-11'] } } }),
    ).toEqual({
      kubernetesVersion: '1.34',
      distribution: 'kubeadm',
      owner: 'team-platform',
      context: 'prod',
      stacks: ['audit-logging'],
      auditLogging: { alerts: false, encryption: { keyNames: ['2026-11'] } },
      encryptionKeys: { '2026-11': key },
    });
  });

  it('names the project in every remedy, and takes no keys of the project that manuals name', () => {
    const values = {
      'platform:kubernetesVersion': '1.34',
      'platform:distribution': 'kubeadm',
      'platform:owner': 'team-platform',
      'platform:context': 'prod',
      'platform:auditLogging': '{"encryption":{"keyNames":["a"]}}',
    };
    const faultsIn = (more: object): readonly string[] => {
      try {
        readSettings({ values: { ...values, ...more }, secretKeys: [] }, 'platform');
        return [];
      } catch (error) {
        return (error as ConfigError).faults;
      }
    };
    expect(faultsIn({})).toEqual([
      expect.stringMatching(/^platform:encryptionKeys: .*'platform:encryptionKeys\["a"\]'/),
    ]);
    expect(faultsIn({ 'kube-bulwark:auditLogging': '{}' })).toEqual([
      'kube-bulwark:auditLogging: it is for a project of that name, and this is platform; set platform:auditLogging, and take it away',
    ]);
  });

  it.each<[string, object, string | undefined]>([
    ['where it is by default', {}, undefined],
    ['where it is told to be', { log: { path: '/var/log/apiserver/audit.log' } }, '/var/log/apiserver'],
    ['nowhere, where it goes to a service alone', { webhook: service }, ''],
  ])('has the log pipeline read the audit log %s', (_, more, folder) => {
    const settings = read({
      auditLogging: { encryption: { keyNames: ['2026-11'] }, ...more },
      logPipeline: pipeline,
    });
    expect(chosenStacks(settings)).toEqual(['audit-logging', 'log-pipeline']);
    expect(logPipelineArgs(settings)?.sources?.auditFolder).toBe(folder);
  });

  it('leaves the keys of other packages alone', () => {
    expect(faultsOf({ 'aws:region': 'eu-central-1' })).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'an unknown key',
      { kubernetsVersion: '1.34' },
      [
        'kube-bulwark:kubernetsVersion: there is no such key; did you mean kubernetesVersion? There are kubernetesVersion, distribution, owner, context, kubeconfig, stacks, auditLogging, logPipeline, privateRegistry, encryptionKeys, registryPasswords, registryUploadSecret',
      ],
    ],
    [
      'an unknown key within one',
      { auditLogging: { encryption: { keynames: ['2026-11'] } }, '!encryptionKeys': undefined },
      [
        'kube-bulwark:auditLogging.encryption.keynames: there is no key "keynames" in auditLogging.encryption; did you mean keyNames? Allowed: kmsName, kmsEndpoint, keyNames, resources, writeWith',
      ],
    ],
    [
      'a missing version',
      { kubernetesVersion: undefined },
      [
        'kube-bulwark:kubernetesVersion: it is missing. The version of the cluster, such as 1.34. Required.; pulumi config set kube-bulwark:kubernetesVersion …',
      ],
    ],
    [
      'no cluster',
      { context: undefined },
      [
        'kube-bulwark:context: it is missing: nothing is deployed to whatever cluster a shell points at. pulumi config set kube-bulwark:context … (kubectl config get-contexts shows them), or --secret kube-bulwark:kubeconfig …',
      ],
    ],
    [
      'two clusters',
      { '!kubeconfig': 'apiVersion: v1' },
      ['kube-bulwark:context: it says one cluster and kube-bulwark:kubeconfig another; take one of them away'],
    ],
    [
      'a cluster of the default provider',
      { 'kubernetes:context': 'other' },
      [
        "kubernetes:context: it is for Pulumi's default provider, which is not used here; set kube-bulwark:context instead, and take it away",
      ],
    ],
    [
      'a secret in plain text',
      { '!encryptionKeys': undefined, encryptionKeys: { '2026-11': key } },
      [
        'kube-bulwark:encryptionKeys: it is a secret, and stands in plain text in the configuration: whoever could read it has it. Make a new one, and set it by pulumi config set --secret kube-bulwark:encryptionKeys …',
      ],
    ],
    [
      'a kubeconfig in plain text',
      { context: undefined, kubeconfig: `token: ${key}` },
      [
        'kube-bulwark:kubeconfig: it is a secret, and stands in plain text in the configuration: whoever could read it has it. Make a new one, and set it by pulumi config set --secret kube-bulwark:kubeconfig …',
      ],
    ],
    [
      'a secret that is none',
      { owner: undefined, '!owner': 'team-platform' },
      [
        'kube-bulwark:owner: it is no secret, and would be deployed as plain text; set it again without --secret: pulumi config set kube-bulwark:owner …',
      ],
    ],
    [
      'a text for a mapping',
      { auditLogging: 'yes' },
      [
        expect.stringMatching(
          /^kube-bulwark:auditLogging: it is no mapping \(.*\); write it as one in the stack's file, or by --path$/,
        ) as unknown as string,
      ],
    ],
    [
      'a secret of another form',
      { '!encryptionKeys': `{"2026-11": "${key}"` },
      ["kube-bulwark:encryptionKeys: it is no mapping; write it as one in the stack's file, or by --path"],
    ],
    [
      'a secret of other types',
      { '!encryptionKeys': { '2026-11': [key] } },
      ['kube-bulwark:encryptionKeys["2026-11"]: it is not of the form that its description says'],
    ],
    [
      'a number for a text',
      { auditLogging: { encryption: { keyNames: ['2026-11'] }, log: { maxAgeDays: '30' } } },
      ['kube-bulwark:auditLogging.log.maxAgeDays must be a whole number, and this is "30"'],
    ],
    [
      'a distribution that nobody knows',
      { distribution: 'kubeadmin' },
      [
        'kube-bulwark:distribution must be one of generic, kubeadm, eks, eks-fargate, gke, gke-autopilot, aks, openshift, k3s, rke2, talos, kind, and this is "kubeadmin"; did you mean kubeadm?',
      ],
    ],
    [
      'a stack that nobody knows',
      { stacks: ['audit-loging'] },
      [
        'kube-bulwark:stacks[0] must be one of audit-logging, log-pipeline, private-registry, and this is "audit-loging"; did you mean audit-logging?',
      ],
    ],
    [
      'settings of a stack that is not deployed',
      { stacks: [] },
      [
        'kube-bulwark:stacks: none is named, and nothing would be deployed; name audit-logging, log-pipeline, private-registry, or leave it out',
        'kube-bulwark:auditLogging: it is for audit-logging, which is not among stacks; add it there, or take this away',
        'kube-bulwark:encryptionKeys: it is for audit-logging, which is not among stacks; add it there, or take this away',
      ],
    ],
    [
      'a stack that cannot be made without being told about',
      { stacks: ['audit-logging', 'log-pipeline'] },
      [
        'kube-bulwark:logPipeline: it is missing, and log-pipeline is among stacks; give images, registries, issuer and exceptionsUntil, or take the stack away',
      ],
    ],
    [
      'a log pipeline that is not deployed',
      { stacks: ['audit-logging'], logPipeline: pipeline },
      ['kube-bulwark:logPipeline: it is for log-pipeline, which is not among stacks; add it there, or take this away'],
    ],
    [
      'a log pipeline without what it needs',
      { logPipeline: { load: { auditShare: 'half' } } },
      [
        'kube-bulwark:logPipeline.load.auditShare must be a number, and this is "half"',
        'kube-bulwark:logPipeline lacks images and registries and issuer and exceptionsUntil',
      ],
    ],
    [
      'a log pipeline with wrong settings',
      { logPipeline: { ...pipeline, exceptionsUntil: '2020-01-01', retention: { auditDays: 30 } } },
      [
        'kube-bulwark:logPipeline.retention.auditDays: 30 is no number of days from 365: audit logs are kept for a year (PCI DSS 4.0, 10.5.1); give 365 or more',
        'kube-bulwark:logPipeline.exceptionsUntil: it was over on 2020-01-01; judge anew what agents may do, and give a day of the next twelve months',
      ],
    ],
    [
      'a version that nobody knows, for two stacks',
      { kubernetesVersion: '1.12', logPipeline: pipeline },
      [expect.stringMatching(/^kube-bulwark:kubernetesVersion: /) as unknown as string],
    ],
    [
      'an owner that is no label',
      { owner: 'Team Platform' },
      ['kube-bulwark:owner: "Team Platform" can be no value of a label; use small letters, digits and -'],
    ],
    [
      'a version that nobody knows',
      { kubernetesVersion: '1.12' },
      [expect.stringMatching(/^kube-bulwark:kubernetesVersion: /) as unknown as string],
    ],
    [
      'nothing that encrypts',
      { auditLogging: undefined, '!encryptionKeys': undefined },
      [
        "kube-bulwark:auditLogging.encryption: nothing encrypts: Secrets would stand in etcd as they are; give kmsName: '…', or keyNames: ['<name of a key>']",
      ],
    ],
    [
      'a key without material',
      { auditLogging: { encryption: { keyNames: ['2027-01', '2026-11'] } } },
      [
        `kube-bulwark:encryptionKeys: there is no material for the key 2027-01; pulumi config set --secret --path 'kube-bulwark:encryptionKeys["2027-01"]' "$(head -c 32 /dev/urandom | base64)"`,
      ],
    ],
    [
      'a key where its name belongs, in what is read and in what was',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11', other, other] },
          rotation: { from: { keyNames: [other] }, step: 'read' },
        },
      },
      [
        'kube-bulwark:auditLogging.encryption.keyNames[1]: this is no name of a key; use up to 63 letters, digits, - and .; the material is given apart, by the name',
        'kube-bulwark:auditLogging.encryption.keyNames[2]: this is no name of a key; use up to 63 letters, digits, - and .; the material is given apart, by the name',
        'kube-bulwark:auditLogging.rotation.from.keyNames[0]: this is no name of a key; use up to 63 letters, digits, - and .; the material is given apart, by the name',
      ],
    ],
    [
      'runbooks that lead nowhere',
      { auditLogging: { encryption: { keyNames: ['2026-11'] }, runbooks: 'runbooks' } },
      [
        "kube-bulwark:auditLogging.runbooks: it is no start of an address; write it as 'https://<host>/<path>', or leave it out",
      ],
    ],
    [
      'runbooks of the log pipeline that lead nowhere',
      { logPipeline: { ...pipeline, runbooks: 'https:///runbooks' } },
      [
        "kube-bulwark:logPipeline.runbooks: it is no start of an address; write it as 'https://<host>/<path>', or leave it out",
      ],
    ],
    [
      'no stack',
      { stacks: [], auditLogging: undefined, '!encryptionKeys': undefined },
      [
        'kube-bulwark:stacks: none is named, and nothing would be deployed; name audit-logging, log-pipeline, private-registry, or leave it out',
      ],
    ],
    [
      'a key in the place of its name',
      { '!encryptionKeys': { '2026-11': key, [other]: 'old' } },
      [
        'kube-bulwark:encryptionKeys: something in it is called by what is no name of a key, and may be the material; write <name>: <material>',
      ],
    ],
    [
      'a key in the place of its name, of no form',
      { '!encryptionKeys': { [other]: ['old'] } },
      ['kube-bulwark:encryptionKeys["…"]: it is not of the form that its description says'],
    ],
    [
      'material that no key has',
      { '!encryptionKeys': { '2026-11': key, old: other } },
      [
        'kube-bulwark:encryptionKeys: auditLogging.encryption.keyNames does not name "old"; name it there, or take it away',
      ],
    ],
    [
      'a log that two would write',
      { auditLogging: { encryption: { keyNames: ['2026-11'] }, log: { path: '/etc/kubernetes/bulwark/audit.log' } } },
      [
        expect.stringMatching(
          /^kube-bulwark:auditLogging\.log\.path: its folder is mounted for kube-apiserver to write to/,
        ) as unknown as string,
      ],
    ],
    [
      "a control plane that is the cloud's",
      { distribution: 'eks' },
      [
        expect.stringMatching(
          /^kube-bulwark:auditLogging\.encryption: the control plane of eks is the cloud's, which takes no such setting; leave it out, and enable the five log types/,
        ) as unknown as string,
        expect.stringMatching(/^kube-bulwark:auditLogging\.eks\.clusterName: it is missing/) as unknown as string,
        expect.stringMatching(/^kube-bulwark:auditLogging\.eks\.kmsKeyArn: it is missing/) as unknown as string,
      ],
    ],
    [
      'a tool of another distribution',
      { auditLogging: { tool: 'kops', encryption: { keyNames: ['2026-11'] } } },
      [
        'kube-bulwark:auditLogging.tool: kops makes no control plane of kubeadm; use kubeadm or cluster-api-v1beta1 or cluster-api-v1beta2 or by-hand, or leave it out for kubeadm',
      ],
    ],
    [
      'a tool that nobody knows',
      { auditLogging: { tool: 'kubadm', encryption: { keyNames: ['2026-11'] } } },
      [
        expect.stringMatching(
          /^kube-bulwark:auditLogging\.tool must be one of kubeadm, .*did you mean kubeadm\?$/,
        ) as unknown as string,
      ],
    ],
    [
      'a rotation whose older key has no material',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11'] },
          rotation: { from: { keyNames: ['2025-11'] }, step: 'read' },
        },
      },
      [
        `kube-bulwark:encryptionKeys: there is no material for the key 2025-11; pulumi config set --secret --path 'kube-bulwark:encryptionKeys["2025-11"]' "$(head -c 32 /dev/urandom | base64)"`,
      ],
    ],
    [
      'a log that is kept for less than it has to be',
      { auditLogging: { encryption: { keyNames: ['2026-11'] }, log: { maxBackups: 2 } } },
      [
        'kube-bulwark:auditLogging.log.maxBackups: 2 is less than the 10 that CIS 1.12 1.2.18 asks for; give at least 10, or leave it out',
      ],
    ],
    [
      'an exception without a reason',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11'] },
          log: { maxBackups: 2 },
          exceptions: [{ of: 'log.maxBackups', expires: '2099-01-01' }],
        },
      },
      [expect.stringMatching(/^kube-bulwark:auditLogging\.exceptions\[0\].*reason/) as unknown as string],
    ],
    [
      'an exception that is over',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11'] },
          log: { maxBackups: 2 },
          exceptions: [{ of: 'log.maxBackups', reason: 'the SIEM has the whole log', expires: '2020-01-01' }],
        },
      },
      [
        expect.stringMatching(/^kube-bulwark:auditLogging\.log\.maxBackups: /) as unknown as string,
        expect.stringMatching(
          /^kube-bulwark:auditLogging\.exceptions\[0\]\.expires: .* ended on 2020-01-01/,
        ) as unknown as string,
      ],
    ],
    [
      'a KMS that Talos cannot reach',
      { distribution: 'talos', auditLogging: { encryption: { kmsName: 'vault' } }, '!encryptionKeys': undefined },
      [
        expect.stringMatching(
          /^kube-bulwark:auditLogging\.encryption: talos-documents has no way to set it: .*; use encryption\.keyNames/,
        ) as unknown as string,
      ],
    ],
    [
      'OpenShift, whose operators make its control plane',
      { distribution: 'openshift', auditLogging: undefined, '!encryptionKeys': undefined },
      [
        expect.stringMatching(
          /^kube-bulwark:distribution: the operators of OpenShift make its control plane/,
        ) as unknown as string,
      ],
    ],
    [
      'an audit rule that can never match',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11'] },
          rules: [
            { level: 'Metadata', verbs: ['get'], resources: [{ group: 'apps' }] },
            { level: 'None', verbs: ['get'], resources: [{ group: 'apps', resources: ['deployments'] }] },
          ],
        },
      },
      [
        'kube-bulwark:auditLogging.rules[1]: it can never match: rules[0] takes every such request before; narrow what comes before, move it up, or leave it out',
      ],
    ],
    [
      'an audit rule after which a recommended one can never match',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11'] },
          rules: [
            { level: 'Metadata', userGroups: ['system:authenticated', 'system:unauthenticated'] },
            { level: 'Metadata' },
          ],
        },
      },
      [
        'kube-bulwark:auditLogging.rules: rules that are recommended can never match: rules[1] takes every such request before; narrow what comes before, move it up, or leave it out',
      ],
    ],
    [
      'an audit rule after which nobody sees what somebody does',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11'] },
          rules: [{ level: 'None', users: ['jane'] }],
        },
      },
      [
        'kube-bulwark:auditLogging.rules[0].level: it would leave out pods/exec, pods/attach, pods/portforward and 11 more; use Metadata, or name the resources and verbs that say nothing, without those',
      ],
    ],
    [
      'an audit rule that would log the bodies of secrets',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11'] },
          rules: [{ level: 'Request', users: ['jane'] }],
        },
      },
      [
        expect.stringMatching(
          /^kube-bulwark:auditLogging\.rules\[0\]\.level: it would log the bodies of .*; use Metadata/,
        ) as unknown as string,
      ],
    ],
    [
      'a webhook in plain HTTP',
      {
        auditLogging: {
          encryption: { keyNames: ['2026-11'] },
          webhook: {
            url: 'http://logs.example',
            caFile: '/a/ca',
            clientCertificateFile: '/a/crt',
            clientKeyFile: '/a/key',
          },
        },
      },
      [expect.stringMatching(/^kube-bulwark:auditLogging\.webhook\.url: /) as unknown as string],
    ],
  ])('says of %s what it is, and the remedy, and nothing else', (_, changes, faults) => {
    expect(faultsOf(changes)).toEqual(faults);
  });

  it('says everything at once, and no secret', () => {
    const faults = faultsOf({
      kubernetesVersion: undefined,
      owner: undefined,
      contxt: 'a',
      context: undefined,
      kubeconfig: `token: ${key}`,
      '!encryptionKeys': `"${key}`,
    });
    expect(faults).toHaveLength(5);
    expect(faults.join('\n')).not.toContain(key.slice(0, 12));
    expect(new ConfigError(faults).message).toMatch(
      /^the configuration has 5 errors, nothing is deployed:\n {2}kube-bulwark:/,
    );
  });
});
