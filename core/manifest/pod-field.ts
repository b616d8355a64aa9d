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

/** Fields of a pod that a file of a volume can hold, besides one label or annotation. */
export const podFileFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.labels',
  'metadata.annotations',
] as const;

const ofKey = /^metadata\.(?:labels|annotations)\['.+'\]$/;

/** Whether an environment variable can hold a field of the pod. */
export function isPodField(path: unknown): boolean {
  // An old name of spec.nodeName, which the API server still reads.
  return podFields.some((each) => each === path) || path === 'spec.host' || ofKey.test(String(path));
}

/** Whether a file of a volume can hold a field of the pod. */
export function isFileField(path: unknown): boolean {
  return podFileFields.some((each) => each === path) || ofKey.test(String(path));
}
