/**
 * Milliseconds that this process has computed, whatever else the machine does meanwhile: for tests of what must not take exponential time, with limits far above
 * what it takes. Speed is measured by the benches.
 */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
