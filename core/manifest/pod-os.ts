import type { OSName } from './pod';

/** Whether the API server takes it for the operating system of a pod: it knows each by one spelling. */
export function isOsName(name: unknown): name is OSName {
  return name === 'linux' || name === 'windows';
}
