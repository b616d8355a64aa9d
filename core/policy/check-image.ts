import { formatIdentity, identityOf } from '../manifest/identity';
import { formatPath } from '../manifest/path';
import { PodTemplateKinds } from '../manifest/pod-template';
import { injectorsOf } from '../secrets/vault/injector';
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

/** Whether the rule judges the images that the annotations of a pod name, too. */
export function judgesInjectedImages({ id }: Pick<Rule, 'id'>): boolean {
  return imageRules.pod.rules.some((rule) => rule.id === id);
}

const none: readonly Finding[] = [];

/** What they see wrong in the image that the annotations of a pod have the Agent Injector put beside it. @param asked the rules */
export function checkInjectedImages(pod: PodInObject, context: RuleContext, asked: RuleSet): readonly Finding[] {
  const injectors = injectorsOf(pod.annotations);
  if (injectors.length === 0) return none;
  const isAsked = new Set(asked.pod.rules.map(({ id }) => id));
  return injectors.flatMap(({ key, told }) => {
    const image = told('agent-image');
    if (image === undefined) return none;
    const property = formatPath([...pod.path.slice(0, -1), 'metadata', 'annotations', key('agent-image')]);
    const object = formatIdentity(identityOf(pod.object));
    return checkImage(image, 'vault-agent', context)
      .filter(({ rule }) => isAsked.has(rule))
      .map(({ fix: _, podSecurity: __, ...finding }) => ({ ...finding, object, property }));
  });
}
