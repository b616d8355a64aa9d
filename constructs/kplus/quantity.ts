import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import type { ByteQuantity, CpuQuantity } from '../workload/resources';

/**
 * An amount of CPU as a manifest holds it.
 *
 * @throws TypeError if it is neither a text nor a cdk8s-plus Cpu
 */
export function cpuQuantity(value: CpuQuantity | Cpu): string {
  const amount: unknown = typeof value === 'object' ? value?.amount : value;
  if (typeof amount === 'string') return amount;
  throw new TypeError(
    `cpu: ${show(value)} is no amount of CPU; write it as a text such as '250m', or as a cdk8s-plus Cpu`,
  );
}

/**
 * An amount of bytes as a manifest holds it. A Size keeps the unit that it was made with, since converting it to mebibytes
 * fails for 1500Ki.
 *
 * @throws TypeError if it is neither a text nor a cdk8s Size
 */
export function byteQuantity(value: ByteQuantity | Size): string {
  if (typeof value === 'string') return value;
  if (typeof value?.asString === 'function') return value.asString();
  throw new TypeError(`${show(value)} is no amount of bytes; write it as a text such as '128Mi', or as a cdk8s Size`);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
