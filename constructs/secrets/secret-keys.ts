/** A file's name as a key of a Secret. */
export function secretKey(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replaceAll(/[^-._a-zA-Z0-9]/g, '-');
}

/** A file's name as a key that no other has yet. */
export function nextKey(file: string, taken: Set<string>): string {
  const plain = secretKey(file);
  let key = plain;
  for (let i = 2; taken.has(key); i++) key = `${i}-${plain}`;
  taken.add(key);
  return key;
}
