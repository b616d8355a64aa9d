import type { Credentials } from './credentials';

/** Characters of a registry's own reason that are told on. */
const mostSaid = 500;

/** An answer that is none. */
export interface Refusal {
  readonly registry: string;
  readonly status: number;
  readonly body: Buffer;
  readonly what: 'pull' | 'push';
  /** Who asked, if somebody did. */
  readonly own: Credentials | undefined;
}

/** Why a registry does not do what it is asked for, and what helps. */
export function refusalText({ registry, status, body, what, own }: Refusal): string {
  const said = withoutSecrets(errorText(body), own).slice(0, mostSaid);
  const detail = said === '' ? '' : ` (${said})`;
  const has = own !== undefined;
  const login = `\`docker login ${registry}\``;
  if (status === 401)
    return has
      ? `${registry} refuses the user and password that it was given${detail}: log in anew, ${login}`
      : `${registry} lets nobody in without a user and password${detail}: log in, ${login}`;
  if (status === 403)
    return `${registry} does not let you ${what === 'pull' ? 'read' : 'write'} it${detail}: ask its owner for the right to ${what}`;
  if (status === 404) return `${registry} has no such image${detail}: see its name and tag, or whether you may see it`;
  if (status === 405 && what === 'push')
    return `${registry} is read-only now${detail}: try again when its garbage collection is over`;
  if (status === 429)
    return `${registry} has had enough of our questions${detail}: ${has ? 'wait, or ask for a higher limit' : `log in, ${login}, which raises most limits, or wait`}`;
  return `${registry} answered ${status}${detail}`;
}

/** A registry may say again what it was told. */
function withoutSecrets(text: string, { password, identityToken }: Partial<Credentials> = {}): string {
  return [password, identityToken].reduce<string>(
    (rest, secret) => (secret === undefined || secret === '' ? rest : rest.replaceAll(secret, '…')),
    text,
  );
}

function errorText(body: Buffer): string {
  try {
    const { errors } = JSON.parse(body.toString('utf8')) as {
      readonly errors?: readonly { readonly message?: unknown; readonly code?: unknown }[];
    };
    return (errors ?? []).map(({ message, code }) => String(message ?? code)).join('; ');
  } catch {
    return '';
  }
}
