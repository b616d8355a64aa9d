import type { CollectionWindow } from './window';

/** What the script that serves is made for. Paths have no blanks. */
export interface ServeScriptOptions {
  /** `registry`, or a path. */
  readonly program: string;
  /** The folder of `read-write.yaml` and `read-only.yaml`. */
  readonly configFolder: string;
  /** Files that the program reads when it starts, and only then: once one has changed it starts again. */
  readonly watched: readonly string[];
  /** The file of what replicas sign the state of uploads by. @default - each process makes up its own */
  readonly uploadSecretFile?: string;
  readonly window: CollectionWindow;
  /** Seconds between looks at the clock. @default 5 */
  readonly tickSeconds?: number;
  /** What is run once a day, and not while garbage is collected. @default - nothing */
  readonly daily?: { readonly second: number; readonly script: string; readonly args: readonly string[] };
  /** What is run before the first start. @default - nothing */
  readonly before?: { readonly script: string; readonly args: readonly string[] };
}

/**
 * The script that a pod of distribution runs. Within a window of each week the registry is read-only, and the pod whose name ends with `-0` collects
 * garbage; at all other times it is read-write. Which of both it is follows from the clock alone: a pod that starts anew is what it has
 * to be, whatever happened before. The collection is killed before the window ends.
 *
 * It uses what POSIX and busybox have: sh, date, sleep, timeout, cksum.
 */
export function serveScript(options: ServeScriptOptions): string {
  const { program, configFolder, watched, uploadSecretFile, window, tickSeconds = 5, daily, before } = options;
  const { starts, seconds, marginSeconds } = window;
  const run = (of: { readonly script: string; readonly args: readonly string[] }): string =>
    ['sh', of.script, ...of.args].join(' ');
  return `#!/bin/sh
# Serves the registry: read-only in the window of each week in which garbage is collected, read-write otherwise.
set -u
week=604800
starts='${starts.join(' ')}'
length=${seconds}
margin=${marginSeconds}
ordinal=\${HOSTNAME##*-}
case $ordinal in '' | *[!0-9]*) ordinal=0 ;; esac
server='' serving='' job='' what='' collected='' copied='' seen=''
${uploadSecretFile === undefined ? '' : `REGISTRY_HTTP_SECRET=$(cat ${uploadSecretFile}) || exit 1\nexport REGISTRY_HTTP_SECRET\n`}
say() { printf '{"time":"%s","level":"%s","msg":"%s"}\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$2"; }

# Seconds since the last begin of a window, in \`since\`: replicas begin ten seconds apart. The epoch was a Thursday.
look() {
  epoch=$(date -u +%s)
  now=$(((epoch + 259200) % week)) since=$week
  for start in $starts; do
    passed=$(((now - start + week) % week))
    [ "$passed" -lt "$since" ] && since=$passed
  done
  mode=read-write
  own=$((since - ordinal * 10))
  [ "$own" -ge 0 ] && [ "$own" -lt "$length" ] && mode=read-only
  [ "$since" -lt "$length" ] && [ "$since" -ge "$margin" ] && mode=read-only
  :
}

serve() {
  serving=$1
  say info "the registry is $serving"
  ${program} serve ${configFolder}/$serving.yaml &
  server=$!
}

halt() {
  [ -n "$server" ] || return 0
  kill -TERM "$server" 2>/dev/null
  wait "$server"
  server=''
}

# Ends the job, if there is one, and says how it did: what runs is not left behind.
abandon() {
  [ -n "$job" ] || return 0
  kill -TERM "$job" 2>/dev/null
  if wait "$job"; then say info "$what ended"; else say error "$what did not end well"; fi
  job=''
}

# Begins a job, for so many seconds at most.
begin() {
  what=$1 limit=$2
  shift 2
  say info "$what begins"
  timeout -s KILL "$limit" "$@" &
  job=$!
}

finish() {
  trap '' TERM INT
  [ -n "$job" ] && kill -TERM "$job" 2>/dev/null
  halt
  abandon
  exit 0
}

stamp() { cat ${watched.length > 0 ? watched.join(' ') : '/dev/null'} | cksum; }

trap finish TERM INT
${before === undefined ? '' : `${run(before)} || exit 1\n`}seen=$(stamp)
look
serve "$mode"
while :; do
  sleep ${tickSeconds} &
  wait $!
  kill -0 "$server" 2>/dev/null || { say error 'the registry ended'; abandon; exit 1; }
  [ -n "$job" ] && ! kill -0 "$job" 2>/dev/null && abandon
  look
  if [ "$mode" = read-write ] && [ "$serving" = read-only ]; then abandon; fi
  now_seen=$(stamp)
  if [ "$mode" != "$serving" ] || [ "$now_seen" != "$seen" ]; then
    seen=$now_seen
    halt
    serve "$mode"
  fi
  [ "$ordinal" -eq 0 ] && [ -z "$job" ] || continue
  left=$((length - margin - since))
  window=$((epoch - since))
  if [ "$serving" = read-only ] && [ "$since" -ge "$margin" ] && [ "$left" -gt 0 ] && [ "$collected" != "$window" ]; then
    collected=$window
    begin 'the collection of garbage' "$left" ${program} garbage-collect --quiet ${configFolder}/read-only.yaml
    continue
  fi
${
  daily === undefined
    ? ''
    : `  today=$(date -u -d "@$((epoch - ${daily.second}))" +%Y-%m-%d)
  if [ "$serving" = read-write ] && [ "$copied" != "$today" ]; then
    copied=$today
    begin 'the backup' 43200 ${run(daily)} "$today"
  fi
`
}done
`;
}
