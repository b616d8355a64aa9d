import { faultsOfAll } from '../policy/exceptions/faults';
import { fault } from './checks';
import type { ControlPlaneFault } from './fault';
import type { ControlPlaneException } from './settings';

/** What settings may be weaker in than they should, with a reason and until a day. Nothing else can be excepted. */
export const excusable: readonly string[] = [
  'admission.alwaysPullImages',
  'admission.podSecurity.audit',
  'admission.podSecurity.exemptNamespaces',
  'admission.podSecurity.warn',
  'audit.log.maxAgeDays',
  'audit.log.maxBackups',
  'audit.log.maxSizeMegabytes',
  'authentication.anonymous',
  'requestTimeoutSeconds',
  'terminatedPodThreshold',
];

/**
 * The faults without those that an exception covers, and with what is wrong with the exceptions: one that nothing needs covers what
 * somebody writes later.
 * @param excused the faults that exceptions may cover
 */
export function withoutExcused(
  faults: readonly ControlPlaneFault[],
  excused: readonly ControlPlaneFault[],
  exceptions: readonly ControlPlaneException[],
  today: string | undefined,
): readonly ControlPlaneFault[] {
  const covered = new Set<string>();
  const wrong: ControlPlaneFault[] = [];
  exceptions.forEach(({ property, ...rest }, i) => {
    const at = `exceptions[${i}]`;
    const own = judged(property, rest, at, today);
    wrong.push(...own);
    if (own.length > 0) return;
    if (excused.some((of) => of.property === property)) covered.add(property);
    else {
      const message = `nothing is excused by an exception for ${JSON.stringify(property)}`;
      const remedy = excusable.includes(property)
        ? 'take it away: the setting is as it should be'
        : `take it away; exceptions are for ${excusable.join(', ')}`;
      wrong.push(fault(`${at}.property`, property, message, remedy));
    }
  });
  return [...faults, ...excused.filter((of) => !covered.has(of.property)), ...wrong];
}

function judged(
  property: string,
  rest: Readonly<Record<string, unknown>>,
  at: string,
  today: string | undefined,
): readonly ControlPlaneFault[] {
  if (today === undefined) {
    const message = 'exceptions are judged against no day, so that none would ever end';
    return [fault('today', undefined, message, 'give the day as YYYY-MM-DD')];
  }
  return faultsOfAll(rest, property, today).map((of) =>
    fault(`${at}${of.property.replace(/^exceptions/, '')}`, of.value, of.message, of.remedy),
  );
}
