import { PodTemplateKinds } from '../manifest/pod-template';
import type { Finding } from './finding';
import { podIn } from './pod-in';
import type { RuleContext } from './rule';
import { ruleSetOf } from './rule-set';
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
