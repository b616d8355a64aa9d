import type { ClusterTarget } from '../cluster/target';
import { isDnsLabel } from '../manifest/names';
import { writeYaml } from '../manifest/yaml/write';
import { nearest } from '../nearest';
import { duplicateOf, fault, isNaturalNumber } from './checks';
import type { ControlPlaneFault } from './fault';
import type { NodeFile } from './file';
import { admissionPath } from './paths';
import type { AdmissionSettings, EventLimit, PodSecurityDefaults, PodSecurityStandard } from './settings';

/**
 * Limits for events, so that no namespace or user can fill etcd with them. CIS 1.12 1.2.9.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#eventratelimit
 */
export const defaultEventLimits: readonly EventLimit[] = [
  { type: 'Server', qps: 500, burst: 2000 },
  { type: 'Namespace', qps: 50, burst: 100, cacheSize: 2000 },
  { type: 'User', qps: 50, burst: 200, cacheSize: 4096 },
];

export const defaultExemptNamespaces: readonly string[] = ['kube-system'];

/** The plugins that are off unless asked for. CIS 1.12 1.2.3, 1.2.9, 1.2.11, 1.2.14. */
const ownPlugins = ['NodeRestriction', 'DenyServiceExternalIPs', 'EventRateLimit', 'AlwaysPullImages'] as const;

/** What may be switched on besides. */
const otherPlugins = [
  'ExtendedResourceToleration',
  'LimitPodHardAntiAffinityTopology',
  'NamespaceAutoProvision',
  'NamespaceExists',
  'OwnerReferencesPermissionEnforcement',
  'PodNodeSelector',
  'PodTolerationRestriction',
] as const;

/** Why a plugin is not to be switched on. */
const refusedPlugins: Readonly<Record<string, string>> = {
  AlwaysAdmit: 'it admits everything (CIS 1.12 1.2.10)',
  AlwaysDeny: 'it refuses everything',
  ImagePolicyWebhook:
    'it asks a service outside of the cluster that every start of a pod then depends on; admission policies check images',
};

/** The plugins to switch on, beside those that always are. */
export function admissionPlugins({ alwaysPullImages = true, plugins = [] }: AdmissionSettings): readonly string[] {
  return [...ownPlugins.filter((name) => alwaysPullImages || name !== 'AlwaysPullImages'), ...plugins];
}

/** The file for `--admission-control-config-file`. */
export function admissionFile(folder: string, settings: AdmissionSettings, target: ClusterTarget): NodeFile {
  const { podSecurity = {}, eventLimits = defaultEventLimits } = settings;
  const content = writeYaml({
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: [
      {
        name: 'EventRateLimit',
        configuration: {
          apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1',
          kind: 'Configuration',
          limits: eventLimits,
        },
      },
      { name: 'PodSecurity', configuration: podSecurityConfiguration(podSecurity, target.podSecurityVersion) },
    ],
  });
  return { path: admissionPath(folder), content, mode: 0o600, owner: 'root:root', holdsSecrets: false };
}

function podSecurityConfiguration(settings: PodSecurityDefaults, version: string): object {
  const { enforce = 'restricted', audit = 'restricted', warn = 'restricted' } = settings;
  return {
    apiVersion: 'pod-security.admission.config.k8s.io/v1',
    kind: 'PodSecurityConfiguration',
    defaults: {
      enforce,
      'enforce-version': version,
      audit,
      'audit-version': version,
      warn,
      'warn-version': version,
    },
    exemptions: {
      usernames: [],
      runtimeClasses: [],
      namespaces: settings.exemptNamespaces ?? defaultExemptNamespaces,
    },
  };
}

/** Everything that is wrong with the settings. */
export function admissionFaults(settings: AdmissionSettings): readonly ControlPlaneFault[] {
  return [
    ...podSecurityFaults(settings.podSecurity ?? {}),
    ...(settings.eventLimits === undefined ? [] : limitFaults(settings.eventLimits)),
    ...(settings.plugins ?? []).flatMap((plugin, i) => pluginFaults(`admission.plugins[${i}]`, plugin)),
  ];
}

const levels: readonly PodSecurityStandard[] = ['privileged', 'baseline', 'restricted'];

function podSecurityFaults(settings: PodSecurityDefaults): readonly ControlPlaneFault[] {
  const faults: ControlPlaneFault[] = [];
  for (const mode of ['enforce', 'audit', 'warn'] as const) {
    const level = settings[mode];
    if (level === undefined || levels.includes(level)) continue;
    const message = `${JSON.stringify(level)} is no level of the Pod Security Standards`;
    faults.push(fault(`admission.podSecurity.${mode}`, level, message, `use one of ${levels.join(', ')}`));
  }
  if (settings.enforce === 'privileged') {
    const message = 'namespaces without labels would take any pod, those with the rights of the node included';
    const remedy = 'use baseline or restricted, and label the namespaces that need more';
    faults.push(fault('admission.podSecurity.enforce', settings.enforce, message, remedy));
  }
  const exempt = settings.exemptNamespaces ?? [];
  const at = 'admission.podSecurity.exemptNamespaces';
  exempt.forEach((name, i) => {
    if (isDnsLabel(name)) return;
    faults.push(fault(`${at}[${i}]`, name, `${JSON.stringify(name)} is no name of a namespace`, 'name each in full'));
  });
  const twice = duplicateOf(exempt);
  if (twice !== undefined) {
    const message = `${JSON.stringify(exempt[twice])} is named twice, and the API server does not start with it`;
    faults.push(fault(`${at}[${twice}]`, exempt[twice], message, 'name each once'));
  }
  return faults;
}

/** What CIS 1.12 or the Pod Security Standards would have otherwise: an exception may excuse it. */
export function weakAdmissionFaults({
  alwaysPullImages = true,
  podSecurity = {},
}: AdmissionSettings): readonly ControlPlaneFault[] {
  const faults: ControlPlaneFault[] = [];
  if (!alwaysPullImages) {
    const message = 'pods of anybody run the private images that a node has already (CIS 1.12 1.2.11)';
    faults.push(fault('admission.alwaysPullImages', alwaysPullImages, message, 'leave it out, or give an exception'));
  }
  for (const mode of ['audit', 'warn'] as const) {
    if (podSecurity[mode] !== 'privileged') continue;
    const message = 'nobody would hear of pods with the rights of the node';
    const remedy = 'use baseline or restricted, or give an exception';
    faults.push(fault(`admission.podSecurity.${mode}`, podSecurity[mode], message, remedy));
  }
  const { exemptNamespaces = [] } = podSecurity;
  const more = exemptNamespaces.filter((name) => isDnsLabel(name) && !defaultExemptNamespaces.includes(name));
  if (more.length > 0) {
    const message = `${[...new Set(more)].join(', ')} would take any pod, whatever the labels of the namespace say`;
    const remedy = 'label namespaces with pod-security.kubernetes.io/enforce instead, or give an exception';
    faults.push(fault('admission.podSecurity.exemptNamespaces', more, message, remedy));
  }
  return faults;
}

const limitTypes: readonly EventLimit['type'][] = ['Server', 'Namespace', 'User', 'SourceAndObject'];

function limitFaults(limits: readonly EventLimit[]): readonly ControlPlaneFault[] {
  const at = 'admission.eventLimits';
  const faults: ControlPlaneFault[] = [];
  if (limits.length === 0) {
    faults.push(
      fault(at, limits, 'there is no limit in it, and the API server does not start with it', 'leave it out'),
    );
  }
  limits.forEach(({ type, ...numbers }, i) => {
    if (!limitTypes.includes(type)) {
      const message = `there is no limit by ${JSON.stringify(type)}`;
      faults.push(fault(`${at}[${i}].type`, type, message, `use one of ${limitTypes.join(', ')}`));
    }
    for (const key of ['qps', 'burst', 'cacheSize'] as const) {
      const value = numbers[key];
      if (isNaturalNumber(value) || (key === 'cacheSize' && value === undefined)) continue;
      faults.push(fault(`${at}[${i}].${key}`, value, `${JSON.stringify(value)} is no whole number from 1`, 'give one'));
    }
  });
  return faults;
}

function pluginFaults(property: string, plugin: string): readonly ControlPlaneFault[] {
  if (Object.hasOwn(refusedPlugins, plugin)) {
    const message = `${plugin} is not to be switched on: ${refusedPlugins[plugin]}`;
    return [fault(property, plugin, message, 'leave it out')];
  }
  if (ownPlugins.some((own) => own === plugin)) {
    const remedy = 'leave it out';
    return [fault(property, plugin, `${plugin} is switched on by what the settings say already`, remedy)];
  }
  if (otherPlugins.some((other) => other === plugin)) return [];
  const near = nearest(plugin, otherPlugins);
  const message = `${JSON.stringify(plugin)} is no plugin that is off by default`;
  const remedy = near === undefined ? `use one of ${otherPlugins.join(', ')}` : `write ${near}`;
  return [fault(property, plugin, message, remedy)];
}
