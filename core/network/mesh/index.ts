import { ambient } from './ambient';
import { istio } from './istio';
import { linkerd } from './linkerd';
import type { Mesh, MeshName } from './mesh';

export {
  type Evasion,
  evasionsIn,
  type Marks,
  type Mesh,
  type MeshClient,
  type MeshName,
  type MeshPort,
  type MeshProbe,
  type MeshSettings,
  type MeshWorkload,
  meshNames,
  missingMarks,
  type ProxyResources,
} from './mesh';
export { type PortProbe, portProbesOf } from './probes';
export { injectedProxies, meshPortsOf } from './proxies';
export { type Caller, sharedIdentities } from './shared-identities';

/** The meshes, by name. */
export const meshes: Readonly<Record<MeshName, Mesh>> = { istio, 'istio-ambient': ambient, linkerd };
