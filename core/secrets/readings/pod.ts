import type { Identity } from '../../manifest/identity';
import { isMapping } from '../../manifest/plain';
import { csiDrivers } from '../csi-drivers';
import { injectedBy } from './agent';
import { type ClassKind, classKey, type Known } from './known';
import { at, listAt, placeKey, placeName, textAt, trimSlashes } from './lookup';
import { kubernetesSecret, named, unknownSecret } from './naming';
import type { ContainerRole, NamedSecret, ReadingContainer, ReadingWay, SecretReading } from './reading';

/** Pods, as the object that makes them declares them. Nothing of it has to have the type that it should. */
export interface ReadingPod {
  readonly reader: Identity;
  readonly namespace: string | undefined;
  readonly annotations: unknown;
  readonly spec: unknown;
}

/** A reading of a pod: its reader and its way are those of the row that finds it. */
type PodReading = Omit<SecretReading, 'reader' | 'way'>;

/** A way that a pod declares. Rights against the API server are no matter of a pod alone. */
type PodWay = Exclude<ReadingWay, 'api' | 'tls'>;

const ways: Readonly<Record<PodWay, (pod: ReadingPod, known: Known) => readonly PodReading[]>> = {
  volume: (pod, known) =>
    volumesOf(pod).flatMap((volume) => {
      const name = textAt(volume, 'secret', 'secretName');
      return name === undefined ? [] : filesOf(pod, known, volume, at(volume, 'secret'), name);
    }),
  projected: (pod, known) =>
    volumesOf(pod).flatMap((volume) =>
      listAt(volume, 'projected', 'sources').flatMap((source) => {
        const name = textAt(source, 'secret', 'name');
        return name === undefined ? [] : filesOf(pod, known, volume, at(source, 'secret'), name);
      }),
    ),
  env: (pod, known) =>
    containersOf(pod).flatMap(({ container, node }) =>
      listAt(node, 'env').flatMap((variable) => {
        const name = textAt(variable, 'valueFrom', 'secretKeyRef', 'name');
        if (name === undefined) return [];
        const key = textAt(variable, 'valueFrom', 'secretKeyRef', 'key');
        return inSecret(pod.namespace, known, name, key).map((from) =>
          withPlace(from, container, textAt(variable, 'name')),
        );
      }),
    ),
  'env-from': (pod, known) =>
    containersOf(pod).flatMap(({ container, node }) =>
      listAt(node, 'envFrom').flatMap((source) => {
        const name = textAt(source, 'secretRef', 'name');
        if (name === undefined) return [];
        const variables = `${textAt(source, 'prefix') ?? ''}*`;
        return inSecret(pod.namespace, known, name).map((from) => withPlace(from, container, variables));
      }),
    ),
  'image-pull': (pod, known) => {
    const own = listAt(pod.spec, 'imagePullSecrets').flatMap((entry) => textAt(entry, 'name') ?? []);
    if (own.length > 0) return own.flatMap((name) => inSecret(pod.namespace, known, name));
    const account = serviceAccountOf(pod);
    return (known.pullSecrets.get(placeKey(pod.namespace, account)) ?? []).flatMap((name) =>
      inSecret(pod.namespace, known, name).map((from) => ({
        ...from,
        through: [...from.through, `ServiceAccount ${account}`],
      })),
    );
  },
  'volume-driver': (pod, known) =>
    volumesOf(pod).flatMap((volume) =>
      Object.values(Object(volume)).flatMap((source) => {
        const shares = textAt(source, 'shareName') === undefined ? undefined : textAt(source, 'secretName');
        const names = [shares, textAt(source, 'secretRef', 'name'), textAt(source, 'nodePublishSecretRef', 'name')];
        return names.flatMap((name) => (name === undefined ? [] : inSecret(pod.namespace, known, name)));
      }),
    ),
  csi: (pod, known) => volumesOf(pod).flatMap((volume) => classFilesOf(pod, known, volume)),
  agent: (pod) =>
    injectedBy(pod.annotations, pod.namespace).flatMap(({ secrets, ofAgent, containers, isEarly }) => {
      const into = containersOf(pod).filter(
        ({ container: { name, role } }) =>
          role !== 'ephemeral' && (role === 'main' ? (containers?.includes(name) ?? true) : isEarly),
      );
      return [
        ...secrets.flatMap(({ file, ...secret }) =>
          (into.length === 0 ? [undefined] : into).map((each) =>
            withPlace({ ...secret, through: [] }, each?.container, file),
          ),
        ),
        ...ofAgent.map((secret) => ({ ...secret, through: [] })),
      ];
    }),
};

/** Every secret that the pods read, by every way that they declare. */
export function readingsOfPod(pod: ReadingPod, known: Known): readonly SecretReading[] {
  return (Object.keys(ways) as PodWay[]).flatMap((way) =>
    ways[way](pod, known).map(({ secret, ...rest }) => ({ reader: pod.reader, secret, way, ...rest })),
  );
}

/** The ServiceAccount that the pods run as. */
export function serviceAccountOf({ spec }: Pick<ReadingPod, 'spec'>): string {
  return textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default';
}

const containerLists: Readonly<Record<string, ContainerRole>> = {
  initContainers: 'init',
  containers: 'main',
  ephemeralContainers: 'ephemeral',
};

function containersOf({
  spec,
}: ReadingPod): readonly { readonly container: ReadingContainer; readonly node: unknown }[] {
  return Object.entries(containerLists).flatMap(([list, role]) =>
    listAt(spec, list)
      .filter(isMapping)
      .map((node, index) => {
        const isSidecar = role === 'init' && textAt(node, 'restartPolicy') === 'Always';
        return { container: { name: textAt(node, 'name') ?? `${index}`, role: isSidecar ? 'sidecar' : role }, node };
      }),
  );
}

function volumesOf({ spec }: ReadingPod): readonly unknown[] {
  return listAt(spec, 'volumes').filter(isMapping);
}

/** A secret on its way into the pod: what fills the Secret, or the Secret itself. */
type Arriving = Omit<NamedSecret, 'gives'> & { readonly through: readonly string[] };

/** What a Secret holds, by where it comes from. */
export function inSecret(
  namespace: string | undefined,
  { filled }: Known,
  name: string,
  key?: string,
): readonly Arriving[] {
  const fillers = filled.filter(
    (each) => each.name === name && (each.namespaces === undefined || each.namespaces.includes(namespace)),
  );
  const itself: Arriving = { ...named(kubernetesSecret(namespace, name), { key }), through: [] };
  const origins = fillers.flatMap(({ by, from, isTemplated = false }) => {
    const giving = from.filter(({ gives }) => gives === undefined || key === undefined || gives === key);
    return (giving.length > 0 ? giving : from).map(({ gives, ...secret }) => ({
      ...(gives === undefined && key !== undefined && !isTemplated && { key }),
      ...secret,
      through: [by, `Secret ${name}`],
    }));
  });
  return origins.length === 0 || fillers.some(({ isMerged }) => isMerged) ? [...origins, itself] : origins;
}

function withPlace(from: Arriving, container: ReadingContainer | undefined, as: string | undefined): PodReading {
  return { ...from, ...(container !== undefined && { container }), ...(as !== undefined && { as }) };
}

/** Where a container mounts a volume, if one does. */
function mountsOf(
  pod: ReadingPod,
  volume: unknown,
): readonly { readonly container?: ReadingContainer; readonly mount?: unknown }[] {
  const name = textAt(volume, 'name');
  const mounts = containersOf(pod).flatMap(({ container, node }) =>
    listAt(node, 'volumeMounts')
      .filter((mount) => textAt(mount, 'name') === name)
      .map((mount) => ({ container, mount })),
  );
  return mounts.length === 0 ? [{}] : mounts;
}

/** The part of its volume that is mounted. @returns undefined for all of it, and where the environment decides */
function subPathOf(mount: unknown): string | undefined {
  const path = textAt(mount, 'subPath');
  return path === undefined ? undefined : trimSlashes(path);
}

/** The path of a volume's file in a container; undefined where the mount leaves it out. */
function pathIn(mount: unknown, file: string | undefined): string | undefined {
  const folder = `/${trimSlashes(textAt(mount, 'mountPath') ?? '')}`;
  const below = subPathOf(mount);
  if (below === undefined) return file === undefined ? folder : `${folder}/${file}`;
  if (file === undefined || file === below) return folder;
  return file.startsWith(`${below}/`) ? `${folder}${file.slice(below.length)}` : undefined;
}

/** The readings of a Secret, or of a part of it, as files. */
function filesOf(pod: ReadingPod, known: Known, volume: unknown, source: unknown, name: string): readonly PodReading[] {
  const items = at(source, 'items');
  const chosen = listAt(source, 'items').flatMap((item) => {
    const key = textAt(item, 'key');
    return key === undefined ? [] : [{ key, file: textAt(item, 'path') ?? key }];
  });
  return mountsOf(pod, volume).flatMap(({ container, mount }) => {
    const below = subPathOf(mount);
    const whole = [{ key: below, file: below }];
    return (Array.isArray(items) && items.length > 0 ? chosen : whole).flatMap(({ key, file }) => {
      const as = mount === undefined ? undefined : pathIn(mount, file);
      if (mount !== undefined && as === undefined) return [];
      return inSecret(pod.namespace, known, name, key).map((from) => withPlace(from, container, as));
    });
  });
}

/** The CSI drivers that bring secrets by a class, and the attributes of a volume that name it. */
const classDrivers: Readonly<
  Record<string, { readonly kind: ClassKind; readonly name: string; readonly namespace?: string }>
> = {
  [csiDrivers.open]: { kind: 'SecretProviderClass', name: 'secretProviderClass' },
  [csiDrivers.addOn]: { kind: 'SecretProviderClass', name: 'secretProviderClass' },
  'csi.vso.hashicorp.com': { kind: 'CSISecrets', name: 'csiSecretsName', namespace: 'csiSecretsNamespace' },
};

function classFilesOf(pod: ReadingPod, known: Known, volume: unknown): readonly PodReading[] {
  const id = textAt(volume, 'csi', 'driver') ?? '';
  const driver = Object.hasOwn(classDrivers, id) ? classDrivers[id] : undefined;
  if (driver === undefined) return [];
  const attribute = (name: string): string | undefined => textAt(volume, 'csi', 'volumeAttributes', name);
  const name = attribute(driver.name) ?? '';
  const namespace = (driver.namespace && attribute(driver.namespace)) ?? pod.namespace;
  const found = known.classes.get(classKey(driver.kind, namespace, name));
  const shown = `${driver.kind} ${name}`;
  const missing = `${driver.kind} ${placeName(namespace, name)} is not among these manifests`;
  const secrets = found?.secrets ?? [unknownSecret('unknown', missing)];
  return mountsOf(pod, volume).flatMap(({ container, mount }) =>
    secrets.flatMap(({ gives, ...secret }) => {
      const as = mount === undefined ? undefined : pathIn(mount, gives);
      if (mount !== undefined && as === undefined) return [];
      return [withPlace({ ...secret, through: [shown] }, container, as)];
    }),
  );
}
