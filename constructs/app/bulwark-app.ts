import { join } from 'node:path';
import { App } from 'cdk8s';
import {
  isDnsLabel,
  type KubernetesObject,
  type Layout,
  layOut,
  type TextOf,
  toDnsLabel,
  writeManifests,
  YamlWriteError,
} from '../../core/manifest';
import { countByKind } from '../../core/policy';
import { describeSummary, nextSteps, type SynthesisSummary } from '../../core/report';
import { passed } from './checked-objects';
import { type InspectedObject, unwritable } from './inspection';
import { ManifestObject } from './manifest-object';
import { optimizeLater } from './optimize-later';
import { orderedObjects } from './ordering';
import { writeOutput } from './output-claims';
import { Platform, type PlatformProps, refuseUnusable } from './platform';
import { show } from './shape';
import { SynthesisError } from './synthesis-error';

const layouts: Readonly<Record<Layout, true>> = { namespace: true, object: true };

export interface BulwarkAppProps extends PlatformProps {
  /** Where the manifests go. @default - `CDK8S_OUTDIR`, else `dist` */
  readonly outdir?: string;
  /** The environment this app is for, a DNS label: its manifests go to a folder of that name in `outdir`. @default - none */
  readonly environment?: string;
  /**
   * `namespace` writes a file for each namespace; `object` a file for each object, with a kustomization for each namespace, ready for
   * Argo CD and Flux.
   * @default 'namespace'
   */
  readonly layout?: Layout;
}

export interface SynthesisOptions {
  /** Writes nothing, and says what would change: in CI it shows whether committed manifests are up to date. @default false */
  readonly dryRun?: boolean;
}

/** What a synthesis made. */
export interface SynthesisResult extends SynthesisSummary {
  /** The summary as text for people. */
  toString(): string;
}

/**
 * The root of a hardened app. It checks everything in it, reports every fault at once, and writes all files or none.
 *
 * @throws SynthesisError where a rule is broken that no exception waives
 * @throws OutputFolderError where its folder cannot be written, or holds what another app of the program wrote
 */
export class BulwarkApp extends App {
  readonly platform: Platform;
  readonly #folder: string;
  readonly #layout: Layout;
  readonly #number = nextNumber();

  /** @throws TypeError for props that no app can be made with: a target or registries that are missing, a layout or environment that cannot be */
  constructor(given: BulwarkAppProps) {
    refuseUnusable(given, folderProblems(given));
    const { outdir = process.env.CDK8S_OUTDIR || 'dist', environment, layout = 'namespace' } = given;
    super({ outdir });
    optimizeLater();
    this.platform = Platform.attach(this, given);
    this.#folder = environment === undefined ? outdir : join(outdir, environment);
    this.#layout = layout;
  }

  /** Checks and writes everything: the same app gives the same bytes. */
  override synth(given: SynthesisOptions = {}): SynthesisResult {
    const options: SynthesisOptions = { ...given, ...(this.platform.images.isRecording && { dryRun: true }) };
    const start = process.hrtime.bigint();
    const { objects, findings } = passed(this);
    const textOf = textsOf(objects);
    const texts = new Set(objects.map(({ object }) => textOf(object)));
    const { clusterScopedKinds } = this.platform;
    const files = written(objects, (ordered) => layOut(ordered, this.#layout, clusterScopedKinds, textOf));
    const output = writeOutput({ id: this.#number, label: this.#label() }, this.#folder, files, options);
    const kinds = countKinds(objects);
    const summary: SynthesisSummary = {
      outdir: this.#folder,
      dryRun: options.dryRun === true,
      files: { written: output.written.length, unchanged: output.unchanged.length, removed: output.removed.length },
      edited: output.edited,
      kinds,
      workloads: workloadNames(objects),
      connections: this.platform.connections,
      skipped: countByKind(objects.filter(({ isUnjudged }) => isUnjudged).map(({ object }) => object)),
      findings,
      requiredPolicies: this.platform.requiredPolicies,
      milliseconds: Number(process.hrtime.bigint() - start) / 1e6,
      next: nextSteps({
        outdir: this.#folder,
        layout: this.#layout,
        encrypted: [...files].filter(([, text]) => texts.has(text)).map(([path]) => path),
        target: this.platform.target,
        kinds,
        findings,
      }),
    };
    return Object.assign(Object.create({ toString: () => describeSummary(summary) }), summary) as SynthesisResult;
  }

  /** All manifests as one YAML text, in the order in which they are applied. */
  override synthYaml(): string {
    const { objects } = passed(this);
    const textOf = textsOf(objects);
    return written(objects, (ordered) => writeStream(ordered, textOf));
  }

  /** What an error calls it, since an app has no name: its number in the program, and what is in it. */
  #label(): string {
    const ids = this.node.children.map(({ node }) => node.id);
    const shown = ids.length > 3 ? [...ids.slice(0, 3), `${ids.length - 3} more`] : ids;
    return `app ${this.#number}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}`;
  }
}

/** What keeps files from being written: where they go must be said in full, since what else is there is removed. */
function folderProblems(given: unknown): readonly string[] {
  const { outdir, environment, layout } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const problems: string[] = [];
  if (outdir === '')
    problems.push("outdir '' would be the current folder; name a folder of its own, or leave it out for dist");
  else if (outdir !== undefined && typeof outdir !== 'string')
    problems.push(`outdir = ${show(outdir)} is no folder; name one, or leave it out for dist`);
  if (environment !== undefined && (typeof environment !== 'string' || !isDnsLabel(environment))) {
    const example = typeof environment === 'string' ? toDnsLabel(environment) : 'prod';
    problems.push(
      `environment = ${show(environment)} is no name for a folder; name it ${example}, for example, or leave it out`,
    );
  }
  if (layout !== undefined && !(typeof layout === 'string' && Object.hasOwn(layouts, layout)))
    problems.push(`layout = ${show(layout)} is none; name one of ${Object.keys(layouts).join(', ')}`);
  return problems;
}

let made = 0;

/** Counts the apps of this process. */
function nextNumber(): number {
  made += 1;
  return made;
}

/** The objects as text. @throws SynthesisError with every value that YAML cannot hold */
function written<T>(objects: readonly InspectedObject[], write: (ordered: readonly KubernetesObject[]) => T): T {
  try {
    return write(orderedObjects(objects));
  } catch (error) {
    const findings = error instanceof YamlWriteError ? unwritable(objects) : [];
    throw findings.length > 0 ? new SynthesisError(findings) : error;
  }
}

/** The bytes of those objects that are not written anew. */
function textsOf(objects: readonly InspectedObject[]): TextOf {
  const texts = new Map<KubernetesObject, string>();
  for (const { apiObject, object } of objects)
    if (ManifestObject.is(apiObject) && apiObject.text !== undefined) texts.set(object, apiObject.text);
  return (object) => texts.get(object);
}

/** A stream of documents, in which those that have bytes of their own stand as they are. */
function writeStream(objects: readonly KubernetesObject[], textOf: TextOf): string {
  if (!objects.some((object) => textOf(object) !== undefined)) return writeManifests(objects);
  return objects
    .map((object) => textOf(object) ?? writeManifests([object]))
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .join('---\n');
}

function countKinds(inspected: readonly InspectedObject[]): Readonly<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const { object } of inspected) kinds[object.kind] = (kinds[object.kind] ?? 0) + 1;
  return kinds;
}

function workloadNames(inspected: readonly InspectedObject[]): readonly string[] {
  return inspected
    .filter(({ template }) => template !== undefined)
    .map(({ object }) =>
      `${object.kind} ${object.metadata?.namespace ?? ''}/${object.metadata?.name}`.replace(' /', ' '),
    );
}
