import { AuditPolicy } from '../../../core/audit';
import { ClusterTarget, kubernetesVersions } from '../../../core/cluster';
import {
  absentByCis,
  ControlPlaneError,
  type ControlPlaneSettings,
  controlPlane,
  controlPlaneFaults,
  flagText,
} from '../../../core/control-plane';
import { excusable } from '../../../core/control-plane/exceptions';
import { readManifests } from '../../../core/manifest';

/** Made up for tests, and told apart at a glance. */
const key = (letter: string): string => Buffer.alloc(32, letter).toString('base64');
const keys = { a: key('a') };
const target = ClusterTarget.of('1.36', { distribution: 'kubeadm' });
const today = '2026-11-21';
const rbacException = {
  property: 'authentication.anonymous',
  reason: 'probes without credentials, until 1.32 is here',
  expires: '2027-06-30',
};
const minimal: ControlPlaneSettings = { encryption: { secretbox: ['a'] } };
const webhook = {
  url: 'https://audit.example.com/events',
  caFile: '/etc/kubernetes/audit-tls/ca.crt',
  clientCertificateFile: '/etc/kubernetes/audit-tls/client.crt',
  clientKeyFile: '/etc/kubernetes/audit-tls/client.key',
};
const kms = { name: 'vault' };
const bodyOf = (content: string): Record<string, unknown> =>
  readManifests(content, { source: 'file' }).documents[0]?.object as unknown as Record<string, unknown>;

describe('controlPlane', () => {
  it('makes flags, files and mounts of the least that has to be said', () => {
    const { flags, files, mounts, needs } = controlPlane(minimal, target, keys);
    expect(
      flags.map(({ component, cis, setBy, ...flag }) =>
        `${component} ${flagText(flag)} (${setBy}) ${cis.join(' ')}`.trim(),
      ),
    ).toMatchSnapshot();
    expect({ mounts, needs }).toMatchSnapshot();
    for (const { path, content, holdsSecrets } of files) if (!holdsSecrets) expect(content).toMatchSnapshot(path);
  });

  it('makes more of more', () => {
    const settings: ControlPlaneSettings = {
      encryption: { kms, secretbox: ['a'], resources: ['secrets', 'credentials.example.com'] },
      audit: { log: { maxAgeDays: 90, mode: 'batch', maxEventBytes: 65_536, compress: false }, webhook },
      admission: {
        podSecurity: { enforce: 'baseline', exemptNamespaces: ['kube-system', 'storage'] },
        eventLimits: [{ type: 'Namespace', qps: 5, burst: 10 }],
        alwaysPullImages: false,
        plugins: ['PodNodeSelector'],
      },
      authentication: {
        discovery: 'file',
        jwt: [
          {
            issuer: 'https://login.example.com',
            audiences: ['kubernetes', 'cluster'],
            usernamePrefix: 'oidc:',
            groupsClaim: 'groups',
            groupsPrefix: 'oidc:',
          },
        ],
      },
      flags: { 'kube-apiserver': { 'goaway-chance': '0.001' } },
      terminatedPodThreshold: 50,
      requestTimeoutSeconds: 120,
      exceptions: ['admission.alwaysPullImages', 'admission.podSecurity.exemptNamespaces'].map((property) => ({
        property,
        reason: 'the registry is in the same rack, and storage has drivers',
        expires: '2027-06-30',
      })),
      today,
    };
    const { flags, files, mounts, needs } = controlPlane(settings, ClusterTarget.of('1.32'), keys);
    const own = flags.filter(({ component, setBy }) => component === 'kube-apiserver' && setBy === 'settings');
    expect(own.map(flagText)).toMatchSnapshot();
    expect({ mounts, needs }).toMatchSnapshot();
    for (const { path, content, holdsSecrets } of files) if (!holdsSecrets) expect(content).toMatchSnapshot(path);
  });

  it('answers every recommendation of CIS 1.12 1.2 to 1.4', () => {
    const section = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}.${i + 1}`);
    const all = [...section('1.2', 30), ...section('1.3', 7), ...section('1.4', 2)];
    const { flags } = controlPlane(minimal, target, keys);
    const answered = new Set([...flags.flatMap(({ cis }) => cis), ...Object.keys(absentByCis)]);
    expect([...answered].sort()).toEqual(all.sort());
    const names = flags.map(({ name }) => name);
    for (const name of ['token-auth-file', 'disable-admission-plugins', 'anonymous-auth'])
      expect(names).not.toContain(name);
    expect(flags.find(({ name }) => name === 'enable-admission-plugins')?.value).not.toContain('AlwaysAdmit');
  });

  it('has each flag of a program once, whatever is asked for', () => {
    const { flags } = controlPlane(
      { ...minimal, audit: { webhook }, flags: { 'kube-scheduler': { v: '2' } } },
      target,
      keys,
    );
    const names = flags.map(({ component, name }) => `${component} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives files to root alone, and the keys to one of them', () => {
    const { files } = controlPlane({ ...minimal, audit: { webhook } }, target, keys);
    for (const { mode, owner } of files) expect([mode, owner]).toEqual([0o600, 'root:root']);
    expect(files.filter(({ content }) => content.includes(keys.a)).map(({ path }) => path)).toEqual([
      '/etc/kubernetes/bulwark/encryption.yaml',
    ]);
    expect(files.filter(({ holdsSecrets }) => holdsSecrets).map(({ path }) => path)).toEqual([
      '/etc/kubernetes/bulwark/encryption.yaml',
    ]);
  });

  it('encrypts with the first provider, reads with the others, and has identity last', () => {
    const providers = (encryption: ControlPlaneSettings['encryption']) => {
      const { files } = controlPlane({ encryption }, target, encryption.secretbox === undefined ? {} : keys);
      const file = files.find(({ path }) => path.endsWith('encryption.yaml'));
      const [entry] = bodyOf(file?.content ?? '').resources as { resources: string[]; providers: object[] }[];
      return [entry?.resources, entry?.providers.map((provider) => Object.keys(provider).join()), file?.holdsSecrets];
    };
    const both = ['secrets', 'configmaps'];
    expect(providers({ secretbox: ['a'] })).toEqual([both, ['secretbox', 'identity'], true]);
    expect(providers({ kms })).toEqual([both, ['kms', 'identity'], false]);
    expect(providers({ kms, secretbox: ['a'] })).toEqual([both, ['kms', 'secretbox', 'identity'], true]);
    expect(providers({ kms, secretbox: ['a'], writeWith: 'secretbox', resources: ['secrets'] })).toEqual([
      ['secrets'],
      ['secretbox', 'kms', 'identity'],
      true,
    ]);
  });

  it.each(kubernetesVersions)('has what Kubernetes %s has for anonymous requests', (version) => {
    const minor = Number(version.slice(2));
    const on = ClusterTarget.of(version);
    const health = controlPlaneFaults(minimal, on).map(({ property }) => property);
    expect(health).toEqual(minor < 32 ? ['authentication.anonymous'] : []);
    const off = controlPlane({ ...minimal, authentication: { anonymous: 'off' } }, on, keys);
    expect(off.flags.map(flagText)).toContain('--anonymous-auth=false');
    expect(off.flags.map(({ name }) => name)).not.toContain('authentication-config');
    const rbac: ControlPlaneSettings = { ...minimal, authentication: { anonymous: 'rbac' } };
    expect(controlPlaneFaults(rbac, on).map(({ property }) => property)).toEqual(['authentication.anonymous']);
    const excused = controlPlaneFaults({ ...rbac, exceptions: [rbacException], today }, on);
    expect(excused.map(({ property }) => property)).toEqual(
      minor < 32 ? [] : ['authentication.anonymous', 'exceptions[0].property'],
    );
    if (minor < 32) return;
    const file = controlPlane(minimal, on, keys).files.find(({ path }) => path.endsWith('authentication.yaml'));
    expect(bodyOf(file?.content ?? '')).toMatchObject({
      apiVersion: `apiserver.config.k8s.io/${minor < 34 ? 'v1beta1' : 'v1'}`,
      anonymous: { enabled: true, conditions: [{ path: '/livez' }, { path: '/readyz' }, { path: '/healthz' }] },
    });
  });

  it.each([
    ['kubeadm', undefined, true],
    ['kind', undefined, true],
    ['k3s', undefined, false],
    ['kubeadm', 'file', false],
    ['generic', 'token', true],
  ] as const)('on %s with discovery by %s, cluster-info is for everybody: %s', (distribution, discovery, open) => {
    const settings = { ...minimal, authentication: { discovery } };
    const { files } = controlPlane(settings, ClusterTarget.of('1.36', { distribution }), keys);
    const file = files.find(({ path }) => path.endsWith('authentication.yaml'));
    expect(file?.content.includes('/api/v1/namespaces/kube-public/configmaps/cluster-info')).toBe(open);
  });

  it('mounts no folder twice, and none that kubeadm mounts', () => {
    const inPki = {
      ...webhook,
      caFile: '/etc/kubernetes/pki/audit/ca.crt',
      clientCertificateFile: '/etc/kubernetes/bulwark/tls/client.crt',
      clientKeyFile: '/etc/kubernetes/bulwark/tls/client.key',
    };
    const { mounts } = controlPlane({ encryption: { kms }, audit: { log: false, webhook: inPki } }, target);
    expect(mounts.map(({ path, readOnly }) => [path, readOnly])).toEqual([
      ['/etc/kubernetes/bulwark', true],
      ['/var/run/kmsplugin', true],
    ]);
  });
});

describe('settings with something wrong', () => {
  const old = ClusterTarget.of('1.28', { distribution: 'kubeadm' });
  const remedyOfKeys = 'make it with: head -c 32 /dev/urandom | base64';
  const number = (value: unknown) => `${JSON.stringify(value)} is no whole number from 1; give one`;

  it.each<[string, object, readonly string[], ClusterTarget?]>([
    [
      'no encryption',
      { encryption: {} },
      [
        "encryption: nothing encrypts: Secrets would stand in etcd as they are; give kms: { name: '…' }, or secretbox: ['<name of a key>']",
      ],
    ],
    [
      'encryption left out',
      { encryption: undefined },
      [
        "encryption: nothing encrypts: Secrets would stand in etcd as they are; give kms: { name: '…' }, or secretbox: ['<name of a key>']",
      ],
    ],
    [
      'a key where its name belongs, and one named twice',
      { encryption: { secretbox: ['a', keys.a, 'a'] } },
      [
        'encryption.secretbox[1]: this is no name of a key; use up to 63 letters, digits, - and .; the material is given apart, by the name',
        'encryption.secretbox[2]: the key "a" is named twice; name each once',
      ],
    ],
    [
      'a key where its name belongs, twice, and a name twice',
      { encryption: { secretbox: [keys.a, keys.a, 'a', 'a'] } },
      [
        'encryption.secretbox[0]: this is no name of a key; use up to 63 letters, digits, - and .; the material is given apart, by the name',
        'encryption.secretbox[1]: this is no name of a key; use up to 63 letters, digits, - and .; the material is given apart, by the name',
        'encryption.secretbox[3]: the key "a" is named twice; name each once',
      ],
    ],
    [
      'no key',
      { encryption: { secretbox: [] } },
      ["encryption.secretbox: there is no key in it; name one: ['key-2027-01']"],
    ],
    [
      'a KMS that is none',
      { encryption: { kms: { name: 'a:b', endpoint: 'tcp://10.0.0.1:80', timeoutSeconds: 0 } } },
      [
        'encryption.kms.name: this can be no name of a KMS plugin; use up to 63 letters, digits, - and . only; it stays for good',
        'encryption.kms.endpoint: "tcp://10.0.0.1:80" is no socket of the node; write it as unix:///var/run/kmsplugin/socket.sock',
        'encryption.kms.timeoutSeconds: 0 is no number of seconds; give a whole number from 1',
      ],
    ],
    [
      'a writer that is not given',
      { encryption: { kms, writeWith: 'secretbox' } },
      [
        'encryption.writeWith: nothing can encrypt with secretbox, which is not given; add encryption.secretbox, or leave writeWith out',
      ],
    ],
    [
      'resources without Secrets',
      { encryption: { kms, resources: ['configmaps', 'Pods', 'configmaps'] } },
      [
        `encryption.resources[1]: "Pods" is no resource; write the plural, and its group if it has one: 'secrets', 'credentials.example.com'`,
        'encryption.resources[2]: "configmaps" is named twice, and the API server does not start with it; name each once',
        "encryption.resources: Secrets are not in it, and would stand in etcd as they are; add 'secrets'",
      ],
    ],
    [
      'an audit rule that would log secrets, and one that can never match',
      {
        audit: {
          policy: AuditPolicy.of({
            rules: [
              { level: 'Request', resources: [{ group: '', resources: ['secrets'] }] },
              { level: 'None', resources: [{ group: '', resources: ['secrets'] }] },
              { level: 'Metadata' },
            ],
          }),
        },
      },
      [
        'audit.policy.rules[0].level: it would log the bodies of Secrets; use Metadata, or name the groups and resources whose bodies are wanted, without those',
        'audit.policy.rules[1]: it can never match: rules[0] takes every such request before; narrow what comes before, move it up, or leave it out',
      ],
    ],
    [
      'a log that goes nowhere',
      { audit: { log: false } },
      ['audit.log: the audit log goes nowhere; leave audit.log out, or give audit.webhook'],
    ],
    [
      'a log that is too short',
      { audit: { log: { path: 'audit.log', maxAgeDays: 7, maxBackups: 1, maxSizeMegabytes: 0, mode: 'async' } } },
      [
        'audit.log.path: "audit.log" is no path of a file on a node; write it from the root on, with letters, digits and -_.@+',
        'audit.log.maxSizeMegabytes: 0 is no whole number from 1; give one, or leave it out',
        'audit.log.mode: there is no mode "async"; use one of batch, blocking, blocking-strict',
        'audit.log.maxAgeDays: 7 is less than the 30 that CIS 1.12 1.2.17 asks for; give at least 30, or leave it out',
        'audit.log.maxBackups: 1 is less than the 10 that CIS 1.12 1.2.18 asks for; give at least 10, or leave it out',
      ],
    ],
    [
      'a log where kube-apiserver is configured',
      { audit: { log: { path: '/etc/kubernetes/audit.log' } } },
      [
        'audit.log.path: its folder is mounted for kube-apiserver to write to, and /etc/kubernetes/bulwark and /etc/kubernetes/pki would be, too; give the log a folder of its own',
      ],
    ],
    [
      'a webhook without TLS or a certificate',
      {
        audit: {
          webhook: {
            ...webhook,
            url: 'http://user:pass@audit.example.com',
            clientKeyFile: undefined,
            bufferSize: 0.5,
            maxEventBytes: 200,
            maxBatchBytes: 100,
          },
        },
      },
      [
        "audit.webhook.url: the audit log would go over a connection that is not encrypted, or nowhere; write it as 'https://<host>/<path>', without credentials",
        'audit.webhook.clientKeyFile: both sides have to show a certificate, and this is missing; give the path of the file on the nodes',
        'audit.webhook.maxBatchBytes: a batch of 100 bytes cannot hold an event of 200; give at least maxEventBytes',
        'audit.webhook.bufferSize: 0.5 is no whole number from 1; give one, or leave it out',
      ],
    ],
    [
      'Pod Security that is none',
      { admission: { podSecurity: { enforce: 'privileged', warn: 'strict', exemptNamespaces: ['kube-*', 'a', 'a'] } } },
      [
        'admission.podSecurity.warn: "strict" is no level of the Pod Security Standards; use one of privileged, baseline, restricted',
        'admission.podSecurity.enforce: namespaces without labels would take any pod, those with the rights of the node included; use baseline or restricted, and label the namespaces that need more',
        'admission.podSecurity.exemptNamespaces[0]: "kube-*" is no name of a namespace; name each in full',
        'admission.podSecurity.exemptNamespaces[2]: "a" is named twice, and the API server does not start with it; name each once',
        'admission.podSecurity.exemptNamespaces: a would take any pod, whatever the labels of the namespace say; label namespaces with pod-security.kubernetes.io/enforce instead, or give an exception',
      ],
    ],
    [
      'limits that are none',
      { admission: { eventLimits: [{ type: 'Pod', qps: 0, burst: 1.5, cacheSize: -1 }] } },
      [
        'admission.eventLimits[0].type: there is no limit by "Pod"; use one of Server, Namespace, User, SourceAndObject',
        `admission.eventLimits[0].qps: ${number(0)}`,
        `admission.eventLimits[0].burst: ${number(1.5)}`,
        `admission.eventLimits[0].cacheSize: ${number(-1)}`,
      ],
    ],
    [
      'no limits',
      { admission: { eventLimits: [] } },
      ['admission.eventLimits: there is no limit in it, and the API server does not start with it; leave it out'],
    ],
    [
      'plugins that weaken, that are on already, and that are none',
      { admission: { plugins: ['AlwaysAdmit', 'ImagePolicyWebhook', 'NodeRestriction', 'PodNodeSelecter'] } },
      [
        'admission.plugins[0]: AlwaysAdmit is not to be switched on: it admits everything (CIS 1.12 1.2.10); leave it out',
        'admission.plugins[1]: ImagePolicyWebhook is not to be switched on: it asks a service outside of the cluster that every start of a pod then depends on; admission policies check images; leave it out',
        'admission.plugins[2]: NodeRestriction is switched on by what the settings say already; leave it out',
        'admission.plugins[3]: "PodNodeSelecter" is no plugin that is off by default; write PodNodeSelector',
      ],
    ],
    [
      'a version that cannot limit anonymous requests',
      {},
      [
        "authentication.anonymous: Kubernetes 1.28 does not have anonymous requests for named paths alone (1.32 is the first to have it on by default); upgrade, or choose 'off' (and give probes and load balancers credentials), or 'rbac' (what system:unauthenticated may do) with an exception",
      ],
      old,
    ],
    [
      'a version without structured authentication',
      {
        authentication: {
          anonymous: 'off',
          jwt: [{ issuer: 'https://login.example.com', audiences: ['k'], usernamePrefix: 'oidc:' }],
        },
      },
      [
        'authentication.jwt: Kubernetes 1.28 does not have structured authentication configuration (1.30 is the first to have it on by default); upgrade, or set the flags --oidc-*',
      ],
      old,
    ],
    [
      'anonymous requests as RBAC says, where they can be limited',
      { authentication: { anonymous: 'rbac' } },
      [
        "authentication.anonymous: Kubernetes 1.36 can limit anonymous requests to health, and RBAC lets them in wherever somebody binds system:unauthenticated; use 'health', or leave it out",
      ],
    ],
    [
      'a join by token that nobody may read for',
      { authentication: { anonymous: 'off', discovery: 'token' } },
      [
        "authentication.discovery: nodes that join by a token read kube-public/cluster-info without credentials, and nobody may; use 'file', or anonymous: 'health'",
      ],
    ],
    [
      'choices that there are not',
      { authentication: { anonymous: 'none', discovery: 'dns' } },
      [
        'authentication.discovery: "dns" is no way to find a cluster; use one of token, file',
        'authentication.anonymous: "none" is nothing that anonymous requests can be limited to; use one of health, off, rbac',
      ],
    ],
    [
      'issuers that could name anybody',
      {
        authentication: {
          jwt: [
            { issuer: 'http://login.example.com', audiences: [], usernamePrefix: '' },
            {
              issuer: 'https://b.example.com',
              audiences: ['k'],
              usernamePrefix: 'b:',
              groupsClaim: 'groups',
              groupsPrefix: 'system:',
            },
            { issuer: 'https://b.example.com', audiences: ['k'], usernamePrefix: 'c:' },
          ],
        },
      },
      [
        `authentication.jwt[0].issuer: "http://login.example.com" is no issuer; write it as the tokens have it: 'https://…'`,
        'authentication.jwt[0].audiences: tokens that the issuer made for anybody else would be taken; name the audience of the cluster',
        "authentication.jwt[0].usernamePrefix: without a prefix of its own the issuer could name the system's users and groups; give one, such as 'oidc:'",
        "authentication.jwt[1].groupsPrefix: without a prefix of its own the issuer could name the system's users and groups; give one, such as 'oidc:'",
        'authentication.jwt[2].issuer: another entry has the same issuer; make one of both',
      ],
    ],
    [
      'paths and numbers that are none',
      {
        folder: '../etc',
        pki: { folder: 'pki', files: { rootCa: 'x y' } },
        terminatedPodThreshold: 0,
        requestTimeoutSeconds: -1,
      },
      [
        ...[
          ['folder', '../etc'],
          ['pki.folder', 'pki'],
          ['pki.files.rootCa', 'pki/x y'],
        ].map(
          ([property, value]) =>
            `${property}: "${value}" is no path of a file on a node; write it from the root on, with letters, digits and -_.@+`,
        ),
        'terminatedPodThreshold: 0 is no whole number from 1; give one, or leave it out',
        'requestTimeoutSeconds: -1 is no whole number from 1; give one, or leave it out',
      ],
    ],
    [
      'flags that contradict the settings',
      {
        flags: {
          'kube-apiserver': {
            '--v': '2',
            'audit-log-maxage': '1',
            'anonymous-auth': 'true',
            'token-auth-file': '/tokens.csv',
            'oidc-issuer-url': 'https://x',
            'disable-admission-plugins': 'ServiceAccount',
            'authorization-webhook-config-file': '/w',
            'insecure-port': '8080',
            'enable-admission-plugins': 'AlwaysAdmit',
            'encryption-provider-config': '/x',
            profiling: 'true',
            'tls-cert-file': '/x',
            'authorization-always-allow-paths': '/*',
            'cors-allowed-origins': '.*',
            'feature-gates': 'A=true,AnonymousAuthConfigurableEndpoints=false',
            'goaway-chance': '0.1\n--x',
            'debug-socket-path': '/run/debug.sock',
          },
          'kube-scheduler': { 'contention-profiling': 'true' },
          'kube-proxy': { v: '2' },
        },
      },
      [
        `flags.kube-apiserver.--v: "--v" is no name of a flag; write it without dashes in front: 'v'`,
        'flags.kube-apiserver.audit-log-maxage: --audit-log-maxage: audit logging is made of the settings; set audit',
        'flags.kube-apiserver.anonymous-auth: --anonymous-auth: anonymous requests are limited by authentication.anonymous, and the API server does not start with both; set authentication.anonymous',
        'flags.kube-apiserver.token-auth-file: --token-auth-file: it takes tokens from a file, which stay good until the API server is restarted (CIS 1.12 1.2.2); use ServiceAccounts, certificates, or authentication.jwt',
        'flags.kube-apiserver.oidc-issuer-url: --oidc-issuer-url: the API server does not start with it beside an AuthenticationConfiguration; use authentication.jwt',
        'flags.kube-apiserver.disable-admission-plugins: --disable-admission-plugins: it takes away what Kubernetes relies on (CIS 1.12 1.2.12, 1.2.13); leave it out; what is switched on besides stands in admission.plugins',
        'flags.kube-apiserver.authorization-webhook-config-file: --authorization-webhook-config-file: requests are authorized by Node and RBAC alone (CIS 1.12 1.2.6 to 1.2.8); leave it out',
        'flags.kube-apiserver.insecure-port: --insecure-port: it lets somebody in without TLS or with a password in a file; leave it out',
        'flags.kube-apiserver.enable-admission-plugins: --enable-admission-plugins is set already, to "NodeRestriction,DenyServiceExternalIPs,EventRateLimit,AlwaysPullImages"; set admission.plugins instead',
        'flags.kube-apiserver.encryption-provider-config: --encryption-provider-config is set already, to "/etc/kubernetes/bulwark/encryption.yaml"; set encryption instead',
        'flags.kube-apiserver.profiling: --profiling is set already, to "false"; leave it out',
        'flags.kube-apiserver.tls-cert-file: --tls-cert-file is set already, to "/etc/kubernetes/pki/apiserver.crt"; set pki instead',
        ...['authorization-always-allow-paths', 'cors-allowed-origins'].map(
          (name) =>
            `flags.kube-apiserver.${name}: --${name}: it lets somebody read whom neither RBAC nor the page that they came from would let; leave it out, and give who reads a role`,
        ),
        'flags.kube-apiserver.feature-gates: the settings rely on a feature that it switches off; leave the gate as it is',
        'flags.kube-apiserver.goaway-chance: its value is no text on one line; give one',
        'flags.kube-apiserver.debug-socket-path: --debug-socket-path: whoever may open the socket sees what the program does, and nobody is asked who they are; leave it out',
        'flags.kube-scheduler.contention-profiling: --contention-profiling: profiling shows what the program does; leave it out',
        'flags.kube-proxy: "kube-proxy" is no program of a control plane; use one of kube-apiserver, kube-controller-manager, kube-scheduler',
      ],
    ],
    [
      'an unknown version and distribution',
      {},
      [
        'target.version: the toolkit knows no Kubernetes version "1.99"; use one of 1.28, 1.29, 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, 1.37; 1.37 is nearest',
        expect.stringMatching(
          /^target\.distribution: "kops" is not known; use one of generic, kubeadm, /,
        ) as unknown as string,
      ],
      ClusterTarget.of('1.99', { distribution: 'kops' as never }),
    ],
  ])('%s', (_, settings, expected, on = target) => {
    const whole = { ...minimal, ...settings } as ControlPlaneSettings;
    const found = controlPlaneFaults(whole, on).map(
      ({ property, message, remedy }) => `${property}: ${message}; ${remedy}`,
    );
    expect(found).toEqual(expected);
    expect(() => controlPlane(whole, on, keys)).toThrow(ControlPlaneError);
  });

  it.each<[string, ControlPlaneSettings['encryption'], Record<string, unknown>, readonly string[]]>([
    ['no material', { secretbox: ['a'] }, {}, [`keys["a"]: there is no material for this key; ${remedyOfKeys}`]],
    [
      'material that is too short',
      { secretbox: ['a'] },
      { a: Buffer.alloc(16, 's').toString('base64') },
      [`keys["a"]: the material of this key is not 32 bytes in base64; ${remedyOfKeys}`],
    ],
    [
      'material that nobody made',
      { secretbox: ['a'] },
      { a: Buffer.alloc(32).toString('base64') },
      [`keys["a"]: the material of this key is 32 zeros: whoever tries reads everything; ${remedyOfKeys}`],
    ],
    [
      'material that is no text',
      { secretbox: ['a'] },
      { a: 7 },
      [`keys["a"]: the material of this key is not 32 bytes in base64; ${remedyOfKeys}`],
    ],
    [
      'the same material twice',
      { secretbox: ['a', 'b'] },
      { a: key('s'), b: key('s') },
      [
        'keys["b"]: another key has the same material, so that a rotation would change nothing; make new material: head -c 32 /dev/urandom | base64',
      ],
    ],
    [
      'material that nobody uses',
      { kms },
      { a: key('s') },
      ['keys["a"]: no provider uses this key; leave it out, or name it in encryption.secretbox'],
    ],
  ])('%s: the material is in no message', (_, encryption, material, expected) => {
    const act = () => controlPlane({ encryption }, target, material as Record<string, string>);
    expect(act).toThrow(ControlPlaneError);
    const error = caught(act);
    expect(error.faults.map(({ property, message, remedy }) => `${property}: ${message}; ${remedy}`)).toEqual(expected);
    for (const value of Object.values(material))
      expect(JSON.stringify([error.message, error.faults])).not.toContain(String(value).slice(0, 12));
  });

  it.each([
    'AllBeta',
    'StructuredAuthenticationConfiguration',
    'AnonymousAuthConfigurableEndpoints',
    'KMSv2',
    'RotateKubeletServerCertificate',
  ])('the gate %s, where it is switched off', (gate) => {
    const faultsOf = (value: string) =>
      controlPlaneFaults({ ...minimal, flags: { 'kube-apiserver': { 'feature-gates': value } } }, target);
    expect(faultsOf(`A=true, ${gate}=false`)).toHaveLength(1);
    expect(faultsOf(`${gate}=true`)).toEqual([]);
  });

  it('says all of it in one error, with a line for each', () => {
    const error = caught(() => controlPlane({ encryption: {}, audit: { log: false } }, old));
    expect(error.message.split('\n')).toHaveLength(4);
    expect(error.message).toMatch(
      /^The control plane cannot be made as it is declared:\n {2}encryption: nothing encrypts/,
    );
  });
});

function caught(act: () => unknown): ControlPlaneError {
  try {
    act();
  } catch (error) {
    if (error instanceof ControlPlaneError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('exceptions', () => {
  const short = { audit: { log: { maxAgeDays: 7, maxBackups: 2, maxSizeMegabytes: 10 } } };
  const reason = 'the SIEM has the whole log already';
  const expires = '2027-06-30';
  const faultsOf = (settings: Partial<ControlPlaneSettings>) =>
    controlPlaneFaults({ ...minimal, today, ...settings }, ClusterTarget.of('1.36')).map(
      ({ property, message, remedy }) => `${property}: ${message}; ${remedy}`,
    );

  it('cover exactly the setting that they name', () => {
    expect(faultsOf(short)).toHaveLength(3);
    const exceptions = [{ property: 'audit.log.maxAgeDays', reason, expires }];
    expect(faultsOf({ ...short, exceptions })).toEqual([
      'audit.log.maxBackups: 2 is less than the 10 that CIS 1.12 1.2.18 asks for; give at least 10, or leave it out',
      'audit.log.maxSizeMegabytes: 10 is less than the 100 that CIS 1.12 1.2.19 asks for; give at least 100, or leave it out',
    ]);
    const all = Object.keys(short.audit.log).map((name) => ({ property: `audit.log.${name}`, reason, expires }));
    expect(faultsOf({ ...short, exceptions: all })).toEqual([]);
    const { flags } = controlPlane({ ...minimal, ...short, exceptions: all, today }, ClusterTarget.of('1.36'), keys);
    expect(flags.map(flagText)).toContain('--audit-log-maxage=7');
  });

  const weak: Readonly<Record<string, Partial<ControlPlaneSettings>>> = {
    'admission.alwaysPullImages': { admission: { alwaysPullImages: false } },
    'admission.podSecurity.audit': { admission: { podSecurity: { audit: 'privileged' } } },
    'admission.podSecurity.exemptNamespaces': { admission: { podSecurity: { exemptNamespaces: ['storage'] } } },
    'admission.podSecurity.warn': { admission: { podSecurity: { warn: 'privileged' } } },
    'audit.log.maxAgeDays': { audit: { log: { maxAgeDays: 29 } } },
    'audit.log.maxBackups': { audit: { log: { maxBackups: 9 } } },
    'audit.log.maxSizeMegabytes': { audit: { log: { maxSizeMegabytes: 99 } } },
    'authentication.anonymous': { authentication: { anonymous: 'rbac' } },
    requestTimeoutSeconds: { requestTimeoutSeconds: 301 },
    terminatedPodThreshold: { terminatedPodThreshold: 12_501 },
  };

  it('are there for everything that may be weaker, and for nothing else', () => {
    expect(Object.keys(weak).sort()).toEqual([...excusable].sort());
  });

  it.each(Object.entries(weak))('alone let %s be weak, with a reason and until a day', (property, settings) => {
    const on = ClusterTarget.of(property === 'authentication.anonymous' ? '1.30' : '1.36');
    const properties = (exceptions?: ControlPlaneSettings['exceptions']) =>
      controlPlaneFaults({ ...minimal, today, ...settings, ...(exceptions && { exceptions }) }, on).map(
        (of) => of.property,
      );
    expect(properties()).toEqual([property]);
    expect(properties([{ property, reason, expires }])).toEqual([]);
    expect(properties([{ property, reason: 'x', expires }])).toEqual([property, 'exceptions[0].reason']);
    expect(properties([{ property, reason, expires: '2026-11-20' }])).toEqual([property, 'exceptions[0].expires']);
  });

  it('are not needed for the widest that is no weakness', () => {
    expect(
      faultsOf({
        requestTimeoutSeconds: 300,
        terminatedPodThreshold: 12_500,
        admission: { podSecurity: { enforce: 'baseline', audit: 'baseline', exemptNamespaces: ['kube-system'] } },
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<ControlPlaneSettings>, readonly string[]]>([
    [
      'that nothing needs',
      { exceptions: [{ property: 'audit.log.maxAgeDays', reason, expires }] },
      [
        'exceptions[0].property: nothing is excused by an exception for "audit.log.maxAgeDays"; take it away: the setting is as it should be',
      ],
    ],
    [
      'for what cannot be excused',
      { exceptions: [{ property: 'encryption', reason, expires }] },
      [
        'exceptions[0].property: nothing is excused by an exception for "encryption"; take it away; exceptions are for admission.alwaysPullImages, admission.podSecurity.audit, admission.podSecurity.exemptNamespaces, admission.podSecurity.warn, audit.log.maxAgeDays, audit.log.maxBackups, audit.log.maxSizeMegabytes, authentication.anonymous, requestTimeoutSeconds, terminatedPodThreshold',
      ],
    ],
    [
      'that are over, and without a reason',
      {
        audit: { log: { maxAgeDays: 7 } },
        exceptions: [{ property: 'audit.log.maxAgeDays', reason: 'x', expires: '2026-11-20' }],
      },
      [
        'audit.log.maxAgeDays: 7 is less than the 30 that CIS 1.12 1.2.17 asks for; give at least 30, or leave it out',
        'exceptions[0].reason: the exception to audit.log.maxAgeDays has no reason that anybody could judge; say in a sentence why the rule cannot be kept here',
        'exceptions[0].expires: the exception to audit.log.maxAgeDays ended on 2026-11-20; its reason was: x; mend what it excused, or set a later day after judging it anew',
      ],
    ],
    [
      'without a day to judge them by',
      {
        audit: { log: { maxAgeDays: 7 } },
        exceptions: [{ property: 'audit.log.maxAgeDays', reason, expires }],
        today: undefined as never,
      },
      [
        'audit.log.maxAgeDays: 7 is less than the 30 that CIS 1.12 1.2.17 asks for; give at least 30, or leave it out',
        'today: exceptions are judged against no day, so that none would ever end; give the day as YYYY-MM-DD',
      ],
    ],
  ])('%s are refused', (_, settings, faults) => {
    expect(faultsOf(settings)).toEqual(faults);
  });
});
