import { isMapping } from '../../manifest/plain';
import { injectorsOf, isTrueText } from '../vault/injector';
import { textAt, trimSlashes } from './lookup';
import { kubernetesSecret, named, unknownSecret, vaultSecret } from './naming';
import type { NamedSecret } from './reading';

/** What the Agent Injector puts into a pod. */
export interface Injected {
  /** Each with the file that it becomes, in full. */
  readonly secrets: readonly (NamedSecret & { readonly file?: string })[];
  /** What the agent itself reads: no container of the pod's owner has it. */
  readonly ofAgent: readonly NamedSecret[];
  /** The containers that have the files. @default - all of them */
  readonly containers?: readonly string[];
  /** Whether init containers have them. */
  readonly isEarly: boolean;
}

/** What names a secret of the injector: the annotation's value is its path, its template, or the file of that. */
const namingAnnotations = /^agent-inject-(?:secret|template-file|template)-(.+)$/;

/** As for a transit key. The injector adds the token unless it is told not to. */
const answering =
  'the agent answers on loopback with its own token: all that the policies of its role allow, transit keys among it';

const defaultFolder = '/vault/secrets';

/** What the annotations of a pod have the injector do; nothing where they do not ask for it. */
export function injectedBy(annotations: unknown, namespace: string | undefined): readonly Injected[] {
  return injectorsOf(isMapping(annotations) ? annotations : undefined).flatMap(({ key, told: value }) => {
    const prefix = key('');
    const role = value('role') ?? value('auth-config-role');
    const names = Object.keys(annotations ?? {})
      .filter((name) => name.startsWith(prefix) && textAt(annotations, name)?.trim())
      .flatMap((name) => namingAnnotations.exec(name.slice(prefix.length))?.[1] ?? []);
    const secrets = [...new Set(names)].flatMap((name) => {
      const file = fileOf(name, value);
      return secretsOf(name, value, role).map((secret) => ({ ...secret, file }));
    });
    const configuration = value('agent-configmap');
    const whole =
      configuration === undefined
        ? []
        : [unknownSecret('vault', `the ConfigMap ${configuration} says what the agent reads`, { role })];
    const answers =
      isTrueText(value('agent-cache-enable')) &&
      /^(?:true|force)$/.test(value('agent-cache-use-auto-auth-token') ?? 'true');
    const proxied = answers ? [unknownSecret('vault', answering, { role })] : [];
    const containers = value('agent-inject-containers')?.split(',');
    return [
      {
        secrets: [...secrets, ...whole, ...proxied],
        ofAgent: ['agent-extra-secret', 'tls-secret'].flatMap((name) => {
          const secret = value(name);
          return secret === undefined ? [] : [named(kubernetesSecret(namespace, secret))];
        }),
        ...(containers !== undefined && { containers }),
        isEarly: value('agent-pre-populate') === undefined || isTrueText(value('agent-pre-populate')),
      },
    ];
  });
}

/** The paths that one template reads; the annotated path where it reads no other. */
function secretsOf(
  name: string,
  value: (name: string) => string | undefined,
  role: string | undefined,
): readonly NamedSecret[] {
  const namespace = value('namespace');
  const path = value(`agent-inject-secret-${name}`);
  const template = value(`agent-inject-template-${name}`) ?? '';
  const { paths, isComputed } = pathsOf(template);
  const all = [...new Set([...(path === undefined ? [] : [path]), ...paths])];
  const [only, ...others] = all;
  const fields = only !== undefined && others.length === 0 ? fieldsOf(template) : undefined;
  const secrets =
    only !== undefined && fields !== undefined
      ? fields.map((key) => vaultSecret(only, { key, role }, namespace))
      : all.map((each) => vaultSecret(each, { role }, namespace));
  if (isComputed)
    return [...secrets, unknownSecret('vault', `the template ${name} works out a path when it is rendered`, { role })];
  if (secrets.length > 0) return secrets;
  return [unknownSecret('vault', `the template ${name} names no secret plainly`, { role })];
}

const action = /\{\{(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|[^"`{}]|\}(?!\}))*\}\}/g;
/** A call that reads Vault, and its first argument; or a text, in which none stands. */
const call =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|(?<![.\w$"`])(?:secrets?|pkiCert)[ \t\n]+(?:"((?:[^"\\\n]|\\.)*)"|`([^`]*)`|([^ \t\n|}]))/g;

/** What a template of Consul Template reads of Vault. Nothing else of the template is looked at. */
function pathsOf(template: string): { readonly paths: readonly string[]; readonly isComputed: boolean } {
  const calls = [...template.matchAll(action)].flatMap(([text]) => [...text.matchAll(call)]);
  return {
    paths: calls.flatMap(([, quoted, raw]) => quoted ?? raw ?? []),
    isComputed: calls.some(([, , , computed]) => computed !== undefined),
  };
}

const presence = /\bsprig_hasKey\s+\.Data(?:\.data)?\s+"[^"]*"/g;
const inBrackets = /\(\s*secret(?:\s+"[^"\\]*")+\s*\)(?=\.Data)/g;
const oneField =
  /\bindex\s+(?:\$\w*)?\.Data(?:\.data|\s+"data"(?=\s+"))?\s+"([^"\\]+)"|(?:\$\w*)?\.Data(?:\.data(?=\.))?\.([A-Za-z_]\w*)/g;
const quoted = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/g;
/** A call whose secret becomes the point or a variable, as it is; and such a variable that becomes the point. */
const kept = /(\bwith\s+|=\s*)(?:(?:secrets?|pkiCert)\b[^|{}]*|\$\w+\s*-?)\}\}/g;
/** The secret as a whole; the point, a variable or a call, which may be it. */
const wholeSecret = /\.Data|(?<![\w.)\]])\.(?!\w)|\$\w*(?![\w.])(?!\s*(?:,|:?=))|(?<![\w.$])(?:secrets?|pkiCert)\b/;

/** The fields that a template prints of the one secret it reads; undefined where it may print all of them. */
function fieldsOf(template: string): readonly string[] | undefined {
  const actions = [...template.matchAll(action)].map(([text]) => text.replace(presence, ' ').replace(inBrackets, ''));
  const fields = new Set<string>();
  const rest = actions.join('').replace(oneField, (_, indexed: string | undefined, named: string | undefined) => {
    const field = indexed ?? named ?? '';
    fields.add(field);
    // All that version 2 of the KV engine has in it.
    return field === 'data' ? '.Data' : ' ';
  });
  const isPart = fields.size > 0 && !wholeSecret.test(rest.replace(quoted, ' ').replace(kept, '$1'));
  return isPart ? [...fields] : undefined;
}

function fileOf(name: string, value: (name: string) => string | undefined): string {
  const folder = value(`secret-volume-path-${name}`) ?? value('secret-volume-path') ?? defaultFolder;
  const keepsCase = isTrueText(value(`preserve-secret-case-${name}`) ?? value('preserve-secret-case'));
  const file = value(`agent-inject-file-${name}`) ?? (keepsCase ? name : name.toLowerCase());
  return `/${trimSlashes(folder)}/${trimSlashes(file)}`;
}
