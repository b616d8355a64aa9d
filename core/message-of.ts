/** What went wrong, as a text: JavaScript may throw anything. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return withoutQuotedObject(error.message);
  try {
    return String(error);
  } catch {
    return 'what was thrown is no text';
  }
}

/** What the error of a JSON patch quotes: the operation, and all of the object, secrets among it. Others quote that error in turn. */
const quotedByPatch = /\nname: [A-Z_]+\n[\s\S]*$/;

function withoutQuotedObject(message: string): string {
  const [quoted] = quotedByPatch.exec(message) ?? [];
  if (quoted === undefined) return message;
  const [, operation] = /"op": "(\w+)"/.exec(quoted) ?? [];
  const [, path] = /"path": "([^"]*)"/.exec(quoted) ?? [];
  return `${message.slice(0, -quoted.length)}: ${operation} ${path}`;
}
