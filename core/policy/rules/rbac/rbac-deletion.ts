import { clusterRoleKinds, rightRule } from './support';

export const rbacDeletion = rightRule(
  {
    id: 'rbac-deletion',
    title: 'No role of the cluster destroys data',
    severity: 'warning',
    why: 'One request deletes a namespace with all that is in it, a claim with its disk, or a definition with every object of its kind: extortion needs no more, and backups are often in reach of the same account.',
    fix: 'Grant deletion by a Role in the namespaces that are meant, or of named objects alone.',
  },
  [
    {
      groups: ['', 'apiextensions.k8s.io', 'snapshot.storage.k8s.io'],
      resources: [
        'namespaces',
        'persistentvolumes',
        'persistentvolumeclaims',
        'customresourcedefinitions',
        'volumesnapshots',
        'volumesnapshotcontents',
      ],
      verbs: ['delete', 'deletecollection'],
      gains: 'destroys data of the namespaces that it is bound in',
      unlessNamed: true,
      remedy: 'grant it by a Role in the namespaces that need it, or name the objects in resourceNames',
    },
  ],
  clusterRoleKinds,
);
