import { fault } from '../checks';
import type { ControlPlane } from '../control-plane';
import { ControlPlaneError } from '../fault';
import {
  admissionPath,
  auditPolicyPath,
  auditWebhookPath,
  authenticationPath,
  defaultFolder,
  encryptionPath,
} from '../paths';
import { type Account, type Fate, type Part, sortParts } from './written';

/** What a cloud answers for as a whole, or not at all. */
export type Topic =
  | 'admission'
  | 'auditLog'
  | 'auditPolicy'
  | 'auditWebhook'
  | 'authentication'
  | 'authorization'
  | 'certificates'
  | 'encryption'
  | 'files'
  | 'other'
  | 'tls';

/** What a cloud makes of each topic. */
export type ManagedAnswers = Readonly<Record<Topic, Exclude<Fate, 'written'>>>;

/** The beginnings of the names of flags, the first that fits; `other` for none. */
const flagTopics: readonly (readonly [start: string, topic: Topic])[] = [
  ['audit-policy-', 'auditPolicy'],
  ['audit-webhook-', 'auditWebhook'],
  ['audit-', 'auditLog'],
  ['encryption-', 'encryption'],
  ['admission-', 'admission'],
  ['enable-admission-', 'admission'],
  ['anonymous-', 'authentication'],
  ['authentication-', 'authentication'],
  ['authorization-', 'authorization'],
  ['kubelet-certificate-authority', 'certificates'],
  ['tls-', 'tls'],
];

const mountTopics: Readonly<Record<string, Topic>> = {
  'bulwark-audit-log': 'auditLog',
  'bulwark-kms': 'encryption',
  'bulwark-config': 'files',
};

/** The account of a control plane that nobody but the cloud writes files or flags for. */
export function managedAccount(controlPlane: ControlPlane, answers: ManagedAnswers): Account {
  return sortParts(controlPlane, (part) => answers[topicOf(part, controlPlane)]).account;
}

function topicOf(part: Part, { settings }: ControlPlane): Topic {
  if (part.kind === 'mount') return mountTopics[part.mount.name] ?? 'auditWebhook';
  if (part.kind === 'flag') {
    if (part.flag.setBy === 'distribution') return 'certificates';
    return flagTopics.find(([start]) => part.flag.name.startsWith(start))?.[1] ?? 'other';
  }
  const { folder = defaultFolder } = settings;
  const topics: Readonly<Record<string, Topic>> = {
    [admissionPath(folder)]: 'admission',
    [auditPolicyPath(folder)]: 'auditPolicy',
    [auditWebhookPath(folder)]: 'auditWebhook',
    [authenticationPath(folder)]: 'authentication',
    [encryptionPath(folder)]: 'encryption',
  };
  return topics[part.file.path] ?? 'files';
}

/** What is the same for every cloud. */
export function commonAnswers(
  title: string,
): Pick<ManagedAnswers, 'admission' | 'auditWebhook' | 'certificates' | 'files' | 'other' | 'tls'> {
  const why = `${title} runs the control plane and takes neither flags nor files for it`;
  return {
    admission: {
      why,
      instead:
        'label namespaces with pod-security.kubernetes.io/enforce, and enforce the rest with ValidatingAdmissionPolicy',
    },
    auditWebhook: { why, instead: `send the log on from where ${title} writes it` },
    certificates: { by: `${title}, which makes and renews them` },
    files: { by: `${title}, on whose nodes of the control plane there is nothing to mount` },
    other: { why, instead: `rely on ${title}, and check it against the CIS benchmark for ${title}` },
    tls: { why, instead: 'give the API server a private endpoint, and let clients ask for TLS 1.3' },
  };
}

/** What a cloud that restricts anonymous requests by itself makes of the settings. */
export function authenticationAnswer(
  { settings }: ControlPlane,
  by: string,
  users: string,
): ManagedAnswers['authentication'] {
  const { anonymous = 'health', jwt = [] } = settings.authentication ?? {};
  if (jwt.length > 0) return { why: 'there is no AuthenticationConfiguration to give it', instead: users };
  if (anonymous === 'health') return { by };
  return {
    why: 'what is answered without credentials is fixed',
    instead: "set authentication.anonymous to 'health', and close the endpoint of the API server to the public",
  };
}

/**
 * The days that the settings keep the log for. CIS 1.12 1.2.17.
 * @param most what the cloud keeps it for at most
 * @throws ControlPlaneError for more than that
 */
export function logDays({ settings }: ControlPlane, title: string, most: number): number {
  const { log } = settings.audit ?? {};
  const days = (log === false ? undefined : log?.maxAgeDays) ?? 30;
  if (days <= most) return days;
  const message = `${title} keeps logs for ${most} days at most`;
  const remedy = `give at most ${most}, and export the log to a storage that keeps it longer`;
  throw new ControlPlaneError([fault('audit.log.maxAgeDays', days, message, remedy)]);
}
