import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from '../../../../constructs/app/inspection';
import { ClusterTarget } from '../../../../core/cluster';
import {
  type KubernetesObject,
  PodTemplateKinds,
  podTemplateOf,
  readManifests,
  withPodTemplate,
} from '../../../../core/manifest';
import type { PodSpec } from '../../../../core/manifest/pod';
import { onlineBoutique, registries } from '../../../../examples/online-boutique/online-boutique';
import { BulwarkApp } from '../../../../index';
import { corpus } from '../../../support/corpus';
import { cases } from '../rules/cases';
import { edges } from '../rules/edges';

/** The objects of each rule's cases, by its id: those that break it thrice, since a change mends most of them. */
export function casesByRule(): ReadonlyMap<string, readonly KubernetesObject[]> {
  return new Map(
    [...cases].map(([id, { compliant, violating }]) => [
      id,
      [...violating, ...violating, ...violating, ...compliant].map(({ object }) => complete(object)),
    ]),
  );
}

/** The objects at the edges of each rule, by its id: many, and of interest to it alone. */
export function edgesByRule(): ReadonlyMap<string, readonly KubernetesObject[]> {
  return new Map([...edges].map(([id, all]) => [id, all.map(({ object }) => complete(object))]));
}

/** The conformance fixtures of the Pod Security Standards, and real manifests, where they are there. */
export function corpora(): readonly KubernetesObject[] {
  return [...fixtures(), ...manifests('online-boutique'), ...manifests('sock-shop')].map(complete);
}

/** What the example synthesizes: objects that keep nearly every rule. */
export const hardened = memo((): readonly KubernetesObject[] => {
  const app = new BulwarkApp({ target: ClusterTarget.of('1.36'), registries, outdir: join(tmpdir(), 'never-written') });
  onlineBoutique(app);
  return inspect(app).objects.map(({ object }) => object);
});

/** Containers to debug a pod with, good and bad. */
export function ephemeralContainers(): readonly object[] {
  const contexts = [...casesByRule().values()]
    .flat()
    .flatMap((object) => podTemplateOf(object)?.spec.containers ?? [])
    .flatMap(({ securityContext }) => (securityContext ? [JSON.stringify(securityContext)] : []));
  return [...new Set(contexts), ...Array.from({ length: 20 }, (_, n) => JSON.stringify({ runAsUser: 1000 + n }))].map(
    (securityContext) => ({
      name: 'debug',
      image: 'registry.acme.example/debug:1',
      securityContext: JSON.parse(securityContext),
    }),
  );
}

function memo<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function fixtures(): readonly KubernetesObject[] {
  const rows = corpus('pod-security-standards.jsonl').rows<{ readonly pod: KubernetesObject }>();
  // The pods of the policy versions are mostly the same.
  const pods = new Map(rows.map(({ pod }) => [JSON.stringify(pod.spec), pod]));
  return [...pods.values()].map((pod) => ({ ...pod, metadata: { ...pod.metadata, name: 'fixture' } }));
}

function manifests(folder: string): readonly KubernetesObject[] {
  return corpus(folder)
    .yamlFiles()
    .flatMap((file) => readManifests(readFileSync(file, 'utf8'), { source: file }).documents)
    .map(({ object }) => object)
    .filter(({ kind }) => kind !== 'Kustomization' && kind !== 'Deployment.Strategy');
}

/** The object with what the API server asks of every such object, where it is left out: a case says what it is about, and no more. */
export function complete(object: KubernetesObject): KubernetesObject {
  if (object.kind === 'Service')
    return { ...object, spec: { ports: [{ port: 80 }], ...(object.spec as object | undefined) } };
  if (/^(Cluster)?RoleBinding$/.test(object.kind)) {
    const roleRef = {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'it',
      ...(object.roleRef as object | undefined),
    };
    return { ...object, roleRef };
  }
  if (object.kind === 'PersistentVolume') {
    const { csi, ...given } = (object.spec ?? {}) as { readonly csi?: object };
    const source =
      csi || Object.keys(given).length === 0 ? { csi: { driver: 'a', volumeHandle: 'it', ...csi } } : given;
    const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['it'] }] }];
    const nodeAffinity = { required: { nodeSelectorTerms: terms } };
    const spec = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], nodeAffinity, ...source };
    return { ...object, spec };
  }
  if (/^gateway\.networking\.(x-)?k8s\.io\//.test(object.apiVersion))
    return { ...object, spec: completeRouting(object) };
  const template = podTemplateOf(object);
  if (template === undefined) return object;
  const path = PodTemplateKinds.builtIn.pathOf(object) ?? [];
  const labels = { app: 'it', ...template.metadata.labels };
  const completed = withPodTemplate(object, {
    ...template,
    metadata: path.length > 0 ? { ...template.metadata, labels } : template.metadata,
    spec: completePod(template.spec, object.kind),
  });
  const spec = completed.spec as Readonly<Record<string, unknown>>;
  if (object.apiVersion === 'apps/v1')
    return {
      ...completed,
      spec: { selector: { matchLabels: labels }, ...spec, ...(object.kind === 'StatefulSet' && { serviceName: 'it' }) },
    };
  if (object.kind === 'CronJob') return { ...completed, spec: { schedule: '0 0 * * *', ...spec } };
  return completed;
}

/** What the Gateway API asks of listeners and references, besides what rules are about. */
function completeRouting({ kind, spec = {} }: KubernetesObject): object {
  const { listeners, rules, ...rest } = spec as {
    readonly listeners?: readonly Readonly<Record<string, unknown>>[];
    readonly rules?: readonly { readonly backendRefs?: readonly object[] }[];
  };
  const parent =
    kind === 'Gateway' ? { gatewayClassName: 'it' } : kind === 'HTTPRoute' ? {} : { parentRef: { name: 'it' } };
  const certificates = { certificateRefs: [{ name: 'it' }] };
  return {
    ...parent,
    ...(kind !== 'HTTPRoute' && { listeners: [{ name: 'it', port: 80, protocol: 'HTTP' }] }),
    ...rest,
    ...(listeners && {
      listeners: listeners.map((listener, i) => ({
        ...(listener.protocol === 'HTTPS' && { tls: certificates }),
        ...listener,
        name: listener.name ?? `l${i}`,
        port: 8000 + i,
      })),
    }),
    ...(rules && {
      rules: rules.map((rule) => ({
        ...rule,
        ...(rule.backendRefs && { backendRefs: rule.backendRefs.map((reference) => ({ port: 80, ...reference })) }),
      })),
    }),
  };
}

function completePod(spec: PodSpec, kind: string): PodSpec {
  // A mutant may have anything in place of the list.
  const withImages = (list: PodSpec['containers'] | undefined) =>
    Array.isArray(list)
      ? (list as NonNullable<typeof list>).map((container, i) => ({
          image: 'registry.acme.example/it:1',
          ...container,
          name: container?.name ?? `c${i}`,
        }))
      : undefined;
  const containers = spec.containers?.length ? spec.containers : [{ name: 'it' }];
  return {
    ...spec,
    // A HostProcess container is on the network of its node, or it is invalid.
    ...(JSON.stringify(spec).includes('"hostProcess":true') && { hostNetwork: true }),
    ...(kind.endsWith('Job') && !spec.restartPolicy && { restartPolicy: 'Never' as const }),
    containers: withImages(containers) ?? [],
    ...(spec.initContainers && { initContainers: withImages(spec.initContainers) ?? [] }),
  };
}
