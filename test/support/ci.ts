/** Whether this is a run of CI. */
export function isCI(): boolean {
  return !['', '0', 'false'].includes(process.env.CI ?? '');
}
