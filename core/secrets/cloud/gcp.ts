import type { SecretFault } from '../fault';
import type { GcpPlace } from './settings';

/** A secret of Google Cloud's Secret Manager, and all that is needed to ask for it. */
export interface GcpSource {
  readonly cloud: 'gcp';
  /** The ID of its project, or the number. */
  readonly project: string;
  readonly secret: string;
  /** Of a regional secret. @default - none: it is global */
  readonly location?: string;
  /** One version for ever. @default - the newest */
  readonly version?: number;
}

/** What the owner of a mount says of a secret of Google Cloud. */
export interface GcpAsked {
  readonly name: string;
  readonly project?: string;
  readonly location?: string;
  readonly version?: number;
}

const resource = /^projects\/([^/]+)\/(?:locations\/([^/]+)\/)?secrets\/([^/]+)$/;
const secretName = /^[A-Za-z0-9_-]{1,255}$/;
const projectName = /^(?:[a-z][a-z0-9-]{4,28}[a-z0-9]|[a-z0-9.-]+:[a-z][a-z0-9-]{4,28}[a-z0-9]|\d{6,20})$/;
const locationName = /^[a-z]+-[a-z]+\d+$/;

/** Reads what was asked for, with what the platform says of where it is. */
export function readGcp(
  asked: GcpAsked,
  place: GcpPlace = {},
): { readonly source: GcpSource | undefined; readonly faults: readonly SecretFault[] } {
  const { name, version } = asked;
  const [, ofName, locationOfName, secret = name] = resource.exec(String(name)) ?? [];
  const project = ofName ?? asked.project ?? place.project;
  const location = locationOfName ?? asked.location;
  const faults: SecretFault[] = [];
  const fault = (property: string, value: unknown, message: string, remedy: string) =>
    faults.push({ property, ...(value !== undefined && { value }), message, remedy });
  if (typeof secret !== 'string' || !secretName.test(secret))
    fault(
      'name',
      name,
      `${JSON.stringify(name)} is no name of a secret of Secret Manager`,
      "name it: 'payments-db', or 'projects/acme-payments/secrets/payments-db'; the version is apart",
    );
  else if (project === undefined)
    fault(
      'project',
      undefined,
      'nothing says in which project it is',
      "name it: project: 'acme-payments'; or for the app: cloudSecrets: { gcp: { project: 'acme-payments' } }",
    );
  if (project !== undefined && !projectName.test(project))
    fault('project', project, `${JSON.stringify(project)} is no ID of a project`, "give the ID: 'acme-payments'");
  if (ofName !== undefined && asked.project !== undefined && asked.project !== ofName)
    fault('project', asked.project, `its name says ${ofName}, and project ${asked.project}`, 'leave the project out');
  if (locationOfName !== undefined && asked.location !== undefined && asked.location !== locationOfName)
    fault(
      'location',
      asked.location,
      `its name says ${locationOfName}, and location ${asked.location}`,
      'leave the location out',
    );
  if (location !== undefined && !locationName.test(location))
    fault(
      'location',
      location,
      `${JSON.stringify(location)} is no location`,
      "write it as Google does: 'europe-west3'",
    );
  if (version !== undefined && !(Number.isSafeInteger(version) && version > 0))
    fault('version', version, `${String(version)} is no version of a secret`, 'give its number: 3');
  if (faults.length > 0 || project === undefined) return { source: undefined, faults };
  return {
    source: {
      cloud: 'gcp',
      project,
      secret,
      ...(location !== undefined && { location }),
      ...(version !== undefined && { version }),
    },
    faults,
  };
}

/** The secret as Google's API names it. */
export function gcpResource({ project, location, secret }: GcpSource): string {
  return `projects/${project}${location === undefined ? '' : `/locations/${location}`}/secrets/${secret}`;
}
