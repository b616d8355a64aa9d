import type { PodSpec } from './pod';
import { containersOf } from './pod-template';

/** An object that a pod names. */
export interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Whether it is in the namespace of the pod. */
  readonly namespaced: boolean;
}

/** Every object that a pod names and cannot run without; claims are left out, which may be made for the pod. */
export function referencesOf(spec: PodSpec): readonly Reference[] {
  const found: Reference[] = [];
  const add = (id: string, name: string | undefined, namespaced = true): void => {
    const [group = '', kind = ''] = id.split('/');
    if (name) found.push({ group, kind, name, namespaced });
  };
  add('/ServiceAccount', spec.serviceAccountName);
  add('scheduling.k8s.io/PriorityClass', spec.priorityClassName, false);
  add('node.k8s.io/RuntimeClass', spec.runtimeClassName, false);
  for (const { name } of spec.imagePullSecrets ?? []) add('/Secret', name);
  for (const { configMap, secret, csi, projected } of spec.volumes ?? []) {
    add('/ConfigMap', configMap?.name);
    add('/Secret', secret?.secretName);
    add('secrets-store.csi.x-k8s.io/SecretProviderClass', csi?.volumeAttributes?.secretProviderClass);
    for (const source of projected?.sources ?? []) {
      add('/ConfigMap', source.configMap?.name);
      add('/Secret', source.secret?.name);
    }
  }
  for (const { container } of containersOf(spec)) {
    for (const { valueFrom } of container.env ?? []) {
      add('/ConfigMap', valueFrom?.configMapKeyRef?.name);
      add('/Secret', valueFrom?.secretKeyRef?.name);
    }
    for (const { configMapRef, secretRef } of container.envFrom ?? []) {
      add('/ConfigMap', configMapRef?.name);
      add('/Secret', secretRef?.name);
    }
  }
  return found;
}
