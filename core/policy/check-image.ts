import { type InjectedImage, injectedImages, namespaceInjectedImages } from '../images/injected-images';
import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath } from '../manifest/path';
import { PodTemplateKinds } from '../manifest/pod-template';
import type { Finding } from './finding';
import { podIn } from './pod-in';
import type { PodInObject, Rule, RuleContext } from './rule';
import { type RuleSet, ruleSetOf } from './rule-set';
import { imageAllowed } from './rules/image/image-allowed';
import { imageDeprecatedRegistry } from './rules/image/image-deprecated-registry';
import { imageDigest } from './rules/image/image-digest';
import { imageRegistry } from './rules/image/image-registry';
import { imageValid } from './rules/image/image-valid';

const imageRules = ruleSetOf([imageAllowed, imageDeprecatedRegistry, imageDigest, imageRegistry, imageValid]);

/** What the rules about images see wrong in the image of a container that somebody else puts into pods. @param container its name, for messages */
export function checkImage(image: string, container: string, context: RuleContext): readonly Finding[] {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: container },
    spec: { containers: [{ name: container, image }] },
  };
  const template = podIn(pod, PodTemplateKinds.builtIn);
  const findings: Finding[] = [];
  if (template !== undefined) imageRules.pod.ask(template, pod, template, context, findings);
  return findings;
}

/** Whether the rule judges the images that annotations name, too. */
export function judgesInjectedImages({ id }: Pick<Rule, 'id'>): boolean {
  return imageRules.pod.rules.some((rule) => rule.id === id);
}

const none: readonly Finding[] = [];

/**
 * What they see wrong in the images that annotations of an object have injectors put into pods, beside what a container list names: those of its pod
 * template, or of a namespace.
 *
 * @param pod the object's template, where it has one
 * @param asked the rules
 */
export function checkInjectedImages(
  object: KubernetesObject,
  pod: PodInObject | undefined,
  context: RuleContext,
  asked: RuleSet,
): readonly Finding[] {
  const images = pod === undefined ? ofNamespace(object) : injectedImages(pod.annotations);
  if (images.length === 0) return none;
  const isAsked = new Set(asked.pod.rules.map(({ id }) => id));
  const path = [...(pod?.path.slice(0, -1) ?? []), 'metadata', 'annotations'];
  const at = { object: formatIdentity(identityOf(object)) };
  return images.flatMap((injected) =>
    checkImage(injected.image, injected.container, context)
      .filter(({ rule }) => isAsked.has(rule) && (injected.isVersionAlone !== true || isOfVersion(rule)))
      .map(({ fix: _, podSecurity: __, ...finding }) => ({
        ...finding,
        ...at,
        property: formatPath([...path, injected.annotation]),
        ...ofLinkerd(finding, injected),
      })),
  );
}

function ofNamespace({ apiVersion, kind, metadata }: KubernetesObject): readonly InjectedImage[] {
  if (kind !== 'Namespace' || apiVersion !== 'v1') return [];
  return namespaceInjectedImages(metadata?.annotations ?? {});
}

/** Whether a version alone can break it: where the image comes from is not said. */
function isOfVersion(rule: string): boolean {
  return rule === imageDigest.id || rule === imageValid.id;
}

/** A digest in the name would have Linkerd's version behind it, and the pod would not start. */
function ofLinkerd({ rule }: Finding, { image, container, version }: InjectedImage): Partial<Finding> {
  if (version === undefined || rule !== imageDigest.id) return {};
  const message = `the image ${image} of container "${container}" has no digest: Linkerd puts a version behind its name, and the tag can be moved`;
  return { message, remedy: `write the digest with the version, as ${version}: <version>@sha256:…` };
}
