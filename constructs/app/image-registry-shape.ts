import { covers, heldBy, type ImageRegistry } from '../../core/images/image-registry';
import { parseImage, withHubNamed } from '../../core/images/reference';
import { isDnsSubdomain } from '../../core/manifest';
import { formatPath } from '../../core/manifest/path';
import { ownRegistryFaults, spellingFault } from '../../core/registry/host';
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
    const faults = ownRegistryFaults(path, given);
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
    report(
      path,
      given,
      wrong.message,
      wrong.remedy ?? "write a registry, and what of it is in yours: 'docker.io/library'",
    );
    return undefined;
  },
};

function wrongWith(given: unknown): { readonly message: string; readonly remedy?: string } | undefined {
  if (typeof given !== 'string') return { message: `${show(given)} is not a text` };
  if (given.includes('*')) return { message: `${given} is a pattern: an upstream is a prefix of whole components` };
  const [registry = ''] = given.split('/');
  const image = `${given}/x`;
  const misspelt = spellingFault(given);
  if (misspelt !== undefined && parseImage(image) !== undefined) return misspelt;
  if (parseImage(image)?.registry !== registry) return { message: `${show(given)} names no registry` };
  if (parseImage(heldBy('registry.example', image) ?? '') === undefined)
    return { message: `${show(given)} cannot be in the name of a repository, which has neither capitals nor brackets` };
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

/** What is wrong with how registries and mirrors are called, by the props that name them. */
export function registryNameFaults(
  registries: readonly string[],
  mirrors: Readonly<Record<string, string>>,
): readonly DeclarationFault[] {
  const of = (property: string, each: string): readonly DeclarationFault[] => {
    const wrong = spellingFault(each);
    return wrong === undefined ? [] : [{ rule: 'prop-valid', property, value: each, ...wrong }];
  };
  return [
    ...registries.flatMap((each, i) => of(`registries[${i}]`, each)),
    ...Object.entries(mirrors).flatMap(([from, to]) => [
      ...of('mirrors', from),
      ...of(formatPath(['mirrors', from]), to),
    ]),
  ];
}

/** Whether a registry, or what is below it, is all in the private one: each image from there is pulled from that. */
export function isHeld({ upstreams }: ImageRegistry, name: string): boolean {
  return upstreams.some((each) => covers(asNodesRead(each), asNodesRead(name)));
}

/** Without a slash at the end, and Docker Hub by its one name. */
function asNodesRead(name: string): string {
  return withHubNamed(name.replace(/\/$/, ''));
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
