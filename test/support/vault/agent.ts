/** The agent as the injector starts it: the annotations of a pod, the token that its volume would hold, and the real program. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PodTemplateSpec } from '../../../core/manifest/pod';
import { eventually } from '../control-plane/eventually';
import { agentConfig, inject } from './injector';
import type { Vault } from './server';

/** A pod's agent, whose files stand in a folder of this machine as they would in the pod. */
export interface Agent {
  /** What the file of the pod holds; undefined where it is not there. */
  read(path: string): string | undefined;
  /** Where the file of the pod stands on this machine. */
  at(path: string): string;
  /** Its permissions. */
  modeOf(path: string): number;
  /** What it has told the programs of the pod so far: `killall -q -TERM orders`. They are not of this machine, and nobody here is told. */
  told(): readonly string[];
  /** Waits until it has told them so many things: it does so after it has written a file. @returns all of them */
  untilTold(count: number): Promise<readonly string[]>;
  /** What the agent has said. */
  log(): string;
  /** Waits until the file holds what is asked for. */
  until(path: string, holds: (text: string) => boolean): Promise<string>;
}

export interface AgentOptions {
  /** Of its log and its folder. */
  readonly name: string;
  /** The token of the pod's ServiceAccount. */
  readonly jwt: string;
  /** Of the folder: agents of one pod share it. @default - the name */
  readonly pod?: string;
  /** True for the agent that fills the files and ends, before the containers start. @default false */
  readonly init?: boolean;
}

const DEADLINE = 60_000;

/** What the agent ties a cache that it keeps to, unless it is told otherwise, as the injector cannot. */
const usualToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Where the container of the agent has the token of its pod: first where the injector puts it. */
function tokenFiles(template: PodTemplateSpec, init: boolean): readonly string[] {
  const { spec } = inject(template);
  const [container] =
    (init ? spec.initContainers : spec.containers)?.filter(({ name }) => name.startsWith('vault-agent')) ?? [];
  const projected = (spec.volumes ?? []).filter((volume) =>
    volume.projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken),
  );
  return (container?.volumeMounts ?? [])
    .filter(({ name }) => projected.some((volume) => volume.name === name))
    .map(({ mountPath }) => `${mountPath}/token`);
}

/** Starts it. What it is told is the injector's; the paths of the pod are put below a folder of this machine. */
export function startAgent(vault: Vault, template: PodTemplateSpec, options: AgentOptions): Agent {
  const { name, jwt, pod = name, init = false } = options;
  const root = join(vault.group.folder, pod);
  const at = (path: string) => join(root, path);
  const [tokenFile = '', ...otherTokens] = tokenFiles(template, init);
  const { cache, ...made } = agentConfig(template.metadata?.annotations ?? {}, at(tokenFile), init);
  const config = {
    ...made,
    auto_auth: { ...made.auto_auth, sink: [{ type: 'file', config: { path: at('/home/vault/.vault-token') } }] },
    pid_file: at('/home/vault/.pid'),
    vault: { ...made.vault, ca_cert: vault.caFile },
    template: made.template.map((each) => ({ ...each, destination: at(each.destination) })),
    ...(cache && {
      cache: {
        ...cache,
        ...(cache.persist && {
          persist: { ...cache.persist, path: at(cache.persist.path), service_account_token_file: at(usualToken) },
        }),
      },
    }),
  };
  const folders = [tokenFile, ...otherTokens, '/home/vault/x', ...made.template.map(({ destination }) => destination)];
  for (const path of folders) mkdirSync(dirname(at(path)), { recursive: true });
  if (cache?.persist) mkdirSync(at(cache.persist.path), { recursive: true });
  for (const path of [tokenFile, ...otherTokens]) {
    rmSync(at(path), { force: true });
    writeFileSync(at(path), jwt, { mode: 0o400 });
  }
  writeFileSync(at('/home/vault/config.json'), JSON.stringify(config));
  const told = at('/told');
  for (const program of ['killall', 'pkill']) {
    mkdirSync(at('/bin'), { recursive: true });
    writeFileSync(at(`/bin/${program}`), `#!/bin/sh\necho "${program} $*" >> '${told}'\n`, { mode: 0o755 });
  }
  vault.group.start(vault.program, ['agent', `-config=${at('/home/vault/config.json')}`], {
    name,
    env: { HOME: at('/home/vault'), VAULT_LOG_LEVEL: 'debug', PATH: `${at('/bin')}${delimiter}${process.env.PATH}` },
  });

  const read = (path: string): string | undefined => {
    try {
      return readFileSync(at(path), 'utf8');
    } catch {
      return undefined;
    }
  };
  const allTold = () => (existsSync(told) ? readFileSync(told, 'utf8').split('\n').slice(0, -1) : []);
  return {
    read,
    at,
    told: allTold,
    untilTold: (count) =>
      eventually(`${name} to tell the programs`, async () => {
        const all = allTold();
        return all.length >= count ? all : undefined;
      }),
    modeOf: (path) => statSync(at(path)).mode & 0o777,
    log: () => vault.group.logOf(name),
    until: async (path, holds) => {
      const end = Date.now() + DEADLINE;
      for (;;) {
        const text = read(path);
        if (text !== undefined && holds(text)) return text;
        if (Date.now() > end) throw new Error(`${path} did not become what it was to be.\n${vault.group.logOf(name)}`);
        await sleep(50);
      }
    },
  };
}
