/** Security contexts of pods and containers: harmless and harmful values alike. */
import * as fc from 'fast-check';
import type { Patch } from '../../../core/manifest';
import type {
  AppArmorProfile,
  Capabilities,
  PodSecurityContext,
  SELinuxOptions,
  SeccompProfile,
  SecurityContext,
  Sysctl,
  WindowsSecurityContextOptions,
} from '../../../core/manifest/pod';
import { all, type Fields, few, of, some, sparse } from './parts';

const id = of(65532, 1000, 0);

const seccompProfile: fc.Arbitrary<SeccompProfile> = fc.oneof(
  of({ type: 'RuntimeDefault' }, { type: 'Unconfined' }),
  all({ type: of('Localhost'), localhostProfile: of('profiles/app.json') }),
);

const appArmorProfile: fc.Arbitrary<AppArmorProfile> = fc.oneof(
  of({ type: 'RuntimeDefault' }, { type: 'Unconfined' }),
  all({ type: of('Localhost'), localhostProfile: of('app') }),
);

export const seLinuxOptions: fc.Arbitrary<SELinuxOptions> = sparse<SELinuxOptions>(
  {
    type: of('container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t', ''),
    level: of('s0:c123,c456', ''),
    user: of('', 'system_u'),
    role: of('', 'system_r'),
  },
  20,
  { type: 80, level: 50 },
);

const windowsOptions: fc.Arbitrary<WindowsSecurityContextOptions> = some({
  gmsaCredentialSpecName: of('webapp'),
  gmsaCredentialSpec: of('{}'),
  runAsUserName: of('ContainerUser', 'NT AUTHORITY\\SYSTEM'),
  hostProcess: fc.boolean(),
});

/** Sysctls that some or all policy versions take. */
export const safeSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_rmem',
] as const;
export const unsafeSysctls = ['net.core.somaxconn', 'kernel.msgmax', 'net.ipv4.tcp_notsent_lowat'] as const;

const sysctls: fc.Arbitrary<Sysctl[]> = few(of(...safeSysctls, ...unsafeSysctls), 2, 1).map((names) =>
  names.map((name) => ({ name, value: '1' })),
);

/** `null` takes the field out. */
const nullable = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 6 });

const podFields: Fields<Patch<PodSecurityContext>> = {
  seLinuxOptions: nullable(seLinuxOptions),
  windowsOptions: nullable(windowsOptions),
  runAsUser: nullable(id),
  runAsGroup: nullable(id),
  runAsNonRoot: nullable(fc.boolean()),
  supplementalGroups: nullable(few(of(1000, 2000, 0), 2)),
  supplementalGroupsPolicy: nullable(of('Merge', 'Strict')),
  fsGroup: nullable(id),
  sysctls: nullable(sysctls),
  fsGroupChangePolicy: nullable(of('OnRootMismatch', 'Always')),
  seccompProfile: nullable(seccompProfile),
  appArmorProfile: nullable(appArmorProfile),
  seLinuxChangePolicy: nullable(of('Recursive', 'MountOption')),
};

/** Each field of a container's security context. */
export const containerContextFields: Fields<Patch<SecurityContext>> = {
  capabilities: nullable(
    some<Patch<Capabilities>>({
      add: nullable(few(of('NET_BIND_SERVICE', 'CHOWN', 'NET_RAW', 'SYS_ADMIN', 'ALL', 'net_bind_service'), 2)),
      drop: nullable(few(of('ALL', 'all', 'NET_RAW', 'CHOWN'), 2)),
    }),
  ),
  privileged: nullable(fc.boolean()),
  seLinuxOptions: nullable(seLinuxOptions),
  windowsOptions: nullable(windowsOptions),
  runAsUser: nullable(id),
  runAsGroup: nullable(id),
  runAsNonRoot: nullable(fc.boolean()),
  readOnlyRootFilesystem: nullable(fc.boolean()),
  allowPrivilegeEscalation: nullable(fc.boolean()),
  procMount: nullable(of('Default', 'Unmasked')),
  seccompProfile: nullable(seccompProfile),
  appArmorProfile: nullable(appArmorProfile),
};

/** A part of a pod's security context, as a patch. */
export const podSecurityContext = some(podFields, 2, {
  seccompProfile: 3,
  runAsUser: 2,
  runAsNonRoot: 2,
  sysctls: 3,
  seLinuxOptions: 2,
});

/** A part of a container's security context, as a patch. */
export const containerSecurityContext = some(containerContextFields, 2, {
  capabilities: 4,
  procMount: 3,
  seccompProfile: 2,
  runAsUser: 2,
  runAsNonRoot: 2,
  seLinuxOptions: 2,
});

/** What the restricted standard asks of a container. */
export const restrictedContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const satisfies SecurityContext;

const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } = restrictedContext;

/** The context of a container that a patch adds: good, nearly good, or none. */
export const wholeContext: fc.Arbitrary<Patch<SecurityContext> | undefined> = fc.oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: fc.constant<Patch<SecurityContext>>(restrictedContext) },
  {
    weight: 3,
    arbitrary: of<Patch<SecurityContext>>(
      { readOnlyRootFilesystem, capabilities },
      { readOnlyRootFilesystem, capabilities, allowPrivilegeEscalation: true },
      { readOnlyRootFilesystem, allowPrivilegeEscalation },
      { readOnlyRootFilesystem, allowPrivilegeEscalation, capabilities: { drop: ['all'] } },
      { readOnlyRootFilesystem, allowPrivilegeEscalation, capabilities: { ...capabilities, add: ['CHOWN'] } },
      { allowPrivilegeEscalation, capabilities },
    ),
  },
  { weight: 3, arbitrary: containerSecurityContext.map((part) => ({ ...restrictedContext, ...part })) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
