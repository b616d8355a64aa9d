/** The plugins of service meshes that send the traffic of pods through their proxies, in place of a privileged container in each pod. */
export const meshPlugins = ['istio-cni', 'linkerd-cni'] as const;

export type MeshPlugin = (typeof meshPlugins)[number];
