import { readValue } from '../../manifest/yaml/read-value';
import { writeYaml } from '../../manifest/yaml/write';
import type { ControlPlane } from '../control-plane';
import type { NodeFile } from '../file';
import { type ControlPlaneComponent, controlPlaneComponents, type Flag } from '../flag';
import { admissionPath, auditPolicyPath, authenticationPath, defaultFolder, encryptionPath } from '../paths';
import { talosFate, talosKubeletCa } from './talos-fate';
import { requireOneForm, type TalosForm } from './talos-forms';
import { flagsFor, requireTarget, sortParts, type ToolFile, type WrittenControlPlane } from './written';

/** What is not said of the control plane itself. */
export interface TalosOptions {
  /** `cluster` up to Talos 1.13, `documents` from 1.14 on. */
  readonly form: TalosForm;
  /**
   * The documents of the machine configuration that this is a patch of, as plain objects: what they have in the other form is refused
   * before Talos refuses it. @default - not looked at
   */
  readonly machineConfig?: readonly object[];
}

/**
 * For Talos: patches of the machine configuration of the control plane, in one of both forms. There are no files for the nodes, whose file
 * systems cannot be written: Talos makes those of kube-apiserver of its own configuration.
 * @throws ControlPlaneError for a target of another distribution, and where the machine configuration has the other form already
 * @see https://docs.siderolabs.com/talos/v1.14/reference/configuration/kubernetes/kubeauditpolicyconfig
 */
export function writeTalos(
  controlPlane: ControlPlane,
  { form, machineConfig = [] }: TalosOptions,
): WrittenControlPlane {
  requireTarget(controlPlane.target, 'Talos', ['talos']);
  requireOneForm(form, machineConfig);
  const { account, flags } = sortParts(controlPlane, (part) => talosFate(part, controlPlane, form));
  const parts = partsFor(controlPlane, flags);
  return {
    ...account,
    config: form === 'cluster' ? [clusterPatch(parts)] : documentPatches(controlPlane, parts, account.notSettable),
    files: [],
    folders: [],
    needs: [],
    steps: [
      ...stepsBefore[form],
      'talosctl patch machineconfig --patch @<file> on each node of the control plane, one after the other.',
      'For --kubelet-certificate-authority: rotate-server-certificates: "true" among the arguments of the kubelet, and somebody who approves the requests.',
    ],
  };
}

/** @see https://docs.siderolabs.com/talos/v1.14/configure-your-talos-cluster/system-configuration/patching */
const stepsBefore: Readonly<Record<TalosForm, readonly string[]>> = {
  cluster: [
    'Take PodSecurity and EventRateLimit out of the admission plugins of the machine configuration before each patch ($patch: delete): lists in a patch are added to those that stand there, and kube-apiserver does not start with a namespace that is exempt twice.',
  ],
  documents: [
    'Move what stands below cluster to documents first (apiServer, controllerManager, scheduler, secretboxEncryptionSecret, aescbcEncryptionSecret): Talos takes no document beside it.',
    'In a cluster that has run before, Secrets are encrypted by the key of its KubeEtcdEncryptionConfig, which talosctl gen config calls key1: rotate from a key of that name and material, for secrets alone, or nobody can read them any more.',
  ],
};

/** What both forms have. */
interface TalosParts {
  readonly args: Readonly<Record<ControlPlaneComponent, object>>;
  readonly auditPolicy: object;
  readonly plugins: readonly { readonly name: string; readonly configuration: object }[];
}

function partsFor(controlPlane: ControlPlane, flags: readonly Flag[]): TalosParts {
  const { folder = defaultFolder } = controlPlane.settings;
  const admission = bodyOf(controlPlane, admissionPath(folder)) as { plugins: TalosParts['plugins'] };
  const argsOf = (component: ControlPlaneComponent) =>
    Object.fromEntries(flagsFor(flags, component).map(({ name, value }) => [name, value]));
  const [apiServer, controllerManager, scheduler] = controlPlaneComponents;
  return {
    args: {
      [apiServer]: { ...argsOf(apiServer), 'kubelet-certificate-authority': talosKubeletCa },
      [controllerManager]: argsOf(controllerManager),
      [scheduler]: argsOf(scheduler),
    },
    auditPolicy: bodyOf(controlPlane, auditPolicyPath(folder)) ?? {},
    plugins: admission.plugins,
  };
}

/** What a file of the control plane holds, as data. */
function bodyOf({ files }: ControlPlane, path: string): object | undefined {
  const file = files.find((each) => each.path === path);
  return file && bodyIn(file);
}

/** What a file of our own writing says. */
function bodyIn({ path, content }: NodeFile): object {
  return readValue(content, path).value as object;
}

function clusterPatch({ args, auditPolicy, plugins }: TalosParts): ToolFile {
  const content = writeYaml({
    cluster: {
      apiServer: { extraArgs: args['kube-apiserver'], admissionControl: plugins, auditPolicy },
      controllerManager: { extraArgs: args['kube-controller-manager'] },
      scheduler: { extraArgs: args['kube-scheduler'] },
    },
  });
  return { name: 'talos.yaml', content, holdsSecrets: false };
}

const argsKinds: Readonly<Record<ControlPlaneComponent, string>> = {
  'kube-apiserver': 'KubeAPIServerConfig',
  'kube-controller-manager': 'KubeControllerManagerConfig',
  'kube-scheduler': 'KubeSchedulerConfig',
};

function documentPatches(
  controlPlane: ControlPlane,
  { args, auditPolicy, plugins }: TalosParts,
  notSettable: WrittenControlPlane['notSettable'],
): readonly ToolFile[] {
  const { folder = defaultFolder, authentication = {} } = controlPlane.settings;
  const given = bodyOf(controlPlane, authenticationPath(folder));
  const noAnonymous = authentication.anonymous === 'off' && { anonymous: { enabled: false } };
  const encryption = controlPlane.files.find(({ path }) => path === encryptionPath(folder));
  const isSettable = !notSettable.some(({ what }) => what === encryption?.path);
  const texts = [
    ...controlPlaneComponents.map((component) => talosDocument(argsKinds[component], { extraArgs: args[component] })),
    talosDocument('KubeAuditPolicyConfig', { configuration: auditPolicy }),
    ...plugins.flatMap(({ name, configuration }) => [
      talosDeletion('KubeAdmissionControlConfig', { name }),
      talosDocument('KubeAdmissionControlConfig', { name, configuration }),
    ]),
    ...(given === undefined && noAnonymous === false
      ? []
      : [
          talosDocument('KubeAuthenticationConfig', { configuration: { ...withoutType(given ?? {}), ...noAnonymous } }),
        ]),
  ];
  return [
    { name: 'talos.yaml', content: texts.join('---\n'), holdsSecrets: false },
    ...(encryption === undefined || !isSettable
      ? []
      : [
          {
            name: 'talos-encryption.yaml',
            content: [
              talosDeletion('KubeEtcdEncryptionConfig'),
              talosDocument('KubeEtcdEncryptionConfig', { config: withoutType(bodyIn(encryption)) }),
            ].join('---\n'),
            holdsSecrets: encryption.holdsSecrets,
          },
        ]),
  ];
}

function talosDocument(kind: string, body: object): string {
  return writeYaml({ apiVersion: 'v1alpha1', kind, ...body });
}

/**
 * Takes away the document that the one after it replaces. Talos adds the lists of a patch to those that are there, and kube-apiserver would go on
 * encrypting by the first entry for a resource; KubeAuditPolicyConfig and KubeAuthenticationConfig alone are replaced as a whole.
 */
function talosDeletion(kind: string, name: object = {}): string {
  return writeYaml({ apiVersion: 'v1alpha1', kind, ...name, $patch: 'delete' });
}

/** Talos says the type of some configurations by itself. */
function withoutType(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'apiVersion' && name !== 'kind'));
}
