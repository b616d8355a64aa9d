/** Fields of a pod that an environment variable can hold, besides its labels and annotations by their keys. */
export const podFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
] as const;

const ofKey = /^metadata\.(?:labels|annotations)\['.+'\]$/;

/** Whether an environment variable can hold a field of the pod. */
export function isPodField(path: unknown): boolean {
  return podFields.some((each) => each === path) || ofKey.test(String(path));
}
