/** As Flux, Helm, envsubst, kustomize, pipelines and plugins of Argo CD write what they fill in. */
const placeholder = /\$[{(]|^\$[A-Za-z_]\w*$|\{\{|#\{|<path:|^__\w+__$|^<[^<>]+>$/;

/** Whether a value is a text in which something will be filled in before it is applied. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && placeholder.test(value);
}
