import { ClusterTarget } from '../../../core/cluster';
import { harden } from '../../../core/hardening';
import { containersOf, podTemplateOf } from '../../../core/manifest';
import type { PodSpec } from '../../../core/manifest/pod';
import { describeUnless } from '../../support/lack';
import {
  changeLines,
  hardened,
  hardenedObject,
  podSecurityFindings,
  reasons,
  sockShopLack,
  workloads,
} from './sock-shop';

/** Nothing is known of its nodes, as of most clusters at first. */
const plain = ClusterTarget.of('1.34');
/** Its nodes can do everything. */
const able = ClusterTarget.of('1.36', {
  nodes: { userNamespaces: true, appArmor: true, supplementalGroupsPolicy: true },
});
/** Before AppArmor had a field. */
const old = ClusterTarget.of('1.28', { nodes: { appArmor: true } });

/** What must never be invented, of a pod: ids, and where it can write. */
function claims(spec: PodSpec): readonly string[] {
  const ids = (owner: string, context: object | undefined): readonly string[] =>
    Object.entries(context ?? {})
      .filter(([key]) => ['runAsUser', 'runAsGroup', 'fsGroup', 'supplementalGroups'].includes(key))
      .map(([key, value]) => `${owner} ${key} ${JSON.stringify(value)}`);
  const volumes = (spec.volumes ?? []).map(({ name, ...source }) => `volume ${name} ${Object.keys(source)}`);
  const ofContainers = containersOf(spec).flatMap(({ container: { name, securityContext, volumeMounts = [] } }) => [
    ...ids(name, securityContext),
    ...volumeMounts.map((mount) => `${name} mounts ${JSON.stringify(mount)}`),
  ]);
  return [...ids('pod', spec.securityContext), ...volumes, ...ofContainers];
}

describeUnless(sockShopLack, 'the Sock Shop, hardened', () => {
  it('is all here', () => {
    expect(workloads.map(({ name }) => name)).toEqual([
      'carts',
      'carts-db',
      'catalogue',
      'catalogue-db',
      'front-end',
      'orders',
      'orders-db',
      'payment',
      'queue-master',
      'rabbitmq',
      'session-db',
      'shipping',
      'user',
      'user-db',
    ]);
  });

  it('changes just this on a plain 1.34', () => {
    // What every workload shares is said once, so that the snapshot shows what tells them apart.
    const lines = linesOn(plain);
    const shared = sharedBy(lines);
    const own = Object.entries(lines).map(([name, all]) => [name, all.filter((line) => !shared.includes(line))]);
    expect({ 'every workload': shared, ...Object.fromEntries(own) }).toMatchSnapshot();
  });

  it('changes just this besides on a 1.36 whose nodes can do everything', () => {
    expect(differences(linesOn(able), linesOn(plain))).toEqual([
      '+ may-break spec.hostUsers = false',
      '+ may-break spec.securityContext.supplementalGroupsPolicy = "Strict"',
      '+ may-break spec.securityContext.appArmorProfile = {"type":"RuntimeDefault"}',
    ]);
  });

  it('changes AppArmor by annotation, and no way of stopping, on a 1.28', () => {
    const annotation =
      /^may-break metadata.annotations\["container.apparmor.security.beta.kubernetes.io\/(.*)"\] = "runtime\/default"$/;
    const annotated: string[] = [];
    const rest = Object.entries(linesOn(old)).map(([name, all]) => {
      annotated.push(...all.flatMap((line) => annotation.exec(line)?.[1] ?? []));
      return [name, all.filter((line) => !annotation.test(line))] as const;
    });
    expect(annotated).toEqual(workloads.flatMap(({ template }) => template.spec.containers.map(({ name }) => name)));
    expect(differences(Object.fromEntries(rest), linesOn(plain))).toEqual([
      '- safe spec.containers[0].lifecycle.preStop = {"sleep":{"seconds":5}}',
      'rabbitmq: - safe spec.containers[1].lifecycle.preStop = {"sleep":{"seconds":5}}',
    ]);
  });

  it.each([plain, able, old])('says of every change what it is for ($version)', (target) => {
    for (const workload of workloads) {
      const { changes } = hardened(workload, target);
      for (const { class: kind, to, why } of changes) {
        expect(why.length).toBeGreaterThan(10);
        expect(to === undefined).toBe(kind === 'needs-fact');
      }
    }
  });

  it.each([plain, able, old])('reports every difference and nothing else ($version)', (target) => {
    for (const workload of workloads) {
      const { template, changes } = hardened(workload, target);
      // Undoing each reported change gives back the original: nothing else was touched.
      const undone = structuredClone(template) as object;
      for (const { path, class: kind } of changes.toReversed()) {
        if (kind !== 'needs-fact') put(undone, path, get(workload.template, path));
      }
      expect(withoutEmpty(undone)).toEqual(withoutEmpty(workload.template));
    }
  });

  it.each([plain, able, old])('invents no user, no group and no writable path ($version)', (target) => {
    let seen = 0;
    for (const workload of workloads) {
      const before = claims(workload.template.spec);
      seen += before.length;
      expect({ [workload.name]: claims(hardened(workload, target).template.spec) }).toEqual({
        [workload.name]: before,
      });
    }
    // Seven users, six scratch volumes and their mounts are upstream's own.
    expect(seen).toBe(19);
  });

  it.each([plain, able, old])('is hardened once: a second time changes nothing ($version)', (target) => {
    for (const workload of workloads) {
      const once = hardened(workload, target);
      const twice = harden(once.template, { target });
      expect(twice.template).toEqual(once.template);
      expect(twice.changes.filter(({ class: kind }) => kind !== 'needs-fact')).toEqual([]);
    }
  });

  it('leaves the original as it is', () => {
    const before = JSON.stringify(workloads);
    for (const workload of workloads) hardened(workload, able);
    expect(JSON.stringify(workloads)).toBe(before);
  });

  it('names who is accepted, and why each of the others is not', () => {
    const verdicts = (target: ClusterTarget, user?: number) =>
      Object.fromEntries(
        workloads.map((workload) => {
          const pod = hardened(workload, target, user === undefined ? {} : { user });
          return [workload.name, reasons(workload, pod, target).join('; ') || 'accepted'];
        }),
      );
    expect({ 'nothing known': verdicts(plain), 'its user known': verdicts(plain, 10_001) }).toMatchSnapshot();
  });

  it('is refused everywhere before: at least for the capabilities that are not dropped', () => {
    for (const { object } of workloads) {
      const rules = podSecurityFindings(object, plain).map(({ rule }) => rule);
      expect(rules).toEqual(
        expect.arrayContaining(['capabilities-drop-all', 'privilege-escalation', 'seccomp-profile']),
      );
    }
  });

  it('keeps what stands around the pod template', () => {
    for (const workload of workloads) {
      const object = hardenedObject(workload, hardened(workload, plain));
      expect(podTemplateOf(object)?.spec).not.toEqual(workload.template.spec);
      expect({ ...object, spec: undefined }).toEqual({ ...workload.object, spec: undefined });
    }
  });
});

type Lines = Readonly<Record<string, readonly string[]>>;

/** The changes of each workload. */
function linesOn(target: ClusterTarget): Lines {
  return Object.fromEntries(workloads.map((workload) => [workload.name, changeLines(hardened(workload, target))]));
}

function sharedBy(lines: Lines): readonly string[] {
  const [first = [], ...rest] = Object.values(lines);
  return first.filter((line) => rest.every((own) => own.includes(line)));
}

/** What one has more (`+`) or less (`-`) than the other: what is so for every workload, then each one's own. */
function differences(lines: Lines, others: Lines): readonly string[] {
  const each = Object.fromEntries(
    Object.entries(lines).map(([name, own]) => {
      const other = others[name] ?? [];
      const more = own.filter((line) => !other.includes(line)).map((line) => `+ ${line}`);
      const less = other.filter((line) => !own.includes(line)).map((line) => `- ${line}`);
      return [name, [...more, ...less]] as const;
    }),
  );
  const shared = sharedBy(each);
  const own = Object.entries(each).flatMap(([name, all]) =>
    all.filter((line) => !shared.includes(line)).map((line) => `${name}: ${line}`),
  );
  return [...shared, ...own];
}

type Path = readonly (string | number)[];

function get(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (node, step) => (typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined),
    root,
  );
}

function put(root: object, path: Path, value: unknown): void {
  const owner = get(root, path.slice(0, -1)) as object;
  if (value === undefined) Reflect.deleteProperty(owner, path.at(-1) ?? '');
  else Reflect.set(owner, path.at(-1) ?? '', value);
}

/** Without the mappings that hold nothing: `securityContext: {}` says nothing. */
function withoutEmpty(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutEmpty);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, withoutEmpty(value)] as const);
  const full = entries.filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(full);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
