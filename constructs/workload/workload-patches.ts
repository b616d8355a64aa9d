import type { KubernetesObject, Patch } from '../../core/manifest';
import type { PodSpec } from '../../core/manifest/pod';
import { PodTemplateKinds } from '../../core/manifest/pod-template';
import type { DeclarationFault } from '../app/declaration';
import { type ManifestObject, patchObject } from '../app/manifest-object';
import { platformOf } from '../app/platform-of';
import { type CheckedPatch, checkContainerPatch, checkObjectPatch, patchFormFaults } from './container-patch';
import type { SecureWorkload } from './workload';

/** The raw patches of one workload: what they say of its containers is checked when they are given. */
export class WorkloadPatches {
  readonly #faults: DeclarationFault[] = [];
  /** The containers that they have added. */
  readonly #added: string[] = [];

  constructor(
    private readonly workload: SecureWorkload,
    /** The object that holds the pod spec. */
    private readonly resource: ManifestObject,
    /** The names of the containers that are declared. */
    private readonly declared: () => readonly string[],
  ) {}

  get faults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  patchPod(patch: Patch<PodSpec>): void {
    if (!this.#isPatch('the pod', patch)) return;
    const spec = this.#noting(checkContainerPatch(patch, this.#containers()));
    this.resource.merge(this.#specPath.reduceRight<object>((inner, key) => ({ [key]: inner }), spec));
  }

  patch(kind: string, patch: Patch<KubernetesObject>, name?: string): void {
    if (!this.#isPatch(kind, patch)) return;
    const isOfPod = kind === this.workload.kind;
    const checked = isOfPod ? this.#noting(checkObjectPatch(patch, this.#specPath, this.#containers())) : patch;
    patchObject(this.workload, kind, checked, name);
  }

  #isPatch(what: string, patch: unknown): boolean {
    const faults = patchFormFaults(what, patch);
    this.#faults.push(...faults);
    if (faults.length > 0) platformOf(this.workload).touch();
    return faults.length === 0;
  }

  /** Where the object holds the pod spec. */
  get #specPath(): readonly string[] {
    return [...(PodTemplateKinds.builtIn.pathOf(this.workload) ?? []).map(String), 'spec'];
  }

  #containers(): readonly string[] {
    return [...this.declared(), ...this.#added];
  }

  /** Notes what a patch adds, and what it says of containers that are not there. */
  #noting<T>({ patch, faults, added }: CheckedPatch<T>): T {
    this.#faults.push(...faults);
    this.#added.push(...added);
    return patch;
  }
}
