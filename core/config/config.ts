import type { Cni } from '../cluster/cni';
import type { Distribution } from '../cluster/distribution';
import type { NodeCapability } from '../cluster/node-capabilities';
import { PodTemplateKinds } from '../manifest/pod-template';
import type { SelectedException } from '../policy/exceptions/selector';
import type { FrameworkId } from '../policy/frameworks';
import type { FailLevel } from '../policy/report';

/** What a `bulwark.yaml` says. */
export interface Config {
  readonly target: {
    readonly kubernetesVersion?: string;
    readonly distribution?: Distribution;
    readonly cni?: Cni;
    readonly nodes?: Readonly<Partial<Record<NodeCapability, boolean>>>;
  };
  readonly registries?: readonly string[];
  readonly frameworks?: readonly FrameworkId[];
  readonly failOn?: FailLevel;
  readonly paths?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ignoreAnnotations?: boolean;
  readonly podTemplateKinds: PodTemplateKinds;
  readonly exceptions: readonly SelectedException[];
}

/** What the settings are where there is no file. */
export const emptyConfig: Config = { target: {}, podTemplateKinds: PodTemplateKinds.builtIn, exceptions: [] };
