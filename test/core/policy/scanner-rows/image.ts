import type { RuleId } from '../../../../core/policy/rules';

/** Each row of the table of scanners' checks with this subject: the rules that answer it, or why none does. */
export const imageRows: Readonly<Record<string, readonly RuleId[] | { readonly notTaken: string }>> = {
  'image-latest': ['image-digest'],
  'image-digest': ['image-digest'],
  'image-pull-policy': {
    notTaken:
      "a digest names the content, so that pulling it again brings the same; Always only makes each restart wait for the registry. That a pod starts from a private image that another one pulled is for the nodes: the admission plugin AlwaysPullImages, or the kubelet's imagePullCredentialsVerificationPolicy",
  },
  'image-pull-policy-latest': ['image-digest'],
  'image-allowed-registry': ['image-allowed'],
  'image-forbidden-registry': ['image-allowed'],
  'image-registry-vendor': ['image-allowed'],
  'image-signature-exists': {
    notTaken:
      'a signature is in the registry, not in the manifest: to look it up takes the network, and rules are pure',
  },
  'image-signature-verify': {
    notTaken:
      "as image-signature-exists: it takes the registry and the keys, which an admission controller such as Kyverno or sigstore's policy-controller has",
  },
  'image-deprecated-registry': ['image-deprecated-registry'],
  'image-provenance': { notTaken: 'it asks for a plugin of the API server, which no manifest shows' },
};
