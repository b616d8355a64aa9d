/** The largest number of the fields of Kubernetes that are of the type int32, and the largest id of a user. */
export const mostInt32 = 2 ** 31 - 1;

/** Whether such a field holds it, and it is not below the least that this one takes. */
export function isInt32(value: unknown, least = 0): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= mostInt32;
}
