import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, is, isOneOf, not, text } from '../../expression/operators';

interface StorageClass {
  readonly provisioner?: string;
  readonly parameters?: { readonly encrypted?: string };
}

/** Provisioners whose disks are encrypted only where they are asked to be; those of Google and Azure always are. */
const unencrypted = ['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com', 'kubernetes.io/aws-ebs'];

export const storageEncryption = objectRule({
  id: 'storage-encryption',
  kinds: ['storage.k8s.io/StorageClass'],
  title: 'Every StorageClass encrypts its disks',
  severity: 'warning',
  why:
    'A disk of EBS is encrypted only where its class, or the account, says so: a snapshot that is shared by mistake or taken with a ' +
    'stolen key of the cloud is then readable anywhere. Source: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md.',
  fix: "Set parameters.encrypted to 'true', and kmsKeyId if the key is to be your own.",
  clauses: [
    objects<StorageClass>().violation({
      when: ({ provisioner, parameters }) =>
        and(isOneOf(provisioner, unencrypted), not(is(parameters.encrypted, 'true'))),
      at: ({ parameters }) => parameters.encrypted,
      message: ({ provisioner }) =>
        text`${provisioner} encrypts the disks of the class only where the account demands it`,
      remedy: "set parameters.encrypted to 'true'",
      fix: { set: 'true' },
    }),
  ],
});
