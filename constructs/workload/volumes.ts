import type { Volume as KplusVolume } from 'cdk8s-plus-28';
import { toDnsLabel } from '../../core/manifest';
import { mountPathFault, normalPath } from '../../core/manifest/mount-path';
import { clonePlain } from '../../core/manifest/plain';
import type { Volume, VolumeMount, VolumeSource } from '../../core/manifest/pod';
import { remembering } from '../../core/manifest/remembering';
import type { AppImages } from '../app/app-images';
import type { DeclarationFault } from '../app/declaration';
import { convertVolume } from '../kplus';
import { Mount, type WritablePath } from './mount';
import type { ByteQuantity } from './resources';

/** What a container mounts. */
export interface MountProps {
  readonly writable?: readonly (string | WritablePath)[];
  readonly mounts?: Readonly<Record<string, AnyMount>>;
}

type AnyMount = Mount | KplusVolume;

/** A mount that comes with the pod, or a path at which somebody else will mount something, and the prop that asks for it. */
export type BroughtMount = { readonly property: string } & (
  | { readonly mount: VolumeMount }
  | { readonly path: string }
);

/** What a container mounts, as declared. */
export interface DeclaredMounts {
  readonly volumeMounts: readonly VolumeMount[];
  /** The sizes of what it may write to on the disk of its node: they count against its ephemeral storage. */
  readonly diskBytes: readonly string[];
  readonly faults: readonly DeclarationFault[];
}

/** The volumes of a pod, while its containers are declared. One Mount in two containers is one volume, with the same files. */
export class PodVolumes {
  readonly #volumes: Volume[] = [];
  readonly #names: Set<string>;
  readonly #shared = new Map<AnyMount, { readonly mount: Mount; readonly name: string }>();

  /**
   * @param taken names of volumes that the pod has by other ways
   * @param onWindows whether paths may begin with a drive
   */
  constructor(
    taken: Iterable<string>,
    private readonly writableSize: ByteQuantity,
    private readonly images: AppImages,
    private readonly onWindows: boolean,
  ) {
    this.#names = new Set(taken);
  }

  get volumes(): readonly Volume[] {
    return this.#volumes;
  }

  /** True where a volume keeps the pod to one node. */
  get heldByOneNode(): boolean {
    return this.#some(({ heldByOneNode }) => heldByOneNode);
  }

  /** True where the file system of a volume cannot map ids. */
  get withoutIdMapping(): boolean {
    return this.#some(({ withoutIdMapping }) => withoutIdMapping);
  }

  /**
   * Declares what one container mounts.
   * @param brought what the pod mounts into it besides, by the prop that asks for it
   */
  mountInto(container: string, props: MountProps, brought: readonly BroughtMount[]): DeclaredMounts {
    const volumeMounts: VolumeMount[] = [];
    const diskBytes: string[] = [];
    const paths = new MountPaths(container, this.onWindows);
    props.writable?.forEach((entry) => {
      const { path, size, medium }: WritablePath = typeof entry === 'string' ? { path: entry } : entry;
      const claimed = paths.claim(path, 'writable');
      const name = this.#addScratch(`${container}-writable${path}`, size, medium, diskBytes);
      if (claimed) volumeMounts.push({ name, mountPath: path });
    });
    for (const path in props.mounts) {
      const { mount, name } = this.#addShared(`${container}-mount${path}`, props.mounts[path] as AnyMount, diskBytes);
      const claimed = paths.claim(
        path,
        'mounts',
        filled.some((source) => mount.source[source] !== undefined),
      );
      if (claimed) volumeMounts.push(mount.at(path, name));
    }
    brought.forEach((each) => {
      const path = 'mount' in each ? each.mount.mountPath : each.path;
      if (paths.claim(path, each.property, true) && 'mount' in each) volumeMounts.push(each.mount);
    });
    return { volumeMounts, diskBytes, faults: [...paths.faults, ...paths.nestedFaults()] };
  }

  #some(test: (mount: Mount) => boolean): boolean {
    return this.#shared.size > 0 && [...this.#shared.values()].some(({ mount }) => test(mount));
  }

  /** @param diskBytes where its size is added, if it is on the disk */
  #addScratch(text: string, size: WritablePath['size'], medium: WritablePath['medium'], diskBytes: string[]): string {
    const { source } = Mount.scratch({ size: size ?? this.writableSize, ...(medium && { medium }) });
    diskBytes.push(...sizeOnDisk(source, this.writableSize));
    return this.#add(text, source);
  }

  #addShared(text: string, given: AnyMount, diskBytes: string[]): { readonly mount: Mount; readonly name: string } {
    const known = this.#shared.get(given);
    if (known) return known;
    const mount = given instanceof Mount ? given : convertVolume(given);
    const shared = { mount, name: this.#add(text, this.#pinned(mount.source)) };
    this.#shared.set(given, shared);
    diskBytes.push(...sizeOnDisk(mount.source, this.writableSize));
    return shared;
  }

  #pinned(source: VolumeSource): VolumeSource {
    const { image } = source;
    if (image?.reference === undefined) return source;
    return { ...source, image: { ...image, reference: this.images.pinned(image.reference) } };
  }

  #add(text: string, source: VolumeSource): string {
    const name = uniqueName(text, this.#names);
    // A copy: hardening fills in what is missing, and a Mount may stand in several workloads.
    this.#volumes.push({ name, ...clonePlain(source) });
    return name;
  }
}

/** Volumes that the kubelet fills, read-only: nobody can make the folder in them at which something else is mounted. */
const filled = ['secret', 'configMap', 'projected', 'downwardAPI'] as const satisfies readonly (keyof VolumeSource)[];

/** The paths at which a container mounts something: absolute, and each once. */
class MountPaths {
  readonly faults: DeclarationFault[] = [];
  readonly #taken = new Map<string, { readonly given: string; readonly property: string }>();
  /** Those that nothing else can be mounted in. */
  readonly #closed = new Set<string>();

  constructor(
    private readonly container: string,
    private readonly onWindows: boolean,
  ) {}

  /**
   * False for a path that is a fault: what is reported here is left out of the pod, so that it is reported once.
   * @param closed whether nothing else can be mounted in it
   */
  claim(path: string, property: string, closed = false): boolean {
    const before = this.faults.length;
    const { normal, fault } = this.onWindows ? readWindowsPath(path) : readPath(path);
    if (fault !== undefined) {
      const remedy = `give an absolute path below /${this.onWindows ? ' or a drive' : ''}, without .. and :`;
      this.#fault(path, property, `${JSON.stringify(path)} ${fault}`, remedy);
    } else if (this.#taken.has(normal)) {
      const remedy = 'mount each volume at a path of its own';
      this.#fault(path, property, `two volumes are mounted at ${normal}`, remedy);
    }
    this.#taken.set(normal, { given: path, property });
    if (closed) this.#closed.add(normal);
    return this.faults.length === before;
  }

  /** What is mounted in a volume that is read-only: the container would not start. */
  nestedFaults(): readonly DeclarationFault[] {
    const found: DeclarationFault[] = [];
    for (const outer of this.#closed) {
      for (const [path, { given, property }] of this.#taken) {
        // Of secrets among themselves, they say it.
        if (!path.startsWith(`${outer}/`) || property.startsWith('secrets')) continue;
        const text = `${path} is within ${outer}, a volume that is read-only: there is no folder to mount it at`;
        found.push(this.#describe(given, property, text, 'mount it beside that folder'));
      }
    }
    return found;
  }

  #fault(value: string, property: string, text: string, remedy: string): void {
    this.faults.push(this.#describe(value, property, text, remedy));
  }

  #describe(value: string, property: string, text: string, remedy: string): DeclarationFault {
    const { container } = this;
    return { rule: 'mount-path', property, value, message: `container ${container}: ${text}`, remedy, container };
  }
}

/** A path as the kernel reads it, and what keeps it from being mounted at. */
const readPath = remembering((path) => ({ normal: normalPath(path), fault: mountPathFault(path) }));
/** The same on Windows, with the one kind of slash by which paths are told apart here. */
const readWindowsPath = remembering((path) => ({
  normal: normalPath(path.replaceAll('\\', '/')),
  fault: mountPathFault(path, true),
}));

/** @param unnamed the size that hardening gives to a folder that names none */
function sizeOnDisk({ emptyDir }: VolumeSource, unnamed: string): readonly string[] {
  return !emptyDir || emptyDir.medium === 'Memory' ? [] : [String(emptyDir.sizeLimit ?? unnamed)];
}

/** A volume name from a path: a DNS label of at most 63 characters, the same at every synthesis. */
function uniqueName(text: string, taken: Set<string>): string {
  const label = toDnsLabel(text, 58);
  let name = label;
  for (let i = 2; taken.has(name); i++) name = `${label}-${i}`;
  taken.add(name);
  return name;
}
