import { toDnsLabel } from '../../manifest/names';
import { changeCommand, type OnChange } from '../on-change';
import {
  defaultAudience,
  defaultAuthMount,
  defaultRefresh,
  type VaultAgentResources,
  type VaultServer,
} from './server';
import { readPathOf } from './source';
import { agentTemplate, type ReadableSource, type VaultFileContent } from './template';

/** A file that the agent writes. */
export interface AgentFile extends VaultFileContent {
  readonly source: ReadableSource;
  readonly path: string;
  readonly mode: number;
  readonly onChange?: OnChange;
}

/** What is asked of the Agent Injector for one pod. */
export interface AgentInjection {
  readonly vault: VaultServer;
  readonly role: string;
  readonly files: readonly AgentFile[];
  /** The containers that mount the files. */
  readonly containers: readonly string[];
  /** True where an init container reads one of the files: the agent then goes before it. */
  readonly initFirst: boolean;
  /** True for pods that run to their end: an agent beside them would keep them from it. */
  readonly once: boolean;
  /** Who its processes are: the workload's own user, so that the files belong to it. Undefined where admission assigns them. */
  readonly user?: number;
  readonly group?: number;
  /** The projected volume that holds the token for Vault. */
  readonly tokenVolume: string;
  /** Seconds from the word to stop until its lease is revoked: as long as the workload may need its credentials. */
  readonly revokeGraceSeconds: number;
  /** Where the agent answers for the workload with its own token, for keys that never leave Vault. */
  readonly proxyPort?: number;
}

/** What the injected containers are given, where the server does not say. */
export const defaultAgentResources = { cpu: '50m', memory: '64Mi', ephemeralStorage: '32Mi' } as const;

/** The folder of the injector's copy of the CA's Secret: it is the same for Vault's and OpenBao's. */
const caFolder = '/vault/tls';

const prefixes = { vault: 'vault.hashicorp.com', openbao: 'openbao.org' } as const;

/** What the annotations of an injector begin with: that of OpenBao had a longer name once. */
export const agentPrefixes: readonly string[] = [...Object.values(prefixes), 'openbao.openbao.org'];

/**
 * The annotations of the Agent Injector, in full: what is left out, the flags of the injector would decide.
 * @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations
 */
export function agentAnnotations(injection: AgentInjection): Readonly<Record<string, string>> {
  const { vault, files, containers, once, proxyPort } = injection;
  const resources: VaultAgentResources = { ...defaultAgentResources, ...vault.agent?.resources };
  const patch = JSON.stringify([
    { op: 'add', path: '/securityContext', value: agentSecurityContext(injection) },
    ...(proxyPort === undefined ? [] : [{ op: 'add', path: '/volumeMounts/-', value: tokenForCache(injection) }]),
  ]);
  const ids = fileIds(files);
  const own: Readonly<Record<string, string | undefined>> = {
    'agent-inject': 'true',
    'agent-image': vault.agent?.image,
    'agent-inject-containers': containers.join(','),
    'agent-init-first': String(injection.initFirst),
    'agent-pre-populate': 'true',
    'agent-pre-populate-only': String(once),
    service: vault.address,
    namespace: vault.namespace,
    'tls-skip-verify': 'false',
    'tls-secret': vault.ca?.secret,
    'ca-cert': vault.ca && `${caFolder}/${vault.ca.key ?? 'ca.crt'}`,
    'auth-type': 'kubernetes',
    'auth-path': `auth/${vault.authMount ?? defaultAuthMount}`,
    role: injection.role,
    'agent-service-account-token-volume-name': injection.tokenVolume,
    'agent-inject-token': 'false',
    'agent-enable-quit': 'false',
    'agent-cache-enable': String(proxyPort !== undefined),
    ...(proxyPort !== undefined && {
      'agent-cache-listener-port': String(proxyPort),
      'agent-cache-use-auto-auth-token': 'force',
    }),
    // The injector revokes in the sidecar alone: what runs once lives on with its lease.
    'agent-revoke-on-shutdown': String(!once),
    'agent-revoke-grace': String(injection.revokeGraceSeconds),
    'template-config-exit-on-retry-failure': 'true',
    'template-static-secret-render-interval': vault.refresh ?? defaultRefresh,
    'agent-set-security-context': 'true',
    'agent-run-as-same-user': 'false',
    'agent-run-as-user': injection.user === undefined ? undefined : String(injection.user),
    'agent-run-as-group': injection.group === undefined ? undefined : String(injection.group),
    'agent-json-patch': patch,
    'agent-init-json-patch': patch,
    'agent-requests-cpu': resources.cpu,
    'agent-limits-cpu': '',
    'agent-requests-mem': resources.memory,
    'agent-limits-mem': resources.memory,
    'agent-requests-ephemeral': resources.ephemeralStorage,
    'agent-limits-ephemeral': resources.ephemeralStorage,
    'log-level': 'info',
    'log-format': 'json',
    'secret-volume-path': folderOf(files[0]?.path ?? '/vault/secrets/none'),
    ...Object.assign({}, ...files.map((file, i) => fileAnnotations(file, ids[i] ?? ''))),
  };
  const prefix = prefixes[vault.software ?? 'vault'];
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, text]) => (text === undefined ? [] : [[`${prefix}/${name}`, text]])),
  );
}

/**
 * What hardening gives every container, for the injected ones: the injector's own lacks the seccomp profile, and says root where it is not
 * told who the processes are.
 */
export function agentSecurityContext({ user, group }: Pick<AgentInjection, 'user' | 'group'>) {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    ...(user !== undefined && { runAsUser: user }),
    ...(group !== undefined && { runAsGroup: group }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/**
 * With a cache, the injector has the agent before the containers keep what it read for the one beside them. The agent ties that to the token at this path, and
 * ends where none is; the injector mounts it elsewhere, and cannot tell it so.
 * @see https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent/caching/persistent-caches/kubernetes
 */
function tokenForCache({ tokenVolume }: AgentInjection) {
  return { name: tokenVolume, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true };
}

/** The volume of the token by which the pod shows Vault who it is; no container of the workload mounts it. */
export function agentTokenVolume(name: string, vault: VaultServer, expirationSeconds: number) {
  const serviceAccountToken = { audience: vault.audience ?? defaultAudience, expirationSeconds, path: 'token' };
  return { name, projected: { defaultMode: 0o440, sources: [{ serviceAccountToken }] } };
}

function fileAnnotations(file: AgentFile, id: string): Readonly<Record<string, string>> {
  const { source, path, mode, onChange } = file;
  const command = changeCommand(onChange);
  return {
    [`agent-inject-secret-${id}`]: readPathOf(source),
    [`agent-inject-template-${id}`]: agentTemplate(source, file),
    [`agent-inject-file-${id}`]: path.slice(path.lastIndexOf('/') + 1),
    [`secret-volume-path-${id}`]: folderOf(path),
    [`agent-inject-perms-${id}`]: `0${mode.toString(8)}`,
    [`error-on-missing-key-${id}`]: 'true',
    ...(command !== undefined && { [`agent-inject-command-${id}`]: command }),
  };
}

/**
 * What the annotations of each file are told apart by: its name, in what a key of an annotation may hold (63 characters, of which the
 * longest annotation takes 22). The injector takes it in lower case, and would read `agent-inject-template-file-x` as another annotation.
 */
function fileIds(files: readonly AgentFile[]): readonly string[] {
  const taken = new Set<string>();
  return files.map(({ path }) => {
    const plain = toDnsLabel(path.slice(path.lastIndexOf('/') + 1), 36).replace(/^file-/, 'a-file-');
    let id = plain;
    for (let i = 2; taken.has(id); i++) id = `${plain}-${i}`;
    taken.add(id);
    return id;
  });
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
