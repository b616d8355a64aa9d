import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { ClusterTarget } from '../../core/cluster';
import { newestVersion } from '../../core/cluster/version';
import type { KubernetesObject } from '../../core/manifest';
import { nearest } from '../../core/nearest';
import { type EvaluateOptions, evaluate, type Finding } from '../../core/policy';
import type { Severity } from '../../core/policy/finding';
import { isAtLeast } from '../../core/policy/report';
import { describeFindings } from '../../core/report';
import { inspect } from '../app/inspection';
import { hasPlatform } from '../app/platform-of';
import { today as thisDay } from '../app/today';

/** What a test may say of what it expects. */
export interface HardenedOptions extends Partial<Omit<EvaluateOptions, 'frameworks'>> {
  /** The least severity that fails. @default 'error' */
  readonly failOn?: Severity;
}

/** What a matcher of jest answers. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Whether nothing in a construct, or in objects as plain data, breaks a rule. Exceptions hold as they do at synthesis; in an app with a
 * platform everything else is the platform's, too. Without one, the options say what is judged by.
 *
 * @param received an App, a Chart or any other construct; an object; or a list of objects
 */
export function toBeHardened(received: unknown, options: HardenedOptions = {}): MatcherResult {
  refuseUnknown(options);
  const { failOn = 'error' } = options;
  const findings = findingsIn(received, options).filter(
    ({ severity, waivedBy }) => !waivedBy && isAtLeast(severity, failOn),
  );
  const pass = findings.length === 0;
  return {
    pass,
    message: () =>
      pass
        ? `expected findings that weigh as much as ${failOn}, or more, and there are none`
        : `expected no findings that weigh as much as ${failOn}, or more, and there are ${findings.length}:\n\n${describeFindings(findings)}`,
  };
}

const optionNames: Readonly<Record<keyof HardenedOptions, true>> = {
  failOn: true,
  target: true,
  registries: true,
  rules: true,
  exceptions: true,
  podTemplateKinds: true,
  ignoresAnnotations: true,
  today: true,
};

/** @throws TypeError for an option that there is not: the test would not test what it says */
function refuseUnknown(options: HardenedOptions): void {
  const names = Object.keys(optionNames);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(optionNames, name)) continue;
    const meant = nearest(name, names);
    const hint = meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`;
    throw new TypeError(`toBeHardened() has no option ${JSON.stringify(name)}; ${hint}`);
  }
}

function findingsIn(received: unknown, options: HardenedOptions): readonly Finding[] {
  if (Construct.isConstruct(received))
    return hasPlatform(received) ? inspectedIn(received) : judged(objectsIn(received), options);
  const objects = Array.isArray(received) ? received : [received];
  const wrong = objects.find((object) => typeof object?.apiVersion !== 'string' || typeof object?.kind !== 'string');
  if (objects.length === 0)
    throw new TypeError(
      'toBeHardened() takes a construct, a Kubernetes object or a list of objects, and this list is empty: it would always pass',
    );
  if (wrong !== undefined || received === undefined)
    throw new TypeError('toBeHardened() takes a construct, a Kubernetes object or a list of objects, and not this');
  return judged(objects as readonly KubernetesObject[], options);
}

/** What is reported for the construct, for what is below it, and for the app as a whole. */
function inspectedIn(construct: IConstruct): readonly Finding[] {
  const { path } = construct.node;
  const { findings } = inspect(construct.node.root);
  return path === ''
    ? findings
    : findings.filter(({ construct: at = '' }) => at === '' || at === path || at.startsWith(`${path}/`));
}

function objectsIn(construct: IConstruct): readonly KubernetesObject[] {
  return construct.node
    .findAll()
    .filter((child): child is ApiObject => ApiObject.isApiObject(child))
    .map((child) => child.toJson() as KubernetesObject);
}

function judged(objects: readonly KubernetesObject[], options: HardenedOptions): readonly Finding[] {
  const target = options.target ?? ClusterTarget.of(newestVersion);
  const today = options.today ?? thisDay();
  return evaluate(
    objects.map((object) => ({ object })),
    { ...options, target, today },
  ).findings;
}
