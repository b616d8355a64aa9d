/**
 * What the Agent Injector of vault-k8s 1.7 does to a pod that carries its annotations: containers, volumes and mounts as its documentation
 * describes them, and the configuration that it hands to the agent.
 *
 * @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations
 */
import type { Container, PodSpec, PodTemplateSpec, VolumeMount } from '../../../core/manifest/pod';

const prefix = 'vault.hashicorp.com/';

type Annotations = Readonly<Record<string, string>>;
type Injected = PodTemplateSpec & { readonly spec: PodSpec };

/** What the injector refuses a pod with. */
export class InjectionRefused extends Error {}

/** The pod after admission. Throws InjectionRefused. */
export function inject(template: PodTemplateSpec): Injected {
  const { annotations = {} } = template.metadata ?? {};
  const told = (name: string) => annotations[prefix + name];
  const { spec } = template;
  if (spec === undefined) throw new Error('the template has no pod');
  if (told('agent-inject') !== 'true') return { ...template, spec };
  const token = tokenOf(spec, told('agent-service-account-token-volume-name'));
  if (!told('role')) throw new InjectionRefused('no Vault role found');

  const files = filesIn(annotations);
  const main = told('secret-volume-path') ?? '/vault/secrets';
  const others = [...new Set(files.map(({ folder }) => folder))].filter((folder) => folder !== main);
  const secretMounts: VolumeMount[] = [
    { name: 'vault-secrets', mountPath: main },
    ...others.map((mountPath, i) => ({ name: `vault-secrets-custom-${i}`, mountPath })),
  ];
  const once = told('agent-pre-populate-only') === 'true';
  const readers = (told('agent-inject-containers') ?? '').split(',');
  const withSecrets = (container: Container): Container => ({
    ...container,
    volumeMounts: [...(container.volumeMounts ?? []), ...secretMounts],
  });
  const agent = (init: boolean): Container =>
    patched(
      {
        name: init ? 'vault-agent-init' : 'vault-agent',
        image: told('agent-image') ?? 'hashicorp/vault:2.0.4',
        env: [
          { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          { name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
          { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
          { name: 'VAULT_LOG_LEVEL', value: told('log-level') ?? 'info' },
          { name: 'VAULT_LOG_FORMAT', value: told('log-format') ?? 'standard' },
          {
            name: 'VAULT_CONFIG',
            value: Buffer.from(JSON.stringify(agentConfig(annotations, token.file, init))).toString('base64'),
          },
        ],
        command: ['/bin/sh', '-ec'],
        args: [
          `echo $` +
            '{VAULT_CONFIG?} | base64 -d > /home/vault/config.json && vault agent -config=/home/vault/config.json',
        ],
        resources: {
          limits: quantities(told, 'limits'),
          requests: quantities(told, 'requests'),
        },
        volumeMounts: [
          { name: token.name, mountPath: token.folder, readOnly: true },
          { name: init ? 'home-init' : 'home-sidecar', mountPath: '/home/vault' },
          ...secretMounts,
          ...(told('tls-secret') ? [{ name: 'vault-tls-secrets', mountPath: '/vault/tls', readOnly: true }] : []),
          ...(keepsCache(annotations) ? [{ name: 'vault-agent-cache', mountPath: cacheFolder }] : []),
        ],
        ...(!init &&
          told('agent-revoke-on-shutdown') === 'true' && {
            lifecycle: {
              preStop: {
                exec: {
                  command: [
                    '/bin/sh',
                    '-c',
                    `/bin/sleep ${told('agent-revoke-grace') ?? 5} && /bin/vault token revoke -address=${told('service')}${
                      told('ca-cert') ? ` -ca-cert=${told('ca-cert')}` : ''
                    } -self`,
                  ],
                },
              },
            },
          }),
        ...(told('agent-set-security-context') !== 'false' && {
          securityContext: {
            runAsUser: Number(told('agent-run-as-user') ?? 100),
            runAsGroup: Number(told('agent-run-as-group') ?? 1000),
            runAsNonRoot: true,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
            allowPrivilegeEscalation: false,
          },
        }),
      },
      told(init ? 'agent-init-json-patch' : 'agent-json-patch'),
    );
  const inits = spec.initContainers ?? [];
  const init = agent(true);
  const own = inits.map(withSecrets);
  const memory = (name: string) => ({ name, emptyDir: { medium: 'Memory' as const } });
  return {
    ...template,
    metadata: { ...template.metadata, annotations: { ...annotations, [`${prefix}agent-inject-status`]: 'injected' } },
    spec: {
      ...spec,
      volumes: [
        ...(spec.volumes ?? []),
        memory('home-init'),
        ...(once ? [] : [memory('home-sidecar')]),
        ...secretMounts.map(({ name }) => memory(name)),
        ...(told('tls-secret') ? [{ name: 'vault-tls-secrets', secret: { secretName: told('tls-secret') } }] : []),
        ...(keepsCache(annotations) ? [memory('vault-agent-cache')] : []),
      ],
      containers: [
        ...spec.containers.map((container) => (readers.includes(container.name) ? withSecrets(container) : container)),
        ...(once ? [] : [agent(false)]),
      ],
      initContainers: told('agent-init-first') === 'true' ? [init, ...own] : [...own, init],
    },
  };
}

const cacheFolder = '/vault/agent-cache';

/** Whether the agent before the containers hands its cache to the one beside them. @see https://github.com/hashicorp/vault-k8s/blob/v1.7.6/agent-inject/agent/annotations.go */
function keepsCache(annotations: Annotations): boolean {
  const told = (name: string) => annotations[prefix + name];
  return (
    told('agent-cache-enable') === 'true' &&
    told('agent-pre-populate') !== 'false' &&
    told('agent-pre-populate-only') !== 'true'
  );
}

/** The configuration of `vault agent` that the injector makes of the annotations. */
export function agentConfig(annotations: Annotations, tokenFile: string, init: boolean) {
  const told = (name: string) => annotations[prefix + name];
  const keeps = keepsCache(annotations);
  const caches = told('agent-cache-enable') === 'true' && told('agent-pre-populate-only') !== 'true' && !init;
  return {
    auto_auth: {
      method: {
        type: told('auth-type'),
        mount_path: told('auth-path'),
        ...(told('namespace') && { namespace: told('namespace') }),
        config: { token_path: tokenFile, role: told('role') },
      },
      sink: [{ type: 'file', config: { path: '/home/vault/.vault-token' } }],
    },
    exit_after_auth: init,
    pid_file: '/home/vault/.pid',
    vault: {
      address: told('service'),
      ...(told('ca-cert') && { ca_cert: told('ca-cert') }),
      ...(told('tls-skip-verify') === 'true' && { tls_skip_verify: true }),
    },
    template: filesIn(annotations).map(({ folder, name, contents, perms, command, errorOnMissingKey }) => ({
      destination: `${folder}/${name}`,
      contents,
      left_delimiter: '{{',
      right_delimiter: '}}',
      ...(command !== undefined && { command }),
      ...(perms !== undefined && { perms }),
      ...(errorOnMissingKey && { error_on_missing_key: true }),
    })),
    ...((keeps || caches) && {
      listener: [{ type: 'tcp', address: `127.0.0.1:${told('agent-cache-listener-port')}`, tls_disable: true }],
      cache: {
        use_auto_auth_token: told('agent-cache-use-auto-auth-token'),
        ...(keeps && { persist: { type: 'kubernetes', path: cacheFolder } }),
      },
    }),
    template_config: {
      exit_on_retry_failure: told('template-config-exit-on-retry-failure') === 'true',
      static_secret_render_interval: told('template-static-secret-render-interval'),
    },
  };
}

function filesIn(annotations: Annotations) {
  const main = annotations[`${prefix}secret-volume-path`] ?? '/vault/secrets';
  return Object.keys(annotations)
    .filter((key) => key.startsWith(`${prefix}agent-inject-secret-`))
    .map((key) => {
      const id = key.slice(`${prefix}agent-inject-secret-`.length);
      const told = (name: string) => annotations[`${prefix}${name}-${id}`];
      return {
        id,
        folder: told('secret-volume-path') ?? main,
        name: told('agent-inject-file') ?? id.toLowerCase(),
        contents: told('agent-inject-template') ?? '',
        perms: told('agent-inject-perms'),
        command: told('agent-inject-command'),
        errorOnMissingKey: told('error-on-missing-key') === 'true',
      };
    });
}

function tokenOf({ volumes = [] }: PodSpec, name: string | undefined) {
  const volume = volumes.find((each) => each.name === name);
  const path = volume?.projected?.sources?.find(({ serviceAccountToken }) => serviceAccountToken)?.serviceAccountToken
    ?.path;
  if (volume === undefined || path === undefined)
    throw new InjectionRefused(`failed to find service account volume "${name}"`);
  const folder = '/var/run/secrets/vault.hashicorp.com/serviceaccount';
  return { name: volume.name, folder, file: `${folder}/${path}` };
}

function quantities(told: (name: string) => string | undefined, kind: 'limits' | 'requests') {
  const names = { cpu: 'cpu', memory: 'mem', 'ephemeral-storage': 'ephemeral' };
  return Object.fromEntries(
    Object.entries(names).flatMap(([resource, short]) => {
      const amount = told(`agent-${kind}-${short}`);
      return amount ? [[resource, amount]] : [];
    }),
  );
}

/** The operations on a member of the container that JSON patches here are made of. */
function patched(container: Container, patch: string | undefined): Container {
  if (!patch) return container;
  const operations = JSON.parse(patch) as readonly { op: string; path: string; value: unknown }[];
  const made: Record<string, unknown> = { ...container };
  for (const { op, path, value } of operations) {
    if (op !== 'add' || !/^\/(?:[a-zA-Z]+|volumeMounts\/-)$/.test(path))
      throw new Error(`the patch ${op} ${path} is not known here`);
    if (path === '/volumeMounts/-') made.volumeMounts = [...((made.volumeMounts ?? []) as VolumeMount[]), value];
    else made[path.slice(1)] = value;
  }
  return made as unknown as Container;
}
