/** Orders texts by their code units, whatever the language of whoever runs it. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
