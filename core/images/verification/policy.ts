import { groupBy } from '../../group-by';
import type { KubernetesObject } from '../../manifest/object';
import { type PodTemplateKind, PodTemplateKinds } from '../../manifest/pod-template';
import { waivedPrefix } from '../../policy/compile/engine';
import { namespaceSelector, resourceRules } from '../../policy/compile/match';
import { celField, celLiteral } from '../../policy/expression/cel-text';
import { beforeEndOf, type Demand, provenanceDemand, sbomDemand, scanDemand, wrongBy } from './attestations';
import { attestorOf } from './attestors';
import { ImageVerificationError } from './fault';
import { patternsExpression } from './pattern';
import type { ImageVerification, Signer, TrustedImages, UnsignedImages } from './settings';
import { judgeImageVerification } from './settings-faults';

/** What the policy has to know besides. */
export interface ImageVerificationContext {
  /** The day against which exceptions expire, as `YYYY-MM-DD`. */
  readonly today: string;
  /** Which kinds hold a pod template. @default - Kubernetes' own */
  readonly podTemplateKinds?: PodTemplateKinds;
}

/**
 * A policy of Kyverno (from 1.19) that admits no pod, and nothing that makes pods, with an image that is unsigned, from elsewhere, without a digest, or not attested as asked.
 * What only changes otherwise than by its images is not judged anew: a finalizer is taken off a running pod whether or not its scan is still fresh.
 *
 * @throws ImageVerificationError with everything that stands against it
 * @see https://kyverno.io/docs/policy-types/image-validating-policy/
 */
export function imageVerification(
  settings: ImageVerification,
  context: ImageVerificationContext,
): readonly KubernetesObject[] {
  const faults = judgeImageVerification(settings, context.today);
  if (faults.length > 0) throw new ImageVerificationError(faults);
  const {
    name = 'signed-images',
    images,
    unsigned = [],
    excludeNamespaces = [],
    pullSecrets,
    timeoutSeconds = 20,
  } = settings;
  const kinds = (context.podTemplateKinds ?? PodTemplateKinds.builtIn).all();
  const trusts = images.map((trust) => ({ trust, demands: demandsOf(trust), suffix: trust.name.replaceAll('-', '_') }));
  const signers = uniqueBy(
    trusts.flatMap(({ trust, demands }) => [...trust.signers, ...demands.flatMap((demand) => demand.signers)]),
    (signer) => signer.name,
  );
  const demands = trusts.flatMap((each) => each.demands);
  const excused = unsigned.flatMap(({ patterns }) => patterns);
  const isExcused = unsigned.map(
    ({ patterns, expires }) => `(${beforeEndOf(expires)} && i.matches(${celLiteral(patternsExpression(patterns))}))`,
  );
  const known = [
    `i.matches(${celLiteral(patternsExpression(images.flatMap(({ patterns }) => patterns)))})`,
    ...isExcused,
  ];
  const covered = ({ patterns }: TrustedImages) =>
    [`i.matches(${celLiteral(patternsExpression(patterns))})`, ...isExcused.map((each) => `!${each}`)].join(' && ');
  const problems: readonly Problem[] = [
    {
      variable: 'elsewhere',
      list: `variables.images.filter(i, !(${known.join(' || ')}))`,
      message: 'these images are from elsewhere, or their registry is not written in full',
    },
    {
      variable: 'movable',
      list: "variables.images.filter(i, !i.matches('@sha256:[0-9a-f]{64}$'))",
      message: 'these images have no digest',
    },
    ...trusts.flatMap(({ trust, demands: asked, suffix }): Problem[] => [
      {
        variable: `unsigned_${suffix}`,
        list: `variables.images.filter(i, ${covered(trust)} && verifyImageSignatures(i, ${attestorList(trust.signers)}) < 1)`,
        message: `these images are signed by none of ${trust.signers.map((signer) => signer.name).join(', ')}`,
      },
      ...asked.map((demand): Problem => {
        const wrong = demand.signers.map((signer) => `(${wrongBy(demand, signer)})`);
        return {
          variable: demand.attestation,
          list: `variables.images.filter(i, ${covered(trust)}).map(i, [i, ${wrong.join(', ')}]).filter(t, !('' in t)).map(t, t.join(': '))`,
          message: `these images lack a ${demand.what} as it is asked for`,
        };
      }),
    ]),
  ];
  return [
    {
      apiVersion: 'policies.kyverno.io/v1',
      kind: 'ImageValidatingPolicy',
      metadata: { name, ...notes(settings) },
      spec: {
        failurePolicy: 'Fail',
        validationActions: ['Deny'],
        webhookConfiguration: { timeoutSeconds },
        evaluation: { admission: { enabled: true }, background: { enabled: true } },
        // The kinds are listed, with the parts of pods that have requests of their own: autogen would leave those out.
        autogen: { podControllers: { controllers: [] } },
        matchConstraints: {
          ...namespaceSelector(excludeNamespaces),
          resourceRules: resourceRules(kinds.map(({ group, kind }) => `${group}/${kind}`)),
        },
        matchConditions: [
          {
            name: 'images-change',
            expression: `request.operation != 'UPDATE' || oldObject == null || ${imagesOf('object', kinds)} != ${imagesOf('oldObject', kinds)}`,
          },
        ],
        matchImageReferences: [
          {
            expression: [
              `ref.matches(${celLiteral(patternsExpression(images.flatMap(({ patterns }) => patterns)))})`,
              ...(excused.length > 0 ? [`!ref.matches(${celLiteral(patternsExpression(excused))})`] : []),
            ].join(' && '),
          },
        ],
        images: Object.entries(lists).map(([list, of]) => ({ name: list, expression: of(podOf('object', kinds)) })),
        ...(pullSecrets && pullSecrets.length > 0 && { credentials: { secrets: [...pullSecrets] } }),
        attestors: signers.map(attestorOf),
        ...(demands.length > 0 && {
          attestations: demands.map(({ attestation, type }) => ({ name: attestation, intoto: { type } })),
        }),
        // Digests are in the manifests already (images.lock.json): what Kyverno puts there would be in no review.
        validationConfigurations: { mutateDigest: false, verifyDigest: true, required: true },
        variables: [
          { name: 'images', expression: imagesOf('object', kinds) },
          ...problems.map(({ variable, list }) => ({ name: variable, expression: list })),
        ],
        validations: problems.map(({ variable, message }) => ({
          expression: `variables.${variable}.size() == 0`,
          message,
          messageExpression: `${celLiteral(`${message}: `)} + variables.${variable}.join('; ')`,
        })),
      },
    },
  ];
}

/** Images that may not run. */
interface Problem {
  readonly variable: string;
  /** CEL: a list of texts. */
  readonly list: string;
  readonly message: string;
}

/** Where a pod names images, as Kyverno calls the lists: those of its own names are taken in place of its own. */
const lists: Readonly<Record<string, (pod: string) => string>> = {
  containers: (pod) => imagesIn(pod, 'containers'),
  initContainers: (pod) => imagesIn(pod, 'initContainers'),
  ephemeralContainers: (pod) => imagesIn(pod, 'ephemeralContainers'),
  // Since Kubernetes 1.31 an image may also be mounted.
  volumes: (pod) =>
    `${pod}.?volumes.orValue([]).filter(v, has(v.image)).map(v, string(v.image.?reference.orValue('')))`,
};

function imagesIn(pod: string, list: string): string {
  return `${pod}.?${list}.orValue([]).map(c, string(c.?image.orValue('')))`;
}

function imagesOf(object: string, kinds: readonly PodTemplateKind[]): string {
  return `[${podOf(object, kinds)}].map(p, ${Object.values(lists)
    .map((of) => of('p'))
    .join(' + ')})[0]`;
}

/** CEL: the pod's spec in an object of these kinds. Of any other it cannot be told, which refuses the object. */
function podOf(object: string, kinds: readonly PodTemplateKind[]): string {
  const places = new Map<string, string>();
  for (const [place, ofPlace] of groupBy(kinds, ({ group, path }) => JSON.stringify([group, path]))) {
    const [first] = ofPlace;
    if (first === undefined) continue;
    const version = first.group === '' ? " == 'v1'" : `.startsWith(${celLiteral(`${first.group}/`)})`;
    const named = ofPlace.map(({ kind }) => celLiteral(kind)).join(', ');
    const fields = [...first.path, 'spec'].map((step) => celField(String(step))).join('');
    places.set(
      place,
      `${object}.apiVersion${version} && ${object}.kind in [${named}] ? ${object}${fields}.orValue({})`,
    );
  }
  return `(${[...places.values(), 'null'].join(' : ')})`;
}

function demandsOf({ name, scan, provenance, sbom }: TrustedImages): readonly Demand[] {
  const suffix = name.replaceAll('-', '_');
  return [
    ...(scan ? [{ attestation: `scan_${suffix}`, ...scanDemand(scan) }] : []),
    ...(provenance ? [{ attestation: `provenance_${suffix}`, ...provenanceDemand(provenance) }] : []),
    ...(sbom ? [{ attestation: `sbom_${suffix}`, ...sbomDemand(sbom) }] : []),
  ];
}

function attestorList(signers: readonly Signer[]): string {
  return `[${signers.map(({ name }) => `attestors[${celLiteral(name)}]`).join(', ')}]`;
}

/** What is excused, where auditors look. */
function notes({ images, unsigned = [] }: ImageVerification): {
  readonly annotations?: Readonly<Record<string, string>>;
} {
  const accepted = images.flatMap(({ name, scan }) => (scan?.accepted ?? []).map((each) => ({ ...each, of: name })));
  const entries = [
    ...unsigned.map((each, i): readonly [string, string] => [
      `unsigned-${i}`,
      `${each.patterns.join(', ')}: ${noteOf(each)}`,
    ]),
    ...accepted.map((each): readonly [string, string] => [`${each.of}.${each.id}`, `${each.id}: ${noteOf(each)}`]),
  ];
  if (entries.length === 0) return {};
  return { annotations: Object.fromEntries(entries.map(([key, note]) => [`${waivedPrefix}${key}`, note])) };
}

function noteOf({ reason, expires, ticket }: Pick<UnsignedImages, 'reason' | 'expires' | 'ticket'>): string {
  return `${reason}; expires ${expires}${ticket === undefined ? '' : `; ticket ${ticket}`}`;
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
