/** Text in the language of the transform processor. */

/** A text in quotes. The Collector takes a dollar sign for a variable of its environment unless there are two. */
export function ottl(text: string): string {
  return JSON.stringify(text).replaceAll('$', () => '$$');
}

/** Whether it matches. */
export function condition(target: string, pattern: string): string {
  return `IsMatch(${target}, ${ottl(pattern)})`;
}
