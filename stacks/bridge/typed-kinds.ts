import * as kubernetes from '@pulumi/kubernetes';
import type { CustomResource, CustomResourceOptions, Inputs } from '@pulumi/pulumi';
import { isStanding } from '../../core/cluster/standing';
import { apiGroup, identityOf } from '../../core/manifest/identity';
import type { KubernetesObject } from '../../core/manifest/object';

type ResourceClass = new (name: string, args: Inputs, options: CustomResourceOptions) => CustomResource;

/** The classes of @pulumi/kubernetes, by module and version. They load when they are read. */
const modules = kubernetes as unknown as Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>;

/**
 * The class of @pulumi/kubernetes for a kind, where it has one. It knows under which older API versions a state may have the resource, and
 * which fields are secret.
 */
function classOf(apiVersion: string, kind: string): ResourceClass | undefined {
  const group = apiGroup(apiVersion) || 'core';
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const [module = ''] = group.split('.');
  const found = modules[module]?.[version]?.[kind];
  // Other groups begin with the same word: networking.k8s.io, networking.istio.io.
  const isIt =
    typeof found === 'function' && Reflect.get(found, '__pulumiType') === `kubernetes:${group}/${version}:${kind}`;
  return isIt ? (found as ResourceClass) : undefined;
}

/** Who owns the fields of an object that Kubernetes has made. It stays, so that an update takes back what it no longer says. */
const fieldManager = { 'pulumi.com/patchFieldManager': 'kube-bulwark' };

/**
 * One object as a resource. What Kubernetes makes by itself, such as the ServiceAccount `default`, is changed and not made: the provider
 * refuses to create what is there.
 * @param inputs the object's members, of which some may be outputs
 */
export function resourceOf(
  object: KubernetesObject,
  name: string,
  inputs: Inputs,
  options: CustomResourceOptions,
): CustomResource {
  const { apiVersion, kind } = object;
  const Patch = isStanding(identityOf(object)) ? classOf(apiVersion, `${kind}Patch`) : undefined;
  if (Patch !== undefined) {
    const { annotations } = inputs.metadata;
    const metadata = { ...inputs.metadata, annotations: { ...annotations, ...fieldManager } };
    const patched = { ...inputs, metadata };
    return new Patch(name, patched, { ...options, transformations: [keepingAllOf(patched)] });
  }
  const Typed = classOf(apiVersion, kind);
  if (Typed !== undefined) return new Typed(name, inputs, { ...options, transformations: [keepingAllOf(inputs)] });
  return new kubernetes.apiextensions.CustomResource(name, inputs as kubernetes.apiextensions.CustomResourceArgs, {
    ...options,
    aliases: [...(options.aliases ?? []), ...earlierTypes(object).map((type) => ({ type }))],
  });
}

/** A class leaves out what it does not know. A newer Kubernetes may have more members at the root of an object. */
function keepingAllOf(inputs: Inputs): NonNullable<CustomResourceOptions['transformations']>[number] {
  return ({ props, opts }) => {
    const missing = Object.entries(inputs).filter(([key]) => props[key] === undefined);
    return missing.length === 0 ? undefined : { props: { ...props, ...Object.fromEntries(missing) }, opts };
  };
}

/** The types of the same custom kind in earlier API versions: an object that moves to a newer one is the same resource, and not replaced. */
function earlierTypes({ apiVersion, kind }: KubernetesObject): readonly string[] {
  const group = apiGroup(apiVersion);
  return earlierVersions(apiVersion.slice(apiVersion.indexOf('/') + 1)).map(
    (version) => `kubernetes:${group}/${version}:${kind}`,
  );
}

const stages = ['alpha', 'beta'] as const;
/** No API has had more steps within a stage than this. */
const mostSteps = 3;

/** Versions that an API may have had before this one: of `v1` all of `v1alpha1` to `v1beta3`. */
export function earlierVersions(version: string): readonly string[] {
  const [, major, stage, step] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  if (major === undefined) return [];
  const earlierMajors = Array.from({ length: Number(major) - 1 }, (_, i) => `v${i + 1}`);
  const steps = stages.flatMap((each) => Array.from({ length: mostSteps }, (_, i) => `v${major}${each}${i + 1}`));
  const own =
    stage === undefined ? steps : steps.slice(0, stages.indexOf(stage as 'alpha') * mostSteps + Number(step) - 1);
  return [...earlierMajors, ...own];
}
