import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';

/** CPU in cores (`0.5`) or thousandths of one (`500m`). */
export type CpuQuantity = `${number}` | `${number}m`;

/** Bytes, in powers of 1,024 (`128Mi`) or of 1,000 (`128M`). */
export type ByteQuantity = `${number}` | `${number}${'k' | 'M' | 'G' | 'T' | 'P' | 'Ki' | 'Mi' | 'Gi' | 'Ti' | 'Pi'}`;

/** What a container is given. */
export interface Resources {
  /** What the scheduler sets aside. There is no limit unless asked for: one would throttle even on an idle node. */
  readonly cpu: CpuQuantity | Cpu;
  /** What the container is given and cannot exceed: request and limit are equal, as memory cannot be taken back. */
  readonly memory: ByteQuantity | Size;
  /** The most CPU it may use. @default - none */
  readonly cpuLimit?: CpuQuantity | Cpu;
  /**
   * What its log, its root file system and its writable paths on disk may take together.
   * @default - 128Mi and the sizes of the writable paths on disk
   */
  readonly ephemeralStorage?: ByteQuantity | Size;
}
