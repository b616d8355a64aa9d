import { listOf, mappingOf } from '../manifest/plain';
import { injectorsOf } from '../secrets/vault/injector';

/** An image that annotations have an injector put into pods, where no container list names it. */
export interface InjectedImage {
  /** The annotation that names it. */
  readonly annotation: string;
  /** As the injector writes it. */
  readonly image: string;
  /** What the injector calls the container. */
  readonly container: string;
  /** Of Linkerd, which puts a version behind each name: where the digest belongs. @default - where the image is named */
  readonly version?: string;
  /** Whether the annotations name a version alone, of an image that the injector knows. @default false */
  readonly isVersionAlone?: boolean;
}

type Annotations = Readonly<Record<string, unknown>>;

const none: readonly InjectedImage[] = [];

/**
 * Annotations whose value is an image, by what the container is called.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 * @see https://docs.dapr.io/reference/arguments-annotations-overview/
 * @see https://docs.datadoghq.com/containers/cluster_agent/admission_controller/
 * @see https://bank-vaults.dev/docs/mutating-webhook/annotations/
 */
const named: readonly (readonly [annotation: RegExp, container: string])[] = [
  [/^sidecar\.istio\.io\/proxyImage$/, 'istio-proxy'],
  [/^dapr\.io\/sidecar-image$/, 'daprd'],
  [/^admission\.datadoghq\.com\/.+\.custom-image$/, 'datadog-lib-init'],
  [/^vault\.security\.banzaicloud\.io\/(?:vault|vault-env)-image$/, 'vault-env'],
  [/^secrets-webhook\.security\.bank-vaults\.io\/(?:vault|secret-init)-image$/, 'secret-init'],
];

/** What Istio writes down of containers that a pod declares itself, and puts into the pod that has it. */
const istioOverrides = 'proxy.istio.io/overrides';

const linkerd = 'config.linkerd.io';
/** What Linkerd writes as `<name>:<version>`, either of which is the control plane's where no annotation says it. */
const linkerdImages = [
  { container: 'linkerd-proxy', name: `${linkerd}/proxy-image`, version: `${linkerd}/proxy-version` },
  { container: 'linkerd-init', name: `${linkerd}/init-image`, version: `${linkerd}/init-image-version` },
  { container: 'linkerd-debug', name: `${linkerd}/debug-image`, version: `${linkerd}/debug-image-version` },
] as const;

/** The images that the annotations of a pod name: for Vault's injector, Istio, Linkerd, Dapr, Datadog, Bank-Vaults. Nearly always none. */
export function injectedImages(annotations: Annotations): readonly InjectedImage[] {
  const names = Object.keys(annotations);
  if (names.length === 0) return none;
  return [
    ...injectorsOf(annotations).flatMap(({ key }) => imageAt(annotations, key('agent-image'), 'vault-agent')),
    ...names.flatMap((name) => {
      const [, container] = named.find(([form]) => form.test(name)) ?? [];
      return container === undefined ? none : imageAt(annotations, name, container);
    }),
    ...namespaceInjectedImages(annotations),
    ...istioOverridden(annotations),
  ];
}

/** The images that the annotations of a namespace name for its pods: Linkerd alone looks there. */
export function namespaceInjectedImages(annotations: Annotations): readonly InjectedImage[] {
  return linkerdImages.flatMap(({ container, ...keys }): readonly InjectedImage[] => {
    const name = textAt(annotations, keys.name);
    const version = textAt(annotations, keys.version);
    if (version === undefined)
      return name === undefined ? none : [{ annotation: keys.name, image: name, container, version: keys.version }];
    const annotation = name === undefined ? keys.version : keys.name;
    const image = `${name ?? `cr.l5d.io/linkerd/${container.slice('linkerd-'.length)}`}:${version}`;
    return [{ annotation, image, container, version: keys.version, isVersionAlone: name === undefined }];
  });
}

function textAt(annotations: Annotations, name: string): string | undefined {
  const text = Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function imageAt(annotations: Annotations, annotation: string, container: string): readonly InjectedImage[] {
  const image = textAt(annotations, annotation);
  // Istio takes a name without a slash for none: it writes its own.
  if (image === undefined || (container === 'istio-proxy' && !image.includes('/'))) return none;
  return [{ annotation, image, container }];
}

function istioOverridden(annotations: Annotations): readonly InjectedImage[] {
  const text = textAt(annotations, istioOverrides);
  if (text === undefined) return none;
  const { containers, initContainers } = mappingIn(text);
  return [...listOf(containers), ...listOf(initContainers)].flatMap((each): readonly InjectedImage[] => {
    const { name, image } = mappingOf(each);
    // Istio's word for an image of its own.
    if (typeof image !== 'string' || image === '' || image === 'auto') return none;
    return [{ annotation: istioOverrides, image, container: String(name) }];
  });
}

/** Of what is no JSON, nothing: Istio refuses the pod. */
function mappingIn(text: string): Annotations {
  try {
    return mappingOf(JSON.parse(text));
  } catch {
    return {};
  }
}
