import { covers, heldBy, type ImageRegistry } from '../../core/images/image-registry';
import { parseImage } from '../../core/images/reference';
import { isDnsSubdomain } from '../../core/manifest';
import { registryHostFaults } from '../../core/registry/host';
import type { DeclarationFault } from './declaration';
import { list, record, required, type Shape, type Shapes, show, takeArgument, value } from './shape';

/** The name of a Secret that pods pull images with. */
export const pullSecret: Shape = value(
  "the name of a Secret, such as 'registry-pull'",
  (given) => typeof given === 'string' && isDnsSubdomain(given),
);

const host: Shape = {
  what: 'the host of a registry',
  take: (given, path, report) => {
    const remedy = 'write it as registry.acme.example, or registry.acme.example:8443';
    if (typeof given !== 'string') {
      report(path, given, `${show(given)} is no host`, remedy);
      return undefined;
    }
    const faults = registryHostFaults(path, given);
    // What stands in it may be a password.
    for (const fault of faults) report(path, undefined, fault.message, fault.remedy);
    return faults.length === 0 ? given : undefined;
  },
};

const upstream: Shape = {
  what: "the name of a registry, and of repositories in it: 'docker.io/library'",
  take: (given, path, report) => {
    const wrong = wrongWith(given);
    if (wrong === undefined) return given;
    report(path, given, wrong, "write a registry, and what of it is in yours: 'docker.io/library'");
    return undefined;
  },
};

function wrongWith(given: unknown): string | undefined {
  if (typeof given !== 'string') return `${show(given)} is not a text`;
  if (given.includes('*')) return `${given} is a pattern: an upstream is a prefix of whole components`;
  const [registry = ''] = given.split('/');
  const image = `${given}/x`;
  if (parseImage(image)?.registry !== registry) return `${show(given)} names no registry`;
  if (parseImage(heldBy('registry.example', image) ?? '') === undefined)
    return `${show(given)} cannot be in the name of a repository, which has neither capitals nor brackets`;
  return undefined;
}

const shapes: Shapes<ImageRegistry> = {
  host: required(host, "'registry.acme.example'", 'registry.invalid'),
  upstreams: required(list(upstream), "['docker.io/library']", []),
  pullSecrets: list(pullSecret),
};

const shape = record(shapes);

/**
 * The private registry of an app, with something harmless in place of what cannot be used.
 * @param registries where images may come from besides
 * @param mirrors where they are pulled from instead, before the private registry is looked at
 */
export function takeImageRegistry(
  given: unknown,
  registries: readonly string[],
  mirrors: readonly string[],
): { readonly argument: ImageRegistry | undefined; readonly faults: readonly DeclarationFault[] } {
  if (given === undefined || given === null) return { argument: undefined, faults: [] };
  const { argument, faults } = takeArgument<ImageRegistry>(shape, given, 'privateRegistry');
  if (argument === undefined) return { argument, faults };
  return { argument, faults: [...faults, ...betweenFaults(argument, registries, mirrors)] };
}

/** Whether a registry, or what is below it, is all in the private one: each image from there is pulled from that. */
export function isHeld({ upstreams }: ImageRegistry, name: string): boolean {
  return upstreams.some((each) => covers(asNodesRead(each), asNodesRead(name)));
}

/** Without a slash at the end, and Docker Hub by its one name: index.docker.io is docker.io to github.com/distribution/reference. */
function asNodesRead(name: string): string {
  return name.replace(/\/$/, '').replace(/^index\.docker\.io(?=\/|$)/, 'docker.io');
}

/** What is wrong with upstreams beside the host, the other registries and mirrors. */
function betweenFaults(
  registry: ImageRegistry,
  registries: readonly string[],
  mirrors: readonly string[],
): readonly DeclarationFault[] {
  const { host, upstreams } = registry;
  const own = upstreams.filter((each) => covers(host, each));
  const fault = (value: string, message: string, remedy: string): DeclarationFault => ({
    rule: 'prop-valid',
    property: 'privateRegistry.upstreams',
    value,
    message,
    remedy,
  });
  const hasUpstream = (name: string) => upstreams.some((each) => covers(asNodesRead(name), asNodesRead(each)));
  const both = registries
    .map((each) => each.replace(/\/$/, ''))
    .filter((each) => isHeld(registry, each) || hasUpstream(each));
  const mirrored = mirrors
    .map((each) => each.replace(/\/$/, ''))
    .filter((each) => !isHeld(registry, each) && hasUpstream(each));
  return [
    ...own.map((each) =>
      fault(each, `${each} is in the private registry itself`, 'take it away: it is pulled as it is'),
    ),
    ...both.map((each) =>
      fault(
        each,
        `${each} is an upstream, and in registries as well: charts and plain objects could go on pulling from there`,
        `take ${each} out of registries`,
      ),
    ),
    ...mirrored.map((each) =>
      fault(
        each,
        `${each} has an upstream in it, and is a mirror: charts and plain objects could go on pulling from there`,
        `list all of ${each} in upstreams, or mirror to what has none of them`,
      ),
    ),
  ];
}
