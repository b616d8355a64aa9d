/** The Secrets Store CSI drivers: Google's own for GKE, and the one that everybody else has. */
export const csiDrivers = { addOn: 'secrets-store-gke.csi.k8s.io', open: 'secrets-store.csi.k8s.io' } as const;
