import { isAbsent, type Mutable } from '../manifest/plain';
import type { Container } from '../manifest/pod';
import { Quantity } from '../manifest/quantity';
import type { Draft } from './draft';
import type { Hardening } from './harden';
import { defaultValue, isDue, portName, preStopSleep, saysUnprivileged } from './safe-defaults';

type Path = readonly (string | number)[];

/** The secure defaults of one container. An init container that is no sidecar serves nobody, so it needs no `preStop`. */
export function hardenContainer(
  draft: Draft,
  container: Mutable<Container>,
  path: Path,
  hardening: Hardening,
  init: boolean,
): void {
  hardenSecurityContext(draft, container, path, hardening);
  hardenResources(draft, container, path, hardening);
  namePorts(draft, container, path, hardening);
  const sidecar = init && container.restartPolicy === 'Always';
  if (!hardening.batch && (!init || sidecar) && container.ports?.length)
    sleepBeforeStop(draft, container, path, hardening);
}

interface ContainerDefault {
  readonly key: 'allowPrivilegeEscalation' | 'privileged' | 'readOnlyRootFilesystem';
  readonly value: boolean;
  readonly class: 'safe' | 'may-break';
  readonly why: string;
}

/** What a Linux container's security context says where its owner says nothing. */
const linuxDefaults: readonly ContainerDefault[] = [
  {
    key: 'allowPrivilegeEscalation',
    value: false,
    class: 'may-break',
    why: 'a setuid binary (sudo, ping) no longer gains rights; Pod Security Standard restricted',
  },
  { key: 'privileged', value: false, class: 'safe', why: saysUnprivileged.why },
  {
    key: 'readOnlyRootFilesystem',
    value: true,
    class: 'may-break',
    why: 'an attacker cannot plant a file; paths that the application writes to must be declared as writable',
  },
];

function hardenSecurityContext(draft: Draft, container: Mutable<Container>, path: Path, hardening: Hardening): void {
  if (hardening.windows) return;
  const context = ensure(container, 'securityContext');
  const at = [...path, 'securityContext'];
  linuxDefaults.forEach(({ key, value, class: kind, why }) => {
    // A privileged container escalates by definition, and the API server refuses the contradiction.
    if (key === 'allowPrivilegeEscalation' && context.privileged === true) return;
    if (key === 'privileged' && !isDue(saysUnprivileged, hardening, draft.spec, container)) return;
    draft.setDefault(context, at, key, value, kind, why);
  });
  dropCapabilities(draft, ensure(context, 'capabilities'), [...at, 'capabilities']);
}

function dropCapabilities(draft: Draft, capabilities: { drop?: string[] }, path: Path): void {
  const drop = capabilities.drop ?? [];
  if (drop.includes('ALL')) return;
  const spelt = drop.some((name) => name.toUpperCase() === 'ALL');
  draft.set(
    capabilities,
    path,
    'drop',
    ['ALL'],
    spelt ? 'safe' : 'may-break',
    spelt
      ? 'the Pod Security Standard restricted reads ALL in capital letters only'
      : 'the default capabilities (CHOWN, SETUID, NET_RAW and eleven more) are taken away; add NET_BIND_SERVICE for a port below 1024',
  );
}

function hardenResources(draft: Draft, container: Mutable<Container>, path: Path, hardening: Hardening): void {
  const resources = ensure(container, 'resources');
  const requests = ensure(resources, 'requests') as Record<string, string | number>;
  const limits = ensure(resources, 'limits') as Record<string, string | number>;
  const at = [...path, 'resources'];

  if (requests.cpu === undefined && limits.cpu === undefined) {
    draft.needFact(
      [...at, 'requests', 'cpu'],
      'how much CPU it needs: without a request the scheduler packs it anywhere',
    );
  } else if (requests.cpu === undefined && limits.cpu !== undefined) {
    draft.setDefault(requests, [...at, 'requests'], 'cpu', limits.cpu, 'safe', 'what the API server defaults it to');
  }

  if (limits.memory === undefined && requests.memory === undefined) {
    draft.needFact(
      [...at, 'limits', 'memory'],
      'how much memory it needs: without a limit one container can starve its node',
    );
  } else if (limits.memory === undefined) {
    draft.set(
      limits,
      [...at, 'limits'],
      'memory',
      requests.memory,
      'may-break',
      'memory cannot be taken back, so the limit equals the request; a container that used more than it asked for is ended',
    );
  } else if (requests.memory === undefined) {
    draft.set(requests, [...at, 'requests'], 'memory', limits.memory, 'safe', 'what the API server defaults it to');
  } else if (!sameQuantity(requests.memory, limits.memory)) {
    draft.set(
      requests,
      [...at, 'requests'],
      'memory',
      limits.memory,
      'may-break',
      'memory cannot be taken back, so the request equals the limit; nodes may need more room',
    );
  }

  const storage = 'ephemeral-storage';
  if (limits[storage] === undefined) {
    const value = Quantity.parse(hardening.profile.ephemeralStorage).toString();
    const why = 'one container cannot fill the disk of its node; one that writes more is evicted';
    draft.setDefault(limits, [...at, 'limits'], storage, requests[storage] ?? value, 'may-break', why);
  }
  draft.setDefault(
    requests,
    [...at, 'requests'],
    storage,
    limits[storage],
    'safe',
    'what the API server defaults it to',
  );
}

function sameQuantity(a: string | number, b: string | number): boolean {
  const left = Quantity.tryParse(String(a));
  const right = Quantity.tryParse(String(b));
  return left !== undefined && right !== undefined ? left.compare(right) === 0 : String(a) === String(b);
}

/** Names follow the port, so that Services and policies can speak of them and a change of number is a change in one place. */
function namePorts(draft: Draft, container: Mutable<Container>, path: Path, hardening: Hardening): void {
  container.ports?.forEach((port, i) => {
    if (!isAbsent(port.name) || !isDue(portName, hardening, draft.spec, container, port)) return;
    const name = defaultValue(portName, hardening, draft.spec, container, port);
    draft.setDefault(port, [...path, 'ports', i], 'name', name, 'safe', portName.why);
  });
}

function sleepBeforeStop(draft: Draft, container: Mutable<Container>, path: Path, hardening: Hardening): void {
  if (!isAbsent(container.lifecycle?.preStop)) return;
  const sleep = preStopSleep(hardening.profile);
  if (!isDue(sleep, hardening, draft.spec, container)) return;
  const lifecycle = ensure(container, 'lifecycle');
  const value = defaultValue(sleep, hardening, draft.spec, container);
  draft.setDefault(lifecycle, [...path, 'lifecycle'], 'preStop', value, 'safe', sleep.why);
}

/** The nested object of that name, made where it is absent. */
export function ensure<T extends object, K extends keyof T & string>(owner: T, key: K): NonNullable<T[K]> {
  const record = owner as Record<string, unknown>;
  record[key] ??= {};
  return record[key] as NonNullable<T[K]>;
}
