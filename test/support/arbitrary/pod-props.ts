/** Props of a pod: every one of PodProps. */
import * as fc from 'fast-check';
import type { NamedContainerProps, PodProps, TokenProps } from '../../../index';
import { containerProps, type Temper } from './container-props';
import { all, type Fields, few, mapping, mostly, of, sparse } from './parts';
import { classes } from './pod-patch';
import { safeSysctls, seLinuxOptions, unsafeSysctls } from './security-context';

/** What the whole pod is generated for. */
export interface PodTemper {
  readonly wild: boolean;
  readonly windows: boolean;
  /** Whether it ends by itself. */
  readonly batch: boolean;
}

const long = 'x'.repeat(62);

/** Names of further containers: some that share a long beginning, some that look like parts of the main one's volumes. */
const names: Readonly<Record<'init' | 'sidecar' | 'container', readonly string[]>> = {
  init: ['migrate', 'app-writable', `${long}a`],
  sidecar: ['proxy', 'app-mount', `${long}b`],
  container: ['exporter', 'app-writable-tmp', `${long}c`],
};

function further(
  role: keyof typeof names,
  place: number,
  { wild, windows }: PodTemper,
): fc.Arbitrary<NamedContainerProps[]> {
  const temper: Temper = { place, role, wild, windows };
  const good = of(...names[role]);
  const name = wild ? mostly(97, good, of('app', 'Not_A_Label')) : good;
  return fc.tuple(name, containerProps(temper)).map(([given, props]) => [{ ...props, name: given }]);
}

const token: fc.Arbitrary<TokenProps> = sparse<TokenProps>(
  {
    audience: of('vault', 'https://sts.example'),
    path: of('/var/run/tokens/vault', '/var/run/sts/token'),
    expirationSeconds: of(600, 7200),
  },
  50,
  { audience: 100, path: 100 },
);
const badToken = of<TokenProps>(
  { audience: 'vault', path: '/tmp/token' },
  { audience: 'vault', path: '/var/run/tokens/vault', expirationSeconds: 60 },
  { audience: 'vault', path: '/token' },
  { audience: '', path: 'token' },
);

function fields(temper: PodTemper): Fields<PodProps> {
  const values = <A, B>(good: fc.Arbitrary<A>, bad: fc.Arbitrary<B>, percent = 95): fc.Arbitrary<A | B> =>
    temper.wild ? mostly(percent, good, bad) : good;
  const id = values(of(1000, 65532), of(0, -1, 2 ** 31));
  return {
    user: id,
    group: id,
    fsGroup: id,
    supplementalGroups: few(of(2000, 3000, 0), 2),
    seccompProfile: values(of({ localhost: 'profiles/app.json' }), of({ localhost: '../app.json' }, { localhost: '' })),
    appArmorProfile: values(of({ localhost: 'app' }), of({ localhost: '' })),
    seLinux: values(of({ level: 's0:c1,c2' }, { type: 'container_init_t' }), seLinuxOptions, 80),
    sysctls: values(
      mapping(of(...safeSysctls.slice(0, 4)), of('1')),
      mapping(of(...safeSysctls, ...unsafeSysctls), of('1')),
      80,
    ),
    runtimeClass: of(classes.runtime),
    nodes: values(
      all<NonNullable<PodProps['nodes']>>({
        key: of('example.com/pool'),
        value: of('gpu'),
        effect: of('NoSchedule', 'NoExecute'),
      }),
      of({ key: 'a b', value: 'c' }),
    ),
    tolerations: values(
      of<NonNullable<PodProps['tolerations']>>([{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }]),
      of<NonNullable<PodProps['tolerations']>>([{ key: 'a b', operator: 'Exists' }]),
    ),
    nodeSelector: values(of({ zone: 'a' }), of({ zone: 'not a label' })),
    priorityClass: of(classes.priority),
    terminationGraceSeconds: values(of(30, 120), of(0, 2)),
    initContainers: further('init', 1, temper),
    sidecars: further('sidecar', 2, temper),
    containers: further('container', 3, temper),
    tokens: few(values(token, badToken, 80), 1, 1),
    imagePullSecrets: values(of(['registry-pull'], ['a', 'b.c', 'a']), of(['A_B'], [''])),
    os: of('linux'),
    podLabels: values(of({ tier: 'backend' }), of({ tier: 'x'.repeat(64) })),
    podAnnotations: of({ 'prometheus.io/scrape': 'true' }),
  };
}

/** Linux only: Windows has none of it, and its pods are refused with it. */
const linuxOnly: readonly (keyof PodProps)[] = [
  'user',
  'group',
  'fsGroup',
  'supplementalGroups',
  'seccompProfile',
  'appArmorProfile',
  'seLinux',
  'sysctls',
];

/** The names of all props of a pod. */
export const podPropNames = Object.keys(
  fields({ wild: false, windows: false, batch: false }),
) as readonly (keyof PodProps)[];

/** Props of a pod; a Windows pod that is not wild has nothing of Linux. */
export function podProps(temper: PodTemper): fc.Arbitrary<PodProps> {
  return sparse(fields(temper), 15).map((props) => {
    if (!temper.windows) return props;
    const rest = Object.entries(props).filter(([key]) => temper.wild || !linuxOnly.includes(key as keyof PodProps));
    return { ...Object.fromEntries(rest), os: 'windows' as const };
  });
}
