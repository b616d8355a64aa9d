import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';

type Kind = Pick<KubernetesObject, 'apiVersion' | 'kind'>;

/** Groups whose objects are files of Kubernetes' own programs, besides those that end in `config.k8s.io`. */
const ofFiles: ReadonlySet<string> = new Set([
  'apiserver.k8s.io',
  'audit.k8s.io',
  'client.authentication.k8s.io',
  'kind.x-k8s.io',
  'kubeadm.k8s.io',
]);

/** Groups whose objects are questions, which are answered and not kept. */
const ofQuestions: ReadonlySet<string> = new Set([
  'admission.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'imagepolicy.k8s.io',
]);

/** Whether it is a file that a program reads, such as a kubeconfig or a kustomization.yaml: no API server takes it. */
export function isConfigurationFile({ apiVersion, kind }: Kind): boolean {
  const group = apiGroup(apiVersion);
  return (group === '' && kind === 'Config') || /(?:^|\.)config\.k8s\.io$/.test(group) || ofFiles.has(group);
}

/** Whether no cluster keeps objects of that kind, so that they need no name. */
export function isUnstored(object: Kind): boolean {
  return ofQuestions.has(apiGroup(object.apiVersion)) || isConfigurationFile(object);
}
