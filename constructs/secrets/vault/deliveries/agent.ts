import { groupBy } from '../../../../core/group-by';
import { normalPath } from '../../../../core/manifest/mount-path';
import type { Opening } from '../../../../core/network/policy-spec';
import { type AgentFile, agentAnnotations, agentTokenVolume } from '../../../../core/secrets/vault/agent';
import { roleNameOf, type VaultServer } from '../../../../core/secrets/vault/server';
import type { Platform } from '../../../app/platform';
import { type Delivered, type DeliveryFault, type PlacedSecret, placedFault, type SecretReader } from '../../delivery';
import { accessFaults } from '../../file-access';
import { folderOf } from '../../folders';
import { parseAddress } from '../vault-mount-faults';
import { type PlacedVault, vaultDelivery } from './limits';

/** The Agent Injector: an agent beside the workload writes the files into a volume in memory, and keeps them new. */
export const agent = vaultDelivery('agent', (reader, vault, placed, all) => ({
  ...inject(reader, vault, placed),
  faults: [...faultsOf(reader, vault, placed), ...sharedRole(reader, placed, all)],
}));

const tokenVolume = 'vault-token';
const defaultMode = 0o440;
const defaultProxyPort = 8200;
/** What the API server defaults it to, and hardening with it. */
const defaultGraceSeconds = 30;
/** What is left of the time to stop for revoking the lease: until then the workload may need its credentials. */
const revokingSeconds = 5;

function inject(reader: SecretReader, vault: VaultServer, placed: readonly PlacedVault[]): Delivered {
  const { platform, ids, batch, terminationGraceSeconds = defaultGraceSeconds } = reader;
  const { tokenSeconds } = platform.profile;
  const files = filesOf(placed);
  const containers = [...new Set(placed.map(({ container }) => container))];
  const transit = placed.find(({ mount }) => mount.source?.kind === 'transit');
  const signals = files.some(({ onChange }) => onChange !== undefined && onChange.kind !== 'command');
  return {
    volumes: [agentTokenVolume(tokenVolume, vault, tokenSeconds)],
    reserved: reservedPaths(reader, files, placed, containers),
    podAnnotations: agentAnnotations({
      vault,
      role: roleNameOf(reader.namespace, reader.serviceAccountName),
      files,
      containers,
      initFirst: containers.some((container) => reader.initContainers.includes(container)),
      once: batch,
      ...(ids.user !== undefined && { user: ids.user }),
      ...(ids.group !== undefined && { group: ids.group }),
      tokenVolume,
      revokeGraceSeconds: Math.max(0, terminationGraceSeconds - revokingSeconds),
      ...(transit && { proxyPort: transit.mount.options.port ?? defaultProxyPort }),
    }),
    ...(signals && { pod: { shareProcessNamespace: true } }),
    egress: { openings: openingsTo(vault, platform), to: `vault ${vault.address}` },
  };
}

/** Each file once, though several containers read it. */
function filesOf(placed: readonly PlacedVault[]): readonly AgentFile[] {
  const files = new Map<string, AgentFile>();
  for (const { mount } of placed) {
    const { source, vaultFiles, options } = mount;
    if (source === undefined || source.kind === 'transit') continue;
    for (const file of vaultFiles)
      files.set(file.path, {
        ...file,
        source,
        mode: options.mode ?? defaultMode,
        ...(options.onChange && { onChange: options.onChange }),
      });
  }
  return [...files.values()];
}

/** The injector mounts every folder into every container that reads one, and into every init container. */
function reservedPaths(
  { initContainers }: SecretReader,
  files: readonly AgentFile[],
  placed: readonly PlacedVault[],
  containers: readonly string[],
): NonNullable<Delivered['reserved']> {
  const folders = [...new Set(files.map(({ path }) => folderOf(path)))];
  const property = placed[0]?.property ?? 'secrets';
  return [...new Set([...containers, ...initContainers])].flatMap((container) =>
    folders.map((path) => ({ container, property, path })),
  );
}

/** The agent is in the pod, so that the pod has to reach Vault, and DNS for its name. */
function openingsTo(vault: VaultServer, { target }: Platform): readonly Opening[] {
  const { pods, cidrs = [] } = vault;
  const url = parseAddress(vault.address);
  if (url === undefined) return [];
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const peers = [
    ...(pods === undefined
      ? []
      : [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': pods.namespace } },
            podSelector: { matchLabels: pods.labels },
          },
        ]),
    ...cidrs.map((cidr) => ({ ipBlock: { cidr } })),
  ];
  const [first, ...others] = peers;
  if (first === undefined) return [];
  const isName = !/^[\d.]+$|^\[/.test(url.hostname);
  return [{ peers: [first, ...others], ports: [{ protocol: 'TCP', port }] }, ...(isName ? target.dns : [])];
}

function faultsOf(reader: SecretReader, vault: VaultServer, placed: readonly PlacedVault[]): readonly DeliveryFault[] {
  const [first] = placed;
  const unreachable = first !== undefined && openingsTo(vault, reader.platform).length === 0;
  return [
    ...(unreachable
      ? [
          placedFault(
            {
              property: 'delivery',
              value: 'agent',
              message:
                'the agent calls Vault from the pod, and nothing says where Vault runs: its network stays closed',
              remedy:
                "say where: vault: { pods: { namespace: 'vault', labels: { 'app.kubernetes.io/name': 'vault' } } }, or cidrs outside the cluster",
            },
            first,
          ),
        ]
      : []),
    ...placed.flatMap((each) => [...each.mount.vaultFiles.flatMap(() => access(reader, each)).slice(0, 1)]),
    ...placed.flatMap(ownFolders),
    ...sharedFolders(placed),
    ...twoContents(placed),
    ...proxyFaults(placed, reader.ports),
  ];
}

/** The agent runs as the workload does, so that the file is its own, in the group of its volumes. */
function access(reader: SecretReader, placed: PlacedVault): readonly DeliveryFault[] {
  const mode = placed.mount.options.mode ?? defaultMode;
  return accessFaults(reader, placed, { mode }, 'let its owner read it: 0o440, 0o400');
}

/** Where the injector mounts what the agent itself needs: its copy of the CA, its home, its token. */
const agentFolders = ['/vault/tls', '/home/vault', '/vault/configs'];

function ownFolders(each: PlacedVault): readonly DeliveryFault[] {
  return each.mount.files.flatMap((file) => {
    const own = agentFolders.find((folder) => `${normalPath(file)}/`.startsWith(`${folder}/`));
    if (own === undefined) return [];
    const message = `${file} is in ${own}, which the agent has for itself`;
    const remedy = 'give it a folder of its own, or deliver it by csi or operator';
    return [placedFault({ property: 'file', value: file, message, remedy }, each)];
  });
}

/** What one container asks for, the injector hands to all that ask for anything. */
function sharedFolders(placed: readonly PlacedVault[]): readonly DeliveryFault[] {
  const byContainer = groupBy(placed, ({ container }) => container);
  if (byContainer.size < 2) return [];
  const asked = new Map(
    [...byContainer].map(([name, own]) => [name, new Set(own.flatMap(({ mount }) => mount.files))]),
  );
  return placed.flatMap((each) => {
    const others = [...asked].filter(
      ([name, files]) => name !== each.container && each.mount.files.some((file) => !files.has(file)),
    );
    if (others.length === 0) return [];
    const names = others.map(([name]) => name).join(', ');
    const message = `${each.mount.files.join(', ')} is readable in ${names}, too: the injector mounts every folder in every container that reads one`;
    const remedy = 'deliver it by csi or operator, which mount each file only where it is asked for';
    return [placedFault({ property: 'delivery', value: 'agent', message, remedy, severity: 'warning' }, each)];
  });
}

function isVault(placed: PlacedSecret): placed is PlacedVault {
  return 'vaultFiles' in placed.mount;
}

/** Whoever calls the agent has its token, and with it all that the pod's role allows, by whichever delivery it was asked for. */
function sharedRole(
  { running }: SecretReader,
  placed: readonly PlacedVault[],
  all: readonly PlacedSecret[],
): readonly DeliveryFault[] {
  const key = placed.find(({ mount }) => mount.source?.kind === 'transit');
  if (key === undefined) return [];
  const asked = groupBy(
    all.filter((each) => isVault(each) && each.mount.source !== undefined),
    ({ mount }) => mount.origin,
  );
  return [...asked].flatMap(([origin, own]) => {
    const others = running.filter((name) => own.every(({ container }) => container !== name));
    if (others.length === 0) return [];
    const message = `${origin} is open to ${others.join(', ')}, too: the agent answers every container of the pod, with all that its ServiceAccount may do in Vault`;
    const remedy = 'give the container that uses the key a workload and a ServiceAccount of its own';
    return [placedFault({ property: 'delivery', value: 'agent', message, remedy, severity: 'warning' }, key)];
  });
}

/** In a pod there is one file at a path: the agent writes it for all its containers. */
function twoContents(placed: readonly PlacedVault[]): readonly DeliveryFault[] {
  const writers = new Map<string, PlacedVault>();
  return placed.flatMap((each) =>
    each.mount.files.flatMap((file) => {
      const other = writers.get(file);
      if (other === undefined) writers.set(file, each);
      if (other === undefined || other.mount === each.mount || other.container === each.container) return [];
      const message = `${file} is another secret in container ${other.container}: the agent writes one file for both`;
      const remedy = 'give one VaultSecretMount to both containers, or each a file of its own';
      return [placedFault({ property: 'file', value: file, message, remedy }, each)];
    }),
  );
}

function proxyFaults(placed: readonly PlacedVault[], taken: readonly number[]): readonly DeliveryFault[] {
  const keys = placed.filter(({ mount }) => mount.source?.kind === 'transit');
  const port = keys[0]?.mount.options.port ?? defaultProxyPort;
  return keys.flatMap((each) => {
    const own = each.mount.options.port ?? defaultProxyPort;
    const isTaken = taken.includes(own);
    const message = isTaken
      ? `a container of the pod listens on ${own}, and so would the agent: they share one loopback`
      : own === port
        ? `${own} is no port that the agent can listen on`
        : `the agent answers on one port, and is asked for ${port} and ${own}`;
    const usable = Number.isInteger(own) && own >= 1024 && own <= 65_535;
    if (own === port && usable && !isTaken) return [];
    return [
      placedFault(
        {
          property: 'port',
          value: own,
          message,
          remedy: 'give all keys one port from 1024 to 65535 that no container has',
        },
        each,
      ),
    ];
  });
}
