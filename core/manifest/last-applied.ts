/** The annotation in which `kubectl apply` keeps the whole object as it was last given: another place for whatever stands in it. */
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
