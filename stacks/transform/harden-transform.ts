import { type Inputs, log, type ResourceOptions, secret } from '@pulumi/pulumi';
import { remedyForUnknown } from '../../constructs/app/shape';
import { today as thisDay } from '../../constructs/app/today';
import type { ClusterTarget } from '../../core/cluster/target';
import { type HardenContext, type HardenedPod, harden, type ProfileName, profiles } from '../../core/hardening';
import type { KubernetesObject } from '../../core/manifest/object';
import { formatPath, type Path } from '../../core/manifest/path';
import { isMapping, mappingOf } from '../../core/manifest/plain';
import type { PodSpec, PodTemplateSpec } from '../../core/manifest/pod';
import { PodTemplateKinds } from '../../core/manifest/pod-template';
import { faultsOfAll } from '../../core/policy/exceptions/faults';
import { type SchemaFaultCause, schemaFaults } from '../../core/schema';
import { isOpaque } from '../bridge/texts';
import { objectOf } from '../policy/resource';
import { isEnvelope, later, throughOpaque } from './opaque';
import { sealed } from './sealed';

/** Why a Helm release is deployed unseen, and until when. */
export interface AcceptedRelease {
  /** In words that a colleague understands in a year. At least 10 characters. */
  readonly reason: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
}

/** {@link hardenTransform} */
export interface HardenTransformOptions {
  readonly target: ClusterTarget;
  /** @default '2026.1' */
  readonly profile?: ProfileName;
  /** `safe` leaves out what may break an application that relied on the old default, such as a file system that it writes to. @default 'all' */
  readonly changes?: HardenContext['changes'];
  /** Kinds that hold a pod template. @default - Kubernetes' own */
  readonly podTemplateKinds?: PodTemplateKinds;
  /** Helm releases that are let through, by the names of the resources. @default - none */
  readonly releases?: Readonly<Record<string, AcceptedRelease>>;
  /** The day against which accepted releases expire, as `YYYY-MM-DD`. @default - today, in UTC */
  readonly today?: string;
}

/** What a transform is given of a resource, be it one of the engine's or of the program's own. */
export interface TransformedResource<O = ResourceOptions> {
  readonly type: string;
  readonly name: string;
  readonly props: Inputs;
  readonly opts: O;
}

/** What a transform gives back. */
export interface HardenedResource<O> {
  readonly props: Inputs;
  readonly opts: O;
}

/**
 * Hardens the pods of whatever else a program deploys with @pulumi/kubernetes: typed resources, lists, custom resources, and what charts and
 * YAML become. It fills in what nobody wrote, and never overrides what somebody did: what is written and weak is for the policy pack to refuse.
 *
 * As one of the `transforms` of the stack or of a resource it sees all that is below, and so what a `helm.v4.Chart` or a `yaml.v2.ConfigGroup`
 * makes in its provider.
 *
 * A `helm.v3.Release` is refused: Helm makes its objects inside of the provider, where no transform and no policy sees them.
 *
 * @example runtime.registerResourceTransform(hardenTransform({ target: ClusterTarget.of('1.34') }))
 * @throws TypeError for a target with faults, for options that there are not, and for a release that is accepted without a reason or for a day that is over
 */
export function hardenTransform(
  options: HardenTransformOptions,
): <O>(resource: TransformedResource<O>) => Promise<HardenedResource<O> | undefined> {
  const transformation = hardenTransformation(options);
  return async (resource) => {
    const changed = transformation(resource);
    return changed && { ...changed, props: (await sealed(changed.props)) as Inputs };
  };
}

/**
 * The same for the `transformations` of a resource, which see what this program makes itself, and nothing that a provider makes.
 * @throws TypeError as hardenTransform does
 */
export function hardenTransformation(
  options: HardenTransformOptions,
): <O>(resource: TransformedResource<O>) => HardenedResource<O> | undefined {
  refuseFaults(options);
  const { releases = {} } = options;
  return ({ type, name, props, opts }) => {
    if (isRelease(type) && !Object.hasOwn(releases, name)) throw new Error(refusalOf(name));
    const changed = hardenedProps(type, props, options);
    return changed === undefined ? undefined : { props: changed, opts };
  };
}

/** What an option may be, where a type says so that plain JavaScript does not have. */
const choices: Readonly<Record<'profile' | 'changes', readonly string[]>> = {
  profile: Object.keys(profiles),
  changes: ['all', 'safe'],
};

const optionNames: Readonly<Record<keyof HardenTransformOptions, true>> = {
  target: true,
  profile: true,
  changes: true,
  podTemplateKinds: true,
  releases: true,
  today: true,
};

function refuseFaults(options: HardenTransformOptions): void {
  // Plain JavaScript may leave out what the type asks for.
  const given: Partial<HardenTransformOptions> = options ?? {};
  const { target, releases = {}, today = thisDay() } = given;
  const problems = [
    ...Object.entries(given)
      .filter(([name, value]) => value !== undefined && !Object.hasOwn(optionNames, name))
      .map(([name]) => `${name}: there is no such option; ${remedyForUnknown(name, Object.keys(optionNames))}`),
    ...(['profile', 'changes'] as const).flatMap((name) => {
      const value = given[name];
      if (value === undefined || choices[name].includes(value)) return [];
      return [`${name}: there is no ${JSON.stringify(value)}; use ${choices[name].join(' or ')}, or leave it out`];
    }),
    ...(target === undefined ? ["target: it is missing; give ClusterTarget.of('1.34')"] : []),
    ...(target?.faults ?? []).map(({ property, message, remedy }) => `target.${property}: ${message}; ${remedy}`),
    ...Object.entries(releases).flatMap(([name, accepted]) =>
      faultsOfAll({ ...accepted }, `the release ${name}`, today).map(
        ({ property, message, remedy }) =>
          `releases.${name}${property.replace(/^exceptions/, '')}: ${message}; ${remedy}`,
      ),
    ),
  ];
  if (problems.length > 0) throw new TypeError(`hardenTransform cannot be made:\n  ${problems.join('\n  ')}`);
}

function isRelease(type: string): boolean {
  return /^kubernetes:helm\.sh\/v\w+:Release$/.test(type);
}

function refusalOf(name: string): string {
  return (
    `the Helm release ${name} cannot be hardened: Helm makes its objects inside of the provider, where no transform and no policy sees them; ` +
    "use helm.v4.Chart, whose objects are resources, or render it first (helm template) and deploy the YAML; if it has to be a release, accept it with a reason: releases: { '" +
    `${name}': { reason: '…', expires: 'YYYY-MM-DD' } }`
  );
}

/** The properties with pods hardened; undefined where there are none. */
function hardenedProps(type: string, props: Inputs, options: HardenTransformOptions): Inputs | undefined {
  const { podTemplateKinds = PodTemplateKinds.builtIn } = options;
  const read = objectOf(type, props);
  if ('reason' in read) return undefined;
  const { object } = read;
  const items = object.kind.endsWith('List') ? props.items : undefined;
  if (items !== undefined) {
    const each = (item: unknown): unknown => itemOf(item, object, options);
    return { ...props, items: hardenedList(items, each) };
  }
  const path = podTemplateKinds.pathOf(object);
  if (path === undefined) return undefined;
  const context = contextOf(object, path, options);
  return below(props, path, (template) =>
    hardenedTemplate(template, context, `${object.kind} ${nameOf(object)}`),
  ) as Inputs;
}

function hardenedList(items: unknown, each: (item: unknown) => unknown): unknown {
  if (Array.isArray(items)) return items.map((item) => (isOpaque(item) ? later(item).apply(each) : each(item)));
  return isOpaque(items) ? later(items).apply((known) => hardenedList(known, each)) : items;
}

/** An item of a list. It may leave out its kind, which its list says. */
function itemOf(item: unknown, list: KubernetesObject, options: HardenTransformOptions): unknown {
  if (!isMapping(item)) return item;
  const { apiVersion = list.apiVersion, kind = list.kind.slice(0, -'List'.length) } = item;
  const group = String(apiVersion).includes('/') ? String(apiVersion) : `core/${apiVersion}`;
  return hardenedProps(`kubernetes:${group}:${kind}`, { ...item }, options) ?? item;
}

/** What the object says of its own pods. */
function contextOf(object: KubernetesObject, path: Path, options: HardenTransformOptions): HardenContext {
  const { target, profile, changes } = options;
  const spec = mappingOf(object.spec);
  const matchLabels = isMapping(spec.selector) ? spec.selector.matchLabels : undefined;
  const selector =
    isMapping(matchLabels) && Object.values(matchLabels).every((value) => typeof value === 'string')
      ? (matchLabels as Readonly<Record<string, string>>)
      : undefined;
  const isBatch = object.kind === 'Job' || path.includes('jobTemplate');
  return {
    target,
    ...(profile && { profile }),
    ...(changes && { changes }),
    ...(isBatch && { role: 'batch' as const }),
    ...(selector && { facts: { selector } }),
  };
}

/** A copy in which what stands at the path is changed; where the way there cannot be read yet, it waits. */
function below(node: unknown, [step, ...rest]: Path, change: (found: unknown) => unknown): unknown {
  if (isEnvelope(node))
    return later(secret(node.value)).apply((known) => below(known, [step, ...rest] as Path, change));
  if (isOpaque(node))
    return later(node).apply((known) => below(known, step === undefined ? [] : [step, ...rest], change));
  if (step === undefined) return change(node);
  if (!isMapping(node) || node[step] === undefined) return node;
  return { ...node, [step]: below(node[step], rest, change) };
}

function hardenedTemplate(template: unknown, context: HardenContext, label: string): unknown {
  return throughOpaque(template, (plain) => {
    if (!isMapping(plain) || !isMapping(plain.spec)) return plain;
    const hardened = hardenedOrRefused(plain as unknown as ReadableTemplate, context, label);
    const risky = hardened.changes.filter((change) => change.class === 'may-break').map(({ path }) => path.join('.'));
    if (risky.length > 0) void log.debug(`${label}: hardened ${risky.join(', ')}`);
    return hardened.template;
  });
}

type ReadableTemplate = PodTemplateSpec & { readonly spec: PodSpec };

/** Faults of the form; the others are of what is written, with which a pod can be read. */
const formCauses: readonly SchemaFaultCause[] = ['type', 'required'];

/** @throws Error with where it is not of the form that Kubernetes takes, which nobody can harden; where it is, what was thrown */
function hardenedOrRefused(template: ReadableTemplate, context: HardenContext, label: string): HardenedPod {
  try {
    return harden(template, context);
  } catch (cause) {
    const pod = { ...template, apiVersion: 'v1', kind: 'Pod' } as unknown as KubernetesObject;
    const misshapen = schemaFaults(pod, context.target.version).filter((fault) => formCauses.includes(fault.cause));
    const places = [...nullItems(template, []), ...misshapen.map(({ path }) => path)].map(formatPath);
    if (places.length === 0) throw cause;
    throw new Error(
      `${label}: its pod cannot be hardened, since it is not of the form that the API server takes: see ${places.join(', ')}; write it as kubectl explain pod.spec says`,
      { cause },
    );
  }
}

/** Where null stands in a list, of which no schema says anything. */
function nullItems(node: unknown, path: Path): readonly Path[] {
  if (Array.isArray(node))
    return node.flatMap((item, i) => (item === null ? [[...path, i]] : nullItems(item, [...path, i])));
  if (!isMapping(node)) return [];
  return Object.entries(node).flatMap(([key, member]) => nullItems(member, [...path, key]));
}

function nameOf({ metadata }: KubernetesObject): string {
  const { name } = metadata ?? {};
  return typeof name === 'string' ? name : '';
}
