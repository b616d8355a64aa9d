import { spellingFault } from '../registry/host';
import { parseImage, withHubNamed } from './reference';

/** A registry of one's own, in which images of others are found by the names that they have there. */
export interface ImageRegistry {
  /** As images are called by it, with a port where it has one: `registry.acme.example`. */
  readonly host: string;
  /**
   * Whose images are in it: prefixes of whole path components that begin with a registry. With `docker.io/library`, the image `docker.io/library/redis` is pulled
   * as `registry.acme.example/docker.io/library/redis`.
   */
  readonly upstreams: readonly string[];
  /** The Secrets of type kubernetes.io/dockerconfigjson that every pod pulls with. They need not be in the app. @default - none */
  readonly pullSecrets?: readonly string[];
}

/** An image as a registry of one's own has it, with its tag and digest; undefined where none of its upstreams covers it. */
export function inRegistry({ host, upstreams }: ImageRegistry, image: string): string | undefined {
  const name = upstreamName(image);
  if (name === undefined || !upstreams.some((upstream) => covers(upstream, name))) return undefined;
  return heldBy(host, image);
}

/** Where a registry has the copy of an image: below its host, by its whole name, a port as `-5000`, since no repository has a colon. Undefined for what is no image. */
export function heldBy(host: string, image: string): string | undefined {
  const parts = parseImage(image);
  if (parts === undefined) return undefined;
  const { registry, repository, tag, digest } = parts;
  return `${host}/${registry.replace(':', '-')}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Whether a prefix of whole components covers a name. */
export function covers(prefix: string, name: string): boolean {
  return `${name}/`.startsWith(`${prefix}/`);
}

/** What to do about an image that is pulled from elsewhere. */
export function remedyIn(registry: ImageRegistry, image: string): string {
  const { host } = registry;
  const held = inRegistry(registry, image);
  if (held !== undefined)
    return `write ${held}: only images of kube-bulwark's constructs are named anew, and those of charts, plain objects and patches stay as they are written`;
  const name = upstreamName(image);
  const misspelt = name === undefined ? undefined : spellingFault(withHubNamed(image));
  if (misspelt !== undefined) return `${misspelt.remedy}: ${misspelt.message}`;
  return name === undefined
    ? `write its registry out, and list it in privateRegistry.upstreams: docker.io/library/redis instead of redis`
    : `list ${name} in privateRegistry.upstreams, and copy it there (bulwark images copy); or push the image to ${host}`;
}

/** Registry and repository; undefined where no registry is written: each node completes those as it is configured. */
function upstreamName(image: string): string | undefined {
  const parts = parseImage(image);
  return parts !== undefined && withHubNamed(image).startsWith(`${parts.registry}/`)
    ? `${parts.registry}/${parts.repository}`
    : undefined;
}
