import { isDnsSubdomain } from '../manifest/names';
import { parseAddressAsCidr } from '../network/cidr';
import { isReason } from '../reason';
import { durationSeconds } from '../secrets/duration';
import { type CertificateKey, certificateKeys } from './certificate';

/** What is wrong with what is asked of cert-manager. */
export interface CertificateFault {
  readonly property: string;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
  /** @default 'error' */
  readonly severity?: 'error' | 'warning';
}

const hour = 3600;
/** What cert-manager takes at least. */
const shortest = hour;
const shortestRenewal = hour / 12;
/** What browsers take from March 2027 on (CA/Browser Forum, ballot SC-081v3). A machine renews it, so that nothing is gained by more. */
const longestDays = 100;

/** What is wrong with how long a certificate of a service is valid. */
export function lifetimeFaults({ duration, renewBefore }: Lifetime): readonly CertificateFault[] {
  const [valid, before] = [durationSeconds(duration), durationSeconds(renewBefore)];
  const faults: CertificateFault[] = [];
  const fault = (property: string, value: string, message: string, remedy: string) =>
    faults.push({ property, value, message, remedy });
  if (valid === undefined) fault('duration', duration, `${duration} is no duration`, form);
  else if (valid < shortest)
    fault('duration', duration, `${duration} is less than cert-manager takes`, 'give 1h at least');
  else if (valid > longestDays * 24 * hour)
    fault(
      'duration',
      duration,
      `${duration} is longer than ${longestDays} days: whoever steals the key is the service for as long`,
      `give ${longestDays}d at most: cert-manager renews it by itself`,
    );
  if (before === undefined) fault('renewBefore', renewBefore, `${renewBefore} is no duration`, form);
  else if (before < shortestRenewal)
    fault('renewBefore', renewBefore, `${renewBefore} is less than cert-manager takes`, 'give 5m at least');
  else if (valid !== undefined && before >= valid)
    fault(
      'renewBefore',
      renewBefore,
      `a certificate of ${duration} that is renewed ${renewBefore} before its end is renewed without end`,
      'give less than its duration, such as a third of it',
    );
  return faults;
}

const form = "write it in days, or in hours, minutes and seconds: '90d', '36h'";

/** How long a certificate is valid, and how long before its end the next one is made. */
export interface Lifetime {
  readonly duration: string;
  readonly renewBefore: string;
}

/** What is wrong with the names of a certificate. @param namespace where its key is */
export function dnsNameFaults(
  names: readonly string[],
  property: string,
  namespace: string,
): readonly CertificateFault[] {
  return names.flatMap((name, i) => {
    const wrong = nameFault(name) ?? foreignFault(name, namespace);
    return wrong === undefined ? [] : [{ property: `${property}[${i}]`, value: name, ...wrong }];
  });
}

/**
 * Short names of Services elsewhere: `db.data`, which clients find by the search domains of their pods.
 * @param namespace where the key is
 * @param namespaces those that are known: another last part may be a domain of the internet
 */
export function shortNameFaults(
  names: readonly string[],
  property: string,
  namespace: string,
  namespaces: ReadonlySet<string>,
): readonly CertificateFault[] {
  return names.flatMap((name, i) => {
    const of = name.slice(name.lastIndexOf('.') + 1);
    if (of === name || of === namespace || !namespaces.has(of)) return [];
    return [{ property: `${property}[${i}]`, value: name, ...ofAnother(name, of, namespace) }];
  });
}

function nameFault(name: string): Pick<CertificateFault, 'message' | 'remedy'> | undefined {
  if (name.startsWith('*.'))
    return {
      message: `${name} stands for every name of its domain: whoever has the key is all of them`,
      remedy: 'name those that are served, or say why in wildcards: { names, reason }',
    };
  if (parseAddressAsCidr(name) !== undefined)
    return { message: `${name} is an address, and no name`, remedy: 'have clients call it by a name' };
  if (isDnsSubdomain(name) && name.split('.').every((label) => label.length <= 63)) return undefined;
  return { message: `${JSON.stringify(name)} is no DNS name`, remedy: "write it in lower case: 'web.example.org'" };
}

/** The Service of a name within the cluster, and its namespace: `web.shop.svc`, `db-0.db.shop.svc`. */
const ofService = /^(?:.+\.)?([^.]+)\.([^.]+)\.svc(?:\.cluster\.local)?$/;

/** Whose name it is, where that is not to be shown here: whoever reads the key in this namespace would be that one to every client. */
function foreignFault(name: string, namespace: string): Pick<CertificateFault, 'message' | 'remedy'> | undefined {
  const [, service = '', of] = ofService.exec(name) ?? /^(kubernetes)(?:\.(default))?$/.exec(name) ?? [];
  if (service === 'kubernetes' || (service === '*' && of === 'default')) {
    if (of === undefined || of === 'default')
      return {
        message: `${name} is the API server: whoever has the key could be it to every client that trusts the issuer`,
        remedy: 'leave it out',
      };
  }
  if (of === undefined || of === namespace) return undefined;
  return ofAnother(name, of, namespace);
}

function ofAnother(name: string, of: string, namespace: string) {
  return {
    message: `${name} is of namespace ${of}, and the key would be in ${namespace}: whoever reads it there is that Service`,
    remedy: `make the certificate in ${of}`,
  };
}

/** Wildcards with a reason. */
export interface Wildcards {
  /** Each with one star, as its first part: `*.web.shop.svc`. */
  readonly names: readonly [string, ...string[]];
  /** Why no list of names will do. At least 10 letters and digits. */
  readonly reason: string;
}

export function wildcardFaults({ names, reason }: Wildcards, namespace: string): readonly CertificateFault[] {
  const faults = names.flatMap((name, i): readonly CertificateFault[] => {
    const domain = name.slice(2);
    if (name.startsWith('*.') && isDnsSubdomain(domain) && domain.includes('.')) {
      const foreign = foreignFault(name, namespace);
      return foreign === undefined ? [] : [{ property: `wildcards.names[${i}]`, value: name, ...foreign }];
    }
    const message = `${JSON.stringify(name)} is no wildcard within a domain`;
    const remedy = "write a star as the first part of a domain: '*.web.shop.svc'";
    return [{ property: `wildcards.names[${i}]`, value: name, message, remedy }];
  });
  if (isReason(reason)) return faults;
  const message = `the reason ${JSON.stringify(reason)} says nothing to whoever reads it in a year`;
  return [...faults, { property: 'wildcards.reason', value: reason, message, remedy: 'say why names will not do' }];
}

export function keyFaults(key: string): readonly CertificateFault[] {
  if (!Object.hasOwn(certificateKeys, key)) {
    const known = Object.keys(certificateKeys).join(', ');
    return [{ property: 'key', value: key, message: `${key} is no key to ask for`, remedy: `name one of ${known}` }];
  }
  if ((key as CertificateKey) !== 'RSA-2048') return [];
  const message = 'RSA with 2048 bits is counted as weak from 2031 on (NIST SP 800-57)';
  return [{ property: 'key', value: key, severity: 'warning', message, remedy: "take 'RSA-3072', or 'ECDSA-P256'" }];
}
