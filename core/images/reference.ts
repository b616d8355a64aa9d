const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
/** A first component is a registry only if it has a dot or a port, or is `localhost`. */
const registry = [
  `(?:localhost|${label}(?:\\.${label})+)(?::[0-9]+)?`,
  `${label}:[0-9]+`,
  '\\[[a-fA-F0-9]*:[a-fA-F0-9:]*\\](?::[0-9]+)?',
  '\\[[a-fA-F0-9]+\\]:[0-9]+',
].join('|');
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const componentWithoutDot = '[a-z0-9]+(?:(?:_|__|-+)[a-z0-9]+)*';
const repository = `(?:${registry}|${componentWithoutDot})/${component}(?:/${component})*|${component}`;
const tag = '(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?';
const digest = '(?:@sha256:[0-9a-f]{64}|@sha512:[0-9a-f]{128})';

/** `[registry[:port]/]repository[:tag][@digest]`, by the grammar of github.com/distribution/reference. */
export const imageReference = new RegExp(`^(?:${repository})${tag}${digest}?$`);

/** A digest where it belongs. */
export const digestAtEnd = new RegExp(`${digest}$`);

/** A digest in place of a reference. */
export const bareDigest = /^(?:[0-9a-f]{64}$|sha(?:256|512):)/;

/** An image as a registry knows it. */
export interface ImageReference {
  /** The registry, with its port: `docker.io` where the text names none, or Docker Hub by its older name, `index.docker.io`. */
  readonly registry: string;
  /** The repository in it: `library/redis` for Docker's own. */
  readonly repository: string;
  /** @default - none: a runtime takes `latest` */
  readonly tag?: string;
  /** `sha256:…`. @default - none */
  readonly digest?: string;
}

const registryFirst = new RegExp(`^(${registry})/(.+)$`);

/** Docker Hub by its one name, as runtimes have it. @see https://github.com/distribution/reference/blob/main/normalize.go */
export function withHubNamed(text: string): string {
  return text.replace(/^index\.docker\.io(?=\/|$)/, 'docker.io');
}

/** Takes a reference apart and completes it, as a runtime does; undefined for a text that is none. */
export function parseImage(text: string): ImageReference | undefined {
  if (!imageReference.test(text) || bareDigest.test(text)) return undefined;
  const at = text.indexOf('@');
  const name = at === -1 ? text : text.slice(0, at);
  const colon = name.indexOf(':', name.lastIndexOf('/'));
  const path = withHubNamed(colon === -1 ? name : name.slice(0, colon));
  const [, host, rest] = registryFirst.exec(path) ?? [];
  const place =
    host !== undefined && rest !== undefined
      ? { registry: host, repository: host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest }
      : { registry: 'docker.io', repository: path.includes('/') ? path : `library/${path}` };
  return {
    ...place,
    ...(colon !== -1 && { tag: name.slice(colon + 1) }),
    ...(at !== -1 && { digest: text.slice(at + 1) }),
  };
}
