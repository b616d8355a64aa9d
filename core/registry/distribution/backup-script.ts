/**
 * The script that copies a registry's volume while pushes run: `sh backup.sh <data> <copies> <days> <name>`.
 *
 * A push writes a blob, then the link of its repository, then that of the manifest, then that of the tag. The copy goes the other way: tags,
 * manifests, links of layers, blobs. Whatever one of them refers to was there before it, and is copied after it, so that each image
 * that was acknowledged before the copy began is whole in it. Each blob is compared with its digest. What the last copy has is linked and not
 * copied again: each copy is whole by itself, and may be deleted by itself.
 */
export const backupScript = `#!/bin/sh
# Copies the registry at $1 to $2/$4, and keeps the last $3 copies.
set -eu
from=$1/docker/registry/v2 copies=$2 days=$3 name=$4
[ -e "$copies/$name" ] && exit 0
[ -d "$from" ] || exit 0
last=$(ls "$copies" | grep -E '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' | sort | tail -n 1)
rm -rf "$copies"/.part-*
part=$copies/.part-$name to=$copies/.part-$name/docker/registry/v2
mkdir -p "$to/repositories" "$to/blobs"

# What is deleted meanwhile is not missing.
copy() {
  mkdir -p "\${2%/*}"
  cp -p "$1" "$2" 2>/dev/null || [ ! -e "$1" ] || { echo "could not copy $1" >&2; return 1; }
}

cd "$from/repositories"
for what in _manifests/tags _manifests/revisions _layers; do
  find . -type f -name link -path "*/$what/*" >"$part/list"
  while IFS= read -r file; do copy "$file" "$to/repositories/$file"; done <"$part/list"
done

cd "$from/blobs"
find . -type f -name data >"$part/list"
while IFS= read -r file; do
  old=$copies/$last/docker/registry/v2/blobs/$file
  if [ -n "$last" ] && [ -e "$old" ]; then
    mkdir -p "$to/blobs/\${file%/*}"
    ln "$old" "$to/blobs/$file"
    continue
  fi
  copy "$file" "$to/blobs/$file"
  [ -e "$to/blobs/$file" ] || continue
  digest=\${file%/data} digest=\${digest##*/}
  found=$(sha256sum "$to/blobs/$file")
  [ "\${found%% *}" = "$digest" ] || { echo "the blob $digest is damaged" >&2; exit 1; }
done <"$part/list"

rm "$part/list"
sync
mv "$part" "$copies/$name"

# Prometheus sees by the number of files that there was a copy: it is another each time, where old copies go as new ones come.
if [ -e "$copies/.odd" ]; then rm "$copies/.odd"; else : >"$copies/.odd"; fi
set -- $(ls "$copies" | grep -E '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' | sort)
while [ $# -gt "$days" ]; do
  rm -rf "\${copies:?}/$1"
  shift
done
`;

/**
 * The script that fills an empty volume from a copy: `sh restore.sh <data> <copies> <name>`. Where a registry is already, it does nothing:
 * it may stay set, and overwrites nothing.
 */
export const restoreScript = `#!/bin/sh
# Fills the empty volume at $1 from $2/$3.
set -eu
data=$1 from=$2/$3
[ -e "$data/docker" ] && exit 0
[ -d "$from/docker" ] || { echo "there is no copy $3" >&2; exit 1; }
rm -rf "$data/.restore"
cp -a "$from/docker" "$data/.restore"
cd "$data/.restore/registry/v2/blobs"
find . -type f -name data | while IFS= read -r file; do
  digest=\${file%/data} digest=\${digest##*/}
  found=$(sha256sum "$file")
  [ "\${found%% *}" = "$digest" ] || { echo "the blob $digest is damaged" >&2; exit 1; }
done
sync
mv "$data/.restore" "$data/docker"
`;
