/** Whole declarations: a target, a workload with its props, and what was done to it through the escape hatch. */
import type { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { type KubernetesObject, type Patch, podTemplateOf } from '../../../core/manifest';
import type { PodSpec, PodTemplateSpec } from '../../../core/manifest/pod';
import type { SecurityException } from '../../../core/policy';
import { BulwarkApp, LockedNamespace, type LockedNamespaceProps, type SecureWorkload } from '../../../index';
import { registry } from './container-props';
import { jsonPatch, type Operation, operation } from './json-patch';
import { all, few, mostly, of } from './parts';
import { podAnnotations, podPatch } from './pod-patch';
import { type TargetChoice, targetChoice, targetOf } from './target';
import { classOfKind, type DeclaredKind, declaredKind } from './workload-props';

/** One use of the escape hatch. `$main` stands for the name of the main container, `$account` for the ServiceAccount's. */
export type Hatch =
  | { readonly by: 'patchPod'; readonly patch: Patch<PodSpec> }
  | { readonly by: 'annotations'; readonly annotations: Readonly<Record<string, string | null>> }
  | { readonly by: 'jsonPatch'; readonly operation: Operation };

export interface Declaration {
  readonly target: TargetChoice;
  readonly workload: DeclaredKind;
  readonly apiAccess: boolean;
  readonly hatches: readonly Hatch[];
}

const hatch: fc.Arbitrary<Hatch> = fc.oneof(
  { weight: 6, arbitrary: podPatch.map((patch): Hatch => ({ by: 'patchPod', patch })) },
  { weight: 1, arbitrary: podAnnotations.map((annotations): Hatch => ({ by: 'annotations', annotations })) },
  { weight: 3, arbitrary: operation.map((one): Hatch => ({ by: 'jsonPatch', operation: one })) },
);

/** Any declaration. */
export const declaration: fc.Arbitrary<Declaration> = all<Declaration>({
  target: targetChoice,
  workload: declaredKind,
  apiAccess: mostly(85, fc.constant(false), fc.constant(true)),
  hatches: fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: of<Hatch[]>([]) },
    { weight: 5, arbitrary: fc.array(hatch, { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: few(hatch, 3, 2) },
  ),
});

export interface Declared {
  readonly app: BulwarkApp;
  readonly workload: SecureWorkload;
}

/** What is laid over a declaration: exceptions, and another Pod Security level of the namespace. */
export interface Overlay {
  readonly exceptions?: readonly SecurityException[];
  readonly namespace?: Partial<LockedNamespaceProps>;
}

/** Declares it, in an app of its own. */
export function declare({ target, workload, apiAccess, hatches }: Declaration, overlay: Overlay = {}): Declared {
  const app = new BulwarkApp({
    target: targetOf(target),
    registries: [registry],
    outdir: 'never-written',
    today: '2026-11-21',
    vault: {
      address: 'https://vault.vault.svc:8200',
      pods: { namespace: 'vault', labels: { 'app.kubernetes.io/name': 'vault' } },
      agent: { image: `${registry}/vault@sha256:${'a'.repeat(64)}` },
    },
  });
  const namespace = new LockedNamespace(app, 'shop', { owner: 'team-shop', ...overlay.namespace });
  const Kind = classOfKind[workload.kind] as unknown as new (
    scope: LockedNamespace,
    id: string,
    props: DeclaredKind['props'],
  ) => SecureWorkload;
  const made = new Kind(namespace, 'app', workload.props);
  if (overlay.exceptions) made.addException(...overlay.exceptions);
  if (apiAccess) made.grantApiAccess({ resources: ['configmaps'], verbs: ['get'] });
  for (const one of hatches)
    open(made, forWorkload(one, workload.props.containerName ?? made.name, made.serviceAccountName));
  return { app, workload: made };
}

function open(workload: SecureWorkload, one: Hatch): void {
  const place = workload.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
  if (one.by === 'patchPod') workload.patchPod(one.patch);
  if (one.by === 'annotations') {
    const template: Patch<KubernetesObject> = { metadata: { annotations: one.annotations } };
    workload.patch(
      workload.kind,
      place.reduceRight<Patch<KubernetesObject>>((inner, key) => ({ [key]: inner }), template),
    );
  }
  if (one.by === 'jsonPatch') {
    const object = workload.node.findChild('Resource') as ApiObject;
    object.addJsonPatch(jsonPatch(one.operation, `/${place.join('/')}`));
  }
}

/** With the names for what stands for them. */
function forWorkload(one: Hatch, container: string, account: string): Hatch {
  return JSON.parse(JSON.stringify(one).replaceAll('$main', container).replaceAll('$account', account)) as Hatch;
}

/** The pod template of the workload among an app's objects, as its controller makes pods of it. */
export function podOf(objects: readonly KubernetesObject[], { kind, name }: SecureWorkload): PodTemplateSpec {
  const object = objects.find((candidate) => candidate.kind === kind && candidate.metadata?.name === name);
  const template = object && podTemplateOf(object);
  if (!template) throw new Error(`no ${kind} ${name} with a pod template among ${objects.length} objects`);
  const { metadata, spec } = template;
  const { volumeClaimTemplates = [] } = (object.spec ?? {}) as {
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
  if (volumeClaimTemplates.length === 0) return { metadata, spec };
  // The StatefulSet controller replaces volumes of the same names.
  const claims = volumeClaimTemplates.map(({ metadata: claim }) => ({
    name: claim.name,
    persistentVolumeClaim: { claimName: `${claim.name}-${name}-0` },
  }));
  const others = (spec.volumes ?? []).filter((volume) => claims.every((claim) => claim.name !== volume.name));
  return { metadata, spec: { ...spec, volumes: [...claims, ...others] } };
}
