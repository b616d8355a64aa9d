import { rightRule } from './support';

export const rbacPersistentVolumes = rightRule(
  {
    id: 'rbac-persistent-volumes',
    title: 'No role makes PersistentVolumes',
    severity: 'error',
    why: 'A PersistentVolume may be a hostPath, which the Pod Security Standards do not see behind its claim: who makes one mounts the root of a node. Source: CIS Kubernetes Benchmark 5.1.9.',
    fix: 'Leave create of persistentvolumes out: people ask by claims, and a provisioner makes the volumes.',
  },
  [
    {
      groups: [''],
      resources: ['persistentvolumes'],
      verbs: ['create'],
      gains: 'mounts any path of a node by a hostPath volume',
    },
  ],
);
