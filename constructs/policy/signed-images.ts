import { Construct } from 'constructs';
import { type ImageVerification, ImageVerificationError, imageVerification } from '../../core/images';
import type { KubernetesObject, PodTemplateKinds } from '../../core/manifest';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import { platformOf } from '../app/platform-of';
import { anything, clusterScopeOf, list, number, required, type Shapes, takeProps, text } from '../app/shape';

/** Which images the cluster runs: from where, signed by whom, and what else somebody has to have said of them. */
export interface SignedImagesProps extends ImageVerification {}

const shapes: Shapes<SignedImagesProps> = {
  name: text,
  // Each is judged by whoever makes the policy, with the place in it.
  images: required(list(anything), "[{ name: 'shop', patterns: […], signers: […] }]"),
  unsigned: list(anything),
  excludeNamespaces: list(anything),
  pullSecrets: list(anything),
  timeoutSeconds: number,
};

/**
 * An ImageValidatingPolicy of Kyverno (from 1.19): what is unsigned, from elsewhere, without a digest, or not attested as asked does not run.
 * It belongs to an app of the cluster's administrators.
 *
 * @see https://kyverno.io/docs/policy-types/image-validating-policy/
 */
export class SignedImages extends Construct {
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: SignedImagesProps) {
    super(clusterScopeOf(scope, id, 'SignedImages'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<SignedImagesProps>(shapes, given ?? {});
    const { objects, faults: others } = made(props, platformOf(this));
    this.#faults = [...faults, ...others];
    for (const { apiVersion, kind, metadata = {}, ...body } of objects) {
      const { name = '', labels = {}, annotations = {} } = metadata;
      new ManifestObject(this, `${kind}-${name}`, {
        apiVersion,
        kind,
        metadata: { name, labels, annotations },
        namespaced: false,
        body: () => body,
      });
    }
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }
}

function made(
  props: SignedImagesProps,
  context: { readonly today: string; readonly podTemplateKinds: PodTemplateKinds },
): { readonly objects: readonly KubernetesObject[]; readonly faults: readonly DeclarationFault[] } {
  try {
    return { objects: imageVerification(props, context), faults: [] };
  } catch (error) {
    if (!(error instanceof ImageVerificationError)) throw error;
    return { objects: [], faults: error.faults.map((fault): DeclarationFault => ({ rule: 'prop-valid', ...fault })) };
  }
}
