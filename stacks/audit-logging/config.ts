import { AuditPolicy } from '../../core/audit';
import { ClusterTarget, type ClusterTargetOptions, type Distribution } from '../../core/cluster';
import {
  type AuthenticationSettings,
  type ControlPlaneFault,
  type ControlPlaneSettings,
  controlPlaneFaults,
} from '../../core/control-plane';
import type { AuditLoggingArgs } from './args';

/** Distributions whose control plane is the cloud's: its flags and files are nobody else's. */
const managed: Readonly<Partial<Record<Distribution, string>>> = {
  eks: 'enable the five log types of the cluster, and encrypt Secrets by a key of KMS there',
  'eks-fargate': 'enable the five log types of the cluster, and encrypt Secrets by a key of KMS there',
  gke: 'enable Data Access logs of the Kubernetes Engine API, and application-layer encryption of Secrets there',
  'gke-autopilot':
    'enable Data Access logs of the Kubernetes Engine API, and application-layer encryption of Secrets there',
  aks: 'enable kube-audit in the diagnostic settings, and KMS encryption of etcd there',
};

/** What the arguments come to, without what is known only later and without the material of keys. */
export interface AuditLoggingConfig {
  readonly target: ClusterTarget;
  /** Absent where the control plane is the cloud's. */
  readonly controlPlane?: ControlPlaneSettings;
  /** What is to be done where the control plane is the cloud's. */
  readonly instead?: string;
}

/** The arguments that are plain data. */
export type PlainArgs = Omit<AuditLoggingArgs, 'encryptionKeys' | 'runbooks'>;

/** What the arguments come to, and everything that is wrong with them. */
export function auditLoggingConfig(args: PlainArgs): {
  readonly config: AuditLoggingConfig;
  readonly faults: readonly ControlPlaneFault[];
} {
  const { kubernetesVersion, distribution } = args;
  const options = distribution === undefined ? {} : ({ distribution } as ClusterTargetOptions);
  const target = ClusterTarget.of(kubernetesVersion, options);
  if (target.faults.length > 0) {
    const faults = target.faults.map((of) => ({ ...of, property: targetProperties[of.property] ?? of.property }));
    return { config: { target }, faults };
  }
  const instead = managed[target.distribution];
  if (instead !== undefined) {
    return { config: { target, instead }, faults: managedFaults(args, target.distribution, instead) };
  }
  const controlPlane = settingsOf(args);
  const faults = controlPlaneFaults(controlPlane, target).map((of) => ({ ...of, property: argumentOf(of.property) }));
  return { config: { target, controlPlane }, faults };
}

function settingsOf(args: PlainArgs): ControlPlaneSettings {
  const { encryption = {}, log, webhook, sensitive = [], anonymous, discovery } = args;
  const { kmsName, kmsEndpoint, keyNames, writeWith } = encryption;
  return {
    encryption: {
      ...(kmsName !== undefined && {
        kms: { name: kmsName, ...(kmsEndpoint !== undefined && { endpoint: kmsEndpoint }) },
      }),
      ...(keyNames !== undefined && { secretbox: keyNames }),
      ...(writeWith !== undefined && { writeWith: writeWith as 'kms' | 'secretbox' }),
    },
    audit: {
      policy: AuditPolicy.recommended({ sensitive }),
      ...(log !== undefined ? { log } : webhook !== undefined ? { log: false } : {}),
      ...(webhook !== undefined && { webhook }),
    },
    authentication: {
      ...(anonymous !== undefined && { anonymous: anonymous as AuthenticationSettings['anonymous'] & string }),
      ...(discovery !== undefined && { discovery: discovery as AuthenticationSettings['discovery'] & string }),
    },
  };
}

const targetProperties: Readonly<Record<string, string>> = {
  version: 'kubernetesVersion',
  distribution: 'distribution',
};

/** Settings of the control plane by the arguments that they are made of, the longest first. */
const argumentsOf: readonly (readonly [setting: string, argument: string])[] = [
  ['encryption.kms.name', 'encryption.kmsName'],
  ['encryption.kms.endpoint', 'encryption.kmsEndpoint'],
  ['encryption.secretbox', 'encryption.keyNames'],
  ['audit.policy', 'sensitive'],
  ['audit.', ''],
  ['authentication.', ''],
  ['keys', 'encryptionKeys'],
];

/** The argument that a setting of the control plane is made of. */
export function argumentOf(property: string): string {
  const [setting = '', argument = ''] = argumentsOf.find(([start]) => property.startsWith(start)) ?? [];
  return `${argument}${property.slice(setting.length)}`;
}

function managedFaults(args: PlainArgs, distribution: Distribution, instead: string): readonly ControlPlaneFault[] {
  const given = (['encryption', 'log', 'webhook', 'sensitive', 'anonymous', 'discovery'] as const).filter(
    (key) => args[key] !== undefined,
  );
  return given.map((property) => ({
    property,
    message: `the control plane of ${distribution} is the cloud's, which takes no such setting`,
    remedy: `leave it out, and ${instead}`,
  }));
}
