import { pointerSegments } from '../../manifest/json-patch';
import { clonePlain, isMapping } from '../../manifest/plain';
import type { SecurityContext } from '../../manifest/security-context';

/** The security context of a container that the injector adds. */
export type InjectedContext = SecurityContext;

/** What the injector gives its containers, of the ids that it is told. @see https://github.com/hashicorp/vault-k8s/blob/main/agent-inject/agent/container_sidecar.go */
export function injectorContext(user = '100', group = '1000'): InjectedContext {
  return {
    runAsUser: Number(user),
    runAsGroup: Number(group),
    runAsNonRoot: Number(user) !== 0,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  };
}

/** Fields that give a container no right and run nothing: everything else of a patch is a fault. */
const harmless: ReadonlySet<string> = new Set([
  'resources',
  'imagePullPolicy',
  'terminationMessagePath',
  'terminationMessagePolicy',
]);

/** The volume by which the pod shows Vault who it is, once more: the agent has it anyway. */
function mountsToken(op: unknown, path: unknown, value: unknown, tokenVolume: string | undefined): boolean {
  return (
    op === 'add' &&
    path === '/volumeMounts/-' &&
    tokenVolume !== undefined &&
    isMapping(value) &&
    value.name === tokenVolume &&
    value.readOnly === true
  );
}

/**
 * What a JSON patch that stands in an annotation makes of the context, and what of the patch nobody can judge.
 *
 * @param tokenVolume the volume that the injector is told to mount into the agent
 */
export function patchedContext(
  context: InjectedContext,
  text: string,
  tokenVolume?: string,
): { readonly patched: InjectedContext; readonly faults: readonly string[] } {
  const operations = operationsOf(text);
  if (operations === undefined) return { patched: context, faults: ['the patch is no list of operations in JSON'] };
  const document = { securityContext: clonePlain(context) as unknown };
  const faults: string[] = [];
  for (const { op, path, value } of operations) {
    if (op === 'test' || mountsToken(op, path, value, tokenVolume)) continue;
    const steps = pointerSegments(String(path));
    const [field = 'the whole container'] = steps;
    if (harmless.has(field) && op !== 'move' && op !== 'copy') continue;
    if (field !== 'securityContext')
      faults.push(`the patch changes ${field} of the injected container, which nobody judges`);
    else if (!['add', 'replace', 'remove'].includes(String(op)) || !applied(document, steps, String(op), value))
      faults.push(`the patch has an operation at ${String(path)} that cannot be judged`);
  }
  const { securityContext } = document;
  return { patched: isMapping(securityContext) ? (securityContext as InjectedContext) : {}, faults };
}

function operationsOf(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every(isMapping) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** @returns false where the path leads nowhere */
function applied(document: object, steps: readonly string[], op: string, value: unknown): boolean {
  let node: unknown = document;
  for (const step of steps.slice(0, -1)) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step)) return false;
    node = (node as Readonly<Record<string, unknown>>)[step];
  }
  const last = steps.at(-1) ?? '';
  if (Array.isArray(node)) {
    const index = last === '-' ? node.length : Number(last);
    if (!Number.isInteger(index) || index < 0 || index > node.length) return false;
    if (op === 'add') node.splice(index, 0, value);
    else if (op === 'remove') node.splice(index, 1);
    else node[index] = value;
    return true;
  }
  if (!isMapping(node) || last === '__proto__') return false;
  if (op === 'remove') delete (node as Record<string, unknown>)[last];
  else (node as Record<string, unknown>)[last] = value;
  return true;
}
