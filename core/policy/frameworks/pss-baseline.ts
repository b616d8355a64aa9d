import type { Control, Framework } from './framework';

/** The checks of the level `baseline`, as k8s.io/pod-security-admission names them. */
export const baselineControls: readonly Control[] = [
  { id: 'privileged', title: 'Privileged containers', rules: ['privileged'], level: 'baseline' },
  { id: 'hostNamespaces', title: 'Host namespaces', rules: ['host-namespaces'], level: 'baseline' },
  { id: 'hostPathVolumes', title: 'HostPath volumes', rules: ['host-path-volumes'], level: 'baseline' },
  { id: 'hostPorts', title: 'Host ports', rules: ['host-ports'], level: 'baseline' },
  { id: 'windowsHostProcess', title: 'HostProcess', rules: ['windows-host-process'], level: 'baseline' },
  { id: 'appArmorProfile', title: 'AppArmor', rules: ['apparmor-profile'], level: 'baseline' },
  { id: 'capabilities_baseline', title: 'Capabilities', rules: ['capabilities-add'], level: 'baseline' },
  { id: 'seLinuxOptions', title: 'SELinux', rules: ['selinux-options'], level: 'baseline' },
  { id: 'seccompProfile_baseline', title: 'Seccomp', rules: ['seccomp-profile'], level: 'baseline' },
  { id: 'sysctls', title: 'Sysctls', rules: ['sysctls'], level: 'baseline' },
  { id: 'procMount', title: '/proc mount type', rules: ['proc-mount'], level: 'baseline' },
  {
    id: 'hostProbesAndhostLifecycle',
    title: 'Hosts of probes and lifecycle hooks',
    rules: ['probe-host'],
    level: 'baseline',
  },
];

export const pssBaseline: Framework = {
  id: 'pss-baseline',
  title: 'Pod Security Standards, baseline, as the version of the target has them',
  url: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  controls: baselineControls,
};
