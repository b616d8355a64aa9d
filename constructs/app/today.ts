/**
 * The day against which exceptions expire, as `YYYY-MM-DD`, in UTC. SOURCE_DATE_EPOCH, in seconds, sets it for builds that must be
 * reproducible.
 *
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function today(): string {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  const now = epoch === undefined || !/^\d{1,11}$/.test(epoch) ? new Date() : new Date(Number(epoch) * 1000);
  return now.toISOString().slice(0, 10);
}
