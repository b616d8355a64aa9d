import type { ControlPlaneComponent } from '../flag';

/** How kOps has the value of a flag. */
export type KopsType = 'text' | 'boolean' | 'number' | 'list' | 'gates';

/** A field of kOps. */
type Field = readonly [name: string, type: KopsType];

/** The field of each flag, by the programs: pkg/apis/kops/v1alpha2/componentconfig.go of kOps. What is not in it, kOps does not pass. */
export const kopsFields: Readonly<Record<ControlPlaneComponent, Readonly<Record<string, Field>>>> = {
  'kube-apiserver': {
    'admission-control-config-file': ['admissionControlConfigFile', 'text'],
    'anonymous-auth': ['anonymousAuth', 'boolean'],
    'api-audiences': ['apiAudiences', 'list'],
    'audit-log-format': ['auditLogFormat', 'text'],
    'audit-log-maxage': ['auditLogMaxAge', 'number'],
    'audit-log-maxbackup': ['auditLogMaxBackups', 'number'],
    'audit-log-maxsize': ['auditLogMaxSize', 'number'],
    'audit-log-path': ['auditLogPath', 'text'],
    'audit-policy-file': ['auditPolicyFile', 'text'],
    'audit-webhook-batch-buffer-size': ['auditWebhookBatchBufferSize', 'number'],
    'audit-webhook-batch-max-size': ['auditWebhookBatchMaxSize', 'number'],
    'audit-webhook-batch-max-wait': ['auditWebhookBatchMaxWait', 'text'],
    'audit-webhook-batch-throttle-burst': ['auditWebhookBatchThrottleBurst', 'number'],
    'audit-webhook-batch-throttle-enable': ['auditWebhookBatchThrottleEnable', 'boolean'],
    'audit-webhook-batch-throttle-qps': ['auditWebhookBatchThrottleQps', 'text'],
    'audit-webhook-config-file': ['auditWebhookConfigFile', 'text'],
    'audit-webhook-initial-backoff': ['auditWebhookInitialBackoff', 'text'],
    'audit-webhook-mode': ['auditWebhookMode', 'text'],
    'authentication-config': ['authenticationConfigFile', 'text'],
    'authorization-mode': ['authorizationMode', 'text'],
    'enable-admission-plugins': ['enableAdmissionPlugins', 'list'],
    'event-ttl': ['eventTTL', 'text'],
    'feature-gates': ['featureGates', 'gates'],
    'goaway-chance': ['goawayChance', 'text'],
    'max-mutating-requests-inflight': ['maxMutatingRequestsInflight', 'number'],
    'max-requests-inflight': ['maxRequestsInflight', 'number'],
    'min-request-timeout': ['minRequestTimeout', 'number'],
    profiling: ['enableProfiling', 'boolean'],
    'request-timeout': ['requestTimeout', 'text'],
    'tls-cipher-suites': ['tlsCipherSuites', 'list'],
    'tls-min-version': ['tlsMinVersion', 'text'],
    v: ['logLevel', 'number'],
  },
  'kube-controller-manager': {
    'feature-gates': ['featureGates', 'gates'],
    profiling: ['enableProfiling', 'boolean'],
    'terminated-pod-gc-threshold': ['terminatedPodGCThreshold', 'number'],
    'tls-cipher-suites': ['tlsCipherSuites', 'list'],
    'tls-min-version': ['tlsMinVersion', 'text'],
    'use-service-account-credentials': ['useServiceAccountCredentials', 'boolean'],
    v: ['logLevel', 'number'],
  },
  'kube-scheduler': {
    'feature-gates': ['featureGates', 'gates'],
    profiling: ['enableProfiling', 'boolean'],
    v: ['logLevel', 'number'],
  },
};

const readers: Readonly<Record<KopsType, (value: string) => unknown>> = {
  text: (value) => value,
  boolean: (value) => value === 'true',
  number: Number,
  list: (value) => value.split(','),
  gates: (value) => Object.fromEntries(value.split(',').map((gate) => gate.split('='))),
};

/** The value of a flag as its field has it. */
export function kopsValue(type: KopsType, value: string): unknown {
  return readers[type](value);
}
