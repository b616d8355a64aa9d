import type { Platform } from '../../constructs/app/platform';
import { formatIdentity, identityOf } from '../../core/manifest/identity';
import type { KubernetesObject } from '../../core/manifest/object';
import { evaluate } from '../../core/policy/evaluate';
import type { Finding } from '../../core/policy/finding';
import { describeFindings } from '../../core/report';

/**
 * Refuses an object whose values are known at last, where they break a rule that what stood for them did not.
 * @returns what throws then
 */
export function nothingWorse(
  before: KubernetesObject,
  platform: Platform,
): (known: KubernetesObject, holdsSecret: boolean) => void {
  return (known, holdsSecret) => {
    const broken = new Set(errorsOf(before, platform).map(keyOf));
    const worse = errorsOf(known, platform).filter((finding) => !broken.has(keyOf(finding)));
    if (worse.length === 0) return;
    const object = formatIdentity(identityOf(before));
    const said = holdsSecret ? worse.map((finding) => untold(finding, object)) : worse;
    throw new Error(`a value that is known at last is refused.\n\n${describeFindings(said)}`);
  };
}

/** What a rule says of an object may be a secret that is in it. */
function untold({ rule, severity, property }: Finding, object: string): Finding {
  const message = 'the value is a secret, and what is wrong with it is not repeated';
  return {
    rule,
    severity,
    object,
    ...(property !== undefined && { property }),
    message,
    remedy: `see the rule ${rule}`,
  };
}

function keyOf({ rule, property }: Finding): string {
  return `${rule} ${property}`;
}

function errorsOf(object: KubernetesObject, platform: Platform): readonly Finding[] {
  const { target, registries, podTemplateKinds, today } = platform;
  const { findings } = evaluate([{ object }], { target, registries, podTemplateKinds, today });
  return findings.filter(({ severity, waivedBy }) => severity === 'error' && !waivedBy);
}
