import { isMapping, listOf, mappingOf } from '../../manifest/plain';
import { faultsOfAll } from '../../policy/exceptions/faults';
import { identityKey } from './attestors';
import { isCoveredBy } from './coverage';
import type { ImageVerificationFault, Report } from './fault';
import { judgeKnownProps } from './known-props';
import { isPattern } from './pattern';
import type { ImageVerification, ReportFormat, SbomFormat, ScanSeverity, Signer } from './settings';
import { judgeSigner } from './signer-faults';

const label = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
const namespace = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const longestScanAge = 720;

/** Everything that is wrong with settings. They are typed, but plain JavaScript and YAML may give anything. */
export function judgeImageVerification(settings: ImageVerification, today: string): readonly ImageVerificationFault[] {
  const faults: ImageVerificationFault[] = [];
  const report: Report = (property, value, message, remedy) => {
    faults.push({ property, ...(value !== undefined && { value }), message, remedy });
  };
  const given: Loose = isMapping(settings) ? (settings as Loose) : {};
  const { name, images, unsigned, excludeNamespaces, pullSecrets, timeoutSeconds } = given;
  if (name !== undefined && !(typeof name === 'string' && subdomain.test(name)))
    report('name', name, 'this is no name of an object', 'write lower case, digits, - and .');
  if (timeoutSeconds !== undefined && !isWithin(timeoutSeconds, 5, 30))
    report(
      'timeoutSeconds',
      timeoutSeconds,
      'the API server waits for 1 to 30 s, and a registry needs some',
      'give a whole number from 5 to 30',
    );
  eachOf(excludeNamespaces, 'excludeNamespaces', report, (each, property) => {
    if (!(typeof each === 'string' && namespace.test(each)))
      report(property, each, 'this is no name of a namespace: none would be left out', 'name each namespace in full');
  });
  eachOf(pullSecrets, 'pullSecrets', report, (each, property) => {
    if (!(typeof each === 'string' && subdomain.test(each)))
      report(property, each, 'this is no name of a Secret', "name a Secret of Kyverno's namespace");
  });
  judgeImages(images, today, report);
  const ignore: Report = () => undefined;
  const trusted = listOf(images)
    .flatMap((each) => listOf(isMapping(each) ? (each as Loose).patterns : undefined))
    .filter((each) => isPattern(each, '', ignore));
  const excused: string[] = [];
  const voided = new Set<string>();
  eachOf(unsigned, 'unsigned', report, (each, property) => {
    const entry: Loose = isMapping(each) ? (each as Loose) : {};
    judgeKnownProps(each, 'unsigned', property, report);
    nonEmpty(entry.patterns, `${property}.patterns`, 'an exception for no image', report);
    for (const [i, pattern] of listOf(entry.patterns).entries()) {
      if (!isPattern(pattern, `${property}.patterns[${i}]`, report)) continue;
      excused.push(pattern);
      const all = trusted.filter((each) => isCoveredBy(each, [pattern]));
      for (const each of all) voided.add(each);
      if (all[0] !== undefined)
        report(
          `${property}.patterns[${i}]`,
          pattern,
          `all of ${all[0]} has to be signed, and all of it may run unsigned`,
          'name the images that are not signed yet',
        );
    }
    judgeReason(entry, property, 'signatures', today, report);
  });
  for (const each of trusted.filter((each) => !voided.has(each) && isCoveredBy(each, excused)))
    report(
      'unsigned',
      undefined,
      `all of ${each} has to be signed, and all of it may run unsigned by these patterns together`,
      'name the images that are not signed yet',
    );
  return faults;
}

type Loose = Readonly<Record<string, unknown>>;

function judgeImages(images: unknown, today: string, report: Report): void {
  nonEmpty(images, 'images', 'nothing may run', report);
  const names = new Set<unknown>();
  const signers = new Map<string, string>();
  const releasing = new Set(
    listOf(images)
      .flatMap((each) => listOf(isMapping(each) ? (each as Loose).signers : undefined))
      .filter(isMapping)
      .map((each) => identityKey(each as unknown as Signer)),
  );
  for (const [i, each] of listOf(images).entries()) {
    const at = `images[${i}]`;
    const entry: Loose = isMapping(each) ? (each as Loose) : {};
    judgeKnownProps(each, 'images', at, report);
    if (!(typeof entry.name === 'string' && label.test(entry.name)))
      report(
        `${at}.name`,
        entry.name,
        'this is no name',
        'write up to 40 lower case letters, digits and -, a letter first',
      );
    else if (names.has(entry.name.replaceAll('-', '_')))
      report(`${at}.name`, entry.name, 'two entries have this name', 'name each in its own way');
    names.add(String(entry.name).replaceAll('-', '_'));
    nonEmpty(entry.patterns, `${at}.patterns`, 'the entry covers no image', report);
    for (const [k, pattern] of listOf(entry.patterns).entries()) isPattern(pattern, `${at}.patterns[${k}]`, report);
    judgeSigners(entry.signers, `${at}.signers`, signers, report);
    judgeScan(entry, at, releasing, today, signers, report);
    if (isAsked(entry.provenance, 'provenance', at, report)) {
      const { signers: by, builder } = entry.provenance;
      judgeSigners(by, `${at}.provenance.signers`, signers, report);
      if (!(typeof builder === 'string' && builder !== ''))
        report(
          `${at}.provenance.builder`,
          builder,
          'any builder would do',
          'write runDetails.builder.id as your CI attests it',
        );
    }
    if (isAsked(entry.sbom, 'sbom', at, report)) {
      const { signers: by, format } = entry.sbom;
      judgeSigners(by, `${at}.sbom.signers`, signers, report);
      oneOf(format, `${at}.sbom.format`, { cyclonedx: true, spdx: true } satisfies Record<SbomFormat, true>, report);
    }
  }
}

/** Whether it is asked of an image; null is what JavaScript and JSON say for "left out". */
function isAsked(demand: unknown, of: 'scan' | 'provenance' | 'sbom', at: string, report: Report): demand is Loose {
  if (demand === undefined || demand === null) return false;
  judgeKnownProps(demand, of, `${at}.${of}`, report);
  if (isMapping(demand)) return true;
  report(`${at}.${of}`, demand, 'this says nothing of what is asked', 'give an object, or leave it out');
  return false;
}

const severities: Readonly<Record<ScanSeverity, true>> = { low: true, medium: true, high: true, critical: true };
const formats: Readonly<Record<ReportFormat, true>> = { trivy: true, grype: true };

function judgeScan(
  entry: Loose,
  at: string,
  releasing: ReadonlySet<string>,
  today: string,
  signers: Map<string, string>,
  report: Report,
): void {
  if (!isAsked(entry.scan, 'scan', at, report)) return;
  const scan = entry.scan;
  const property = `${at}.scan`;
  judgeSigners(scan.scanners, `${property}.scanners`, signers, report);
  for (const [i, each] of listOf(scan.scanners).entries()) {
    if (isMapping(each) && releasing.has(identityKey(each as unknown as Signer)))
      report(
        `${property}.scanners[${i}]`,
        (each as Loose).name,
        'this signer signs images, too: Kyverno takes an attestation of a key for a signature of it, so that what was only scanned would count as released',
        'give the scanner a key or an identity of its own',
      );
  }
  if (!(typeof scan.scanner === 'string' && /^[^\s@']+$/.test(scan.scanner)))
    report(
      `${property}.scanner`,
      scan.scanner,
      'an attestation of any program would do',
      "write the scanner's URI without a version: pkg:github/aquasecurity/trivy",
    );
  oneOf(scan.report, `${property}.report`, formats, report);
  oneOf(scan.refuseFrom, `${property}.refuseFrom`, severities, report);
  if (scan.maxAgeHours !== undefined && !isWithin(scan.maxAgeHours, 1, longestScanAge))
    report(
      `${property}.maxAgeHours`,
      scan.maxAgeHours,
      'a scan would never be fresh, or an old one could be replayed for long',
      `give whole hours from 1 to ${longestScanAge} (30 days)`,
    );
  eachOf(scan.accepted, `${property}.accepted`, report, (each, where) => {
    const finding: Loose = isMapping(each) ? (each as Loose) : {};
    judgeKnownProps(each, 'accepted', where, report);
    if (!(typeof finding.id === 'string' && /^[A-Za-z0-9]+(-[A-Za-z0-9]+)+$/.test(finding.id)))
      report(
        `${where}.id`,
        finding.id,
        'this is the id of no vulnerability',
        'write it as the scanner does: CVE-2026-1234',
      );
    judgeReason(finding, where, 'the scan', today, report);
  });
}

function judgeSigners(signers: unknown, property: string, known: Map<string, string>, report: Report): void {
  nonEmpty(signers, property, 'nobody could sign', report);
  for (const [i, each] of listOf(signers).entries()) {
    const at = `${property}[${i}]`;
    judgeSigner(each, at, report);
    const { name } = mappingOf(each) as Loose;
    if (!(typeof name === 'string' && label.test(name))) {
      report(`${at}.name`, name, 'this is no name', 'write up to 40 lower case letters, digits and -, a letter first');
      continue;
    }
    const content = JSON.stringify(each);
    if ((known.get(name) ?? content) !== content)
      report(
        `${at}.name`,
        name,
        'two different signers have this name, and messages name it',
        'name each in its own way',
      );
    known.set(name, content);
  }
}

function judgeReason(entry: Loose, property: string, of: string, today: string, report: Report): void {
  const { reason, expires, ticket } = entry;
  if (ticket !== undefined && typeof ticket !== 'string')
    report(`${property}.ticket`, ticket, 'this is no text', "write it as its tracker does: 'PAY-231'");
  for (const fault of faultsOfAll({ reason, expires }, of, today))
    report(fault.property.replace('exceptions', property), fault.value, fault.message, fault.remedy);
}

function nonEmpty(value: unknown, property: string, message: string, report: Report): void {
  if (!Array.isArray(value) || value.length === 0) report(property, value, message, 'list at least one');
}

function eachOf(
  value: unknown,
  property: string,
  report: Report,
  judge: (each: unknown, property: string) => void,
): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) report(property, value, 'this is no list', 'give a list');
  for (const [i, each] of listOf(value).entries()) judge(each, `${property}[${i}]`);
}

function oneOf(value: unknown, property: string, known: Readonly<Record<string, true>>, report: Report): void {
  if (value === undefined || (typeof value === 'string' && Object.hasOwn(known, value))) return;
  report(property, value, 'there is no such value', `write one of ${Object.keys(known).join(', ')}`);
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
