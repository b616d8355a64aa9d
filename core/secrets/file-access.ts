/** A file as it stands in the container. */
export interface SecretFileOwner {
  readonly user: number;
  readonly group: number;
  readonly mode: number;
}

/** Who reads it. */
export interface FileReader {
  readonly user: number;
  /** Its own group, the volumes' group, and the further ones. */
  readonly groups: readonly number[];
}

/** Whether the kernel lets it read the file: as its owner, as one of its group, or as anybody. The first that fits decides. */
export function canRead(file: SecretFileOwner, reader: FileReader): boolean {
  if (reader.user === 0) return true;
  if (reader.user === file.user) return (file.mode & 0o400) !== 0;
  if (reader.groups.includes(file.group)) return (file.mode & 0o040) !== 0;
  return (file.mode & 0o004) !== 0;
}
