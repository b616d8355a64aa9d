import type { Control, Framework } from './framework';

/** The checks of the level `baseline`, as k8s.io/pod-security-admission names them. */
export const baselineControls: readonly Control[] = [
  { id: 'privileged', title: 'Privileged containers', rules: ['privileged'], levels: ['baseline'] },
  { id: 'hostNamespaces', title: 'Host namespaces', rules: ['host-namespaces'], levels: ['baseline'] },
  { id: 'hostPathVolumes', title: 'HostPath volumes', rules: ['host-path-volumes'], levels: ['baseline'] },
  { id: 'hostPorts', title: 'Host ports', rules: ['host-ports'], levels: ['baseline'] },
  { id: 'windowsHostProcess', title: 'HostProcess', rules: ['windows-host-process'], levels: ['baseline'] },
  { id: 'appArmorProfile', title: 'AppArmor', rules: ['apparmor-profile'], levels: ['baseline'] },
  { id: 'capabilities_baseline', title: 'Capabilities', rules: ['capabilities-add'], levels: ['baseline'] },
  { id: 'seLinuxOptions', title: 'SELinux', rules: ['selinux-options'], levels: ['baseline'] },
  { id: 'seccompProfile_baseline', title: 'Seccomp', rules: ['seccomp-profile'], levels: ['baseline'] },
  { id: 'sysctls', title: 'Sysctls', rules: ['sysctls'], levels: ['baseline'] },
  { id: 'procMount', title: '/proc mount type', rules: ['proc-mount'], levels: ['baseline'] },
  {
    id: 'hostProbesAndhostLifecycle',
    title: 'Hosts of probes and lifecycle hooks',
    rules: ['probe-host'],
    levels: ['baseline'],
  },
];

export const pssBaseline: Framework = {
  id: 'pss-baseline',
  title: 'Pod Security Standards, baseline, as the version of the target has them',
  url: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  controls: baselineControls,
};
