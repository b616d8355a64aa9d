import { celLiteral } from '../../policy/expression/cel-text';
import type {
  AcceptedFinding,
  ProvenanceRequirement,
  ReportFormat,
  SbomFormat,
  ScanRequirement,
  ScanSeverity,
  Signer,
} from './settings';

/** What has to be said of an image, and by whom. */
export interface Demand {
  /** What the policy calls it. */
  readonly attestation: string;
  /** Its predicate type. */
  readonly type: string;
  /** In words, for a refusal: `vulnerability scan`. */
  readonly what: string;
  readonly signers: readonly Signer[];
  /** CEL: what is wrong with the statement `p`, as a text; an empty one where it is as asked. */
  readonly wrong: string;
}

/** How a scanner writes down what it found. */
interface ReportReader {
  /** What it calls severities, the least first. */
  readonly severities: Readonly<Record<'known', readonly string[]>>;
  /** CEL: whether `r` is a report of it. */
  readonly isReport: string;
  /** CEL: the findings in `r` that count, as texts, where `refused` and `text` are CEL about one. */
  readonly findings: (
    count: (severity: string, id: string) => { readonly refused: string; readonly text: string },
  ) => string;
}

const readers: Readonly<Record<ReportFormat, ReportReader>> = {
  trivy: {
    severities: { known: ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] },
    isReport: 'r.?SchemaVersion.hasValue()',
    findings: (count) => {
      const { refused, text } = count("v.?Severity.orValue('')", "v.?VulnerabilityID.orValue('')");
      return `r.?Results.orValue([]).map(g, g.?Vulnerabilities.orValue([]).filter(v, ${refused}).map(v, ${text}).join(', ')).filter(t, t != '').join(', ')`;
    },
  },
  grype: {
    severities: { known: ['Negligible', 'Low', 'Medium', 'High', 'Critical'] },
    isReport: "r.?matches.hasValue() && r.?descriptor.?name.orValue('') == 'grype'",
    findings: (count) => {
      const { refused, text } = count("m.?vulnerability.?severity.orValue('')", "m.?vulnerability.?id.orValue('')");
      return `r.matches.filter(m, ${refused}).map(m, ${text}).join(', ')`;
    },
  },
};

/** Kept in this order by both. */
const ranks: Readonly<Record<ScanSeverity, string>> = {
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
};

const rfc3339 = String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$`;

/** A scan, as cosign's predicate holds one. @see https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md */
export function scanDemand({
  scanners,
  scanner,
  report = 'trivy',
  maxAgeHours = 72,
  refuseFrom = 'high',
  accepted = [],
}: ScanRequirement): Omit<Demand, 'attestation'> {
  const { severities, isReport, findings } = readers[report];
  const rank = severities.known.findIndex((each) => each.toUpperCase() === ranks[refuseFrom]);
  const milder = `[${severities.known.slice(0, rank).map(celLiteral).join(', ')}]`;
  const found = findings((severity, id) => ({
    refused: [`!(${severity} in ${milder})`, ...accepted.map((each) => `!(${acceptedCel(each, id)})`)].join(' && '),
    text: `string(${id}) + ' ' + string(${severity})`,
  }));
  const uri = "p.?predicate.?scanner.?uri.orValue('')";
  const end = "p.?predicate.?metadata.?scanFinishedOn.orValue('')";
  const result = `[p.?predicate.?scanner.?result.orValue({})]`;
  const cases = [
    [`!${end}.matches(${celLiteral(rfc3339)})`, celLiteral('its scan does not say when it ended')],
    [
      `timestamp(${end}) < time.now() - duration('${maxAgeHours}h')`,
      `'its scan is of ' + ${end} + ', more than ${maxAgeHours} hours ago'`,
    ],
    [`timestamp(${end}) > time.now() + duration('5m')`, `'its scan is of ' + ${end} + ', which is to come'`],
    [
      `${uri}.split('@')[0] != ${celLiteral(scanner)}`,
      `'it was scanned by "' + ${uri} + '", and not by ' + ${celLiteral(scanner)}`,
    ],
    [`!${result}.all(r, ${isReport})`, celLiteral(`its scan holds no report of ${report}`)],
    [`${result}.exists(r, ${found} != '')`, `'it has ' + ${result}.map(r, ${found})[0]`],
  ];
  return {
    type: 'https://cosign.sigstore.dev/attestation/vuln/v1',
    what: 'vulnerability scan',
    signers: scanners,
    wrong: choice(cases),
  };
}

/** @see https://slsa.dev/spec/v1.0/provenance */
export function provenanceDemand({ signers, builder }: ProvenanceRequirement): Omit<Demand, 'attestation'> {
  const id = "p.?predicate.?runDetails.?builder.?id.orValue('')";
  return {
    type: 'https://slsa.dev/provenance/v1',
    what: 'provenance',
    signers,
    wrong: choice([
      [`${id} != ${celLiteral(builder)}`, `'it was built by "' + ${id} + '", and not by ' + ${celLiteral(builder)}`],
    ]),
  };
}

const sbomTypes: Readonly<Record<SbomFormat, string>> = {
  cyclonedx: 'https://cyclonedx.org/bom',
  spdx: 'https://spdx.dev/Document',
};

export function sbomDemand({
  signers,
  format = 'cyclonedx',
}: {
  readonly signers: readonly Signer[];
  readonly format?: SbomFormat;
}): Omit<Demand, 'attestation'> {
  return {
    type: sbomTypes[format],
    what: 'bill of materials',
    signers,
    wrong: choice([['p.?predicate.orValue({}).size() == 0', celLiteral('its bill of materials is empty')]]),
  };
}

/** CEL: what is wrong with what this signer says of the image `i`. A signer's statement is read right after it was verified: Kyverno keeps one a type. */
export function wrongBy({ attestation, what, wrong }: Demand, signer: Signer): string {
  const name = celLiteral(attestation);
  return (
    `verifyAttestationSignatures(i, ${name}, [attestors[${celLiteral(signer.name)}]]) < 1 ? ` +
    `${celLiteral(`it has no ${what} signed by ${signer.name}`)} : [extractPayload(i, ${name})].map(p, ${wrong})[0]`
  );
}

/** An exception holds for the whole of its last day. */
export function beforeEndOf(day: string): string {
  return `time.now() < timestamp('${new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z')`;
}

function acceptedCel({ id, expires }: AcceptedFinding, text: string): string {
  return `${text} == ${celLiteral(id)} && ${beforeEndOf(expires)}`;
}

function choice(cases: readonly (readonly string[])[]): string {
  return [...cases.map(([test, text]) => `${test} ? ${text}`), "''"].join(' : ');
}
