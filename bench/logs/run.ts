/**
 * How many audit events a second go through the whole chain (agent, gateway, Loki) with the full set of redaction, and without it: real
 * processes with the configurations that the stack writes. Prints the best of several runs of each, by turns, and last the ratio.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logPrograms } from '../../test/support/logs';
import { LogPipeline } from '../../test/support/logs/pipeline';

const events = Number(process.argv[2] ?? 300_000);
const rounds = Number(process.argv[3] ?? 2);

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
const resources = ['pods', 'secrets', 'configmaps', 'deployments', 'leases', 'endpointslices', 'serviceaccounts'];

/** An event as kube-apiserver writes it at the level Metadata; every hundredth holds a token, and every five hundredth a card number. */
function event(i: number, time: Date): string {
  const [verb, resource] = [verbs[i % verbs.length], resources[i % resources.length]];
  const namespace = `team-${i % 40}`;
  const name = `${resource}-${randomBytes(4).toString('hex')}`;
  const stamp = time.toISOString().replace('Z', `${String(i % 1000).padStart(3, '0')}Z`);
  const note =
    i % 100 === 0 ? `ghp_${randomBytes(18).toString('hex')}` : i % 500 === 1 ? '4111 1111 1111 1111' : 'none';
  return `${JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: randomUUID(),
    stage: 'ResponseComplete',
    requestURI: `/api/v1/namespaces/${namespace}/${resource}/${name}?resourceVersion=${1_000_000 + i}&timeoutSeconds=420`,
    verb,
    user: {
      username: `system:serviceaccount:${namespace}:controller`,
      uid: randomUUID(),
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': [`JTI=${randomUUID()}`] },
    },
    sourceIPs: [`10.0.${i % 256}.${(i >> 8) % 256}`],
    userAgent: 'controller/v1.36.3 (linux/amd64) kubernetes/0123abc',
    objectRef: { resource, namespace, name, apiVersion: 'v1' },
    responseStatus: { metadata: {}, code: 200 },
    requestReceivedTimestamp: stamp,
    stageTimestamp: stamp,
    annotations: {
      'authorization.k8s.io/decision': 'allow',
      'authorization.k8s.io/reason': `RBAC: allowed by RoleBinding "controller/${namespace}" of Role "controller"`,
      note,
    },
  })}\n`;
}

interface Measured {
  readonly perSecond: number;
  readonly agentMebibytes: number;
  readonly storedShare: number;
  /** Microseconds of each process for an event. */
  readonly cpu: string;
}

async function measure(redacted: boolean): Promise<Measured> {
  const programs = logPrograms();
  if ('skipped' in programs) throw new Error(programs.skipped);
  const pipeline = await LogPipeline.create(programs, {
    agent: (folder) => ({ audit: [join(folder, 'audit', '*.log')] }),
  });
  try {
    const { folder } = pipeline.group;
    mkdirSync(join(folder, 'audit'));
    const file = join(folder, 'audit', 'audit.log');
    const out = openSync(file, 'w');
    const start = Date.now() - 600_000;
    for (let i = 0; i < events; i += 1_000)
      writeSync(out, Array.from({ length: 1_000 }, (_, k) => event(i + k, new Date(start + (i + k) / 1_000))).join(''));
    closeSync(out);
    if (!redacted) {
      const config = pipeline.config('agent.yaml');
      writeFileSync(config, readFileSync(config, 'utf8').replace(/^\s*- transform\/redact\n/m, ''));
    }
    pipeline.start('loki');
    pipeline.start('gateway');
    await pipeline.ready();
    const began = performance.now();
    pipeline.start('agent');
    while ((await sent(pipeline)) < events) await sleep(200);
    const seconds = (performance.now() - began) / 1_000;
    const stored = await pipeline.number('audit', 'sum(count_over_time({log_source="audit"}[2h]))');
    if (stored !== events) throw new Error(`${events} were sent, and ${stored} are stored`);
    const cpu = Object.entries(pipeline.group.pids)
      .map(([part, pid]) => `${part} ${Math.round((cpuOf(pid) / events) * 1e6)}`)
      .join(', ');
    const status = readFileSync(`/proc/${pipeline.group.pids.agent}/status`, 'utf8');
    const agentMebibytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
    await pipeline.end('loki', 'stopped');
    const storedShare =
      (sizeOf(join(folder, 'loki', 'chunks')) + sizeOf(join(folder, 'loki', 'tsdb-shipper-active'))) /
      statSync(file).size;
    return { perSecond: events / seconds, agentMebibytes, storedShare, cpu };
  } finally {
    await pipeline.stop();
  }
}

async function sent(pipeline: LogPipeline): Promise<number> {
  const text = await pipeline.metrics('gateway').catch(() => '');
  const counts = text.matchAll(/^otelcol_exporter_sent_log_records\{[^}]*\} (\S+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Seconds on a processor. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

async function main(): Promise<void> {
  const best = { redacted: 0, plain: 0 };
  let agentMebibytes = 0;
  for (let round = 0; round < rounds; round++)
    for (const kind of ['plain', 'redacted'] as const) {
      const found = await measure(kind === 'redacted');
      best[kind] = Math.max(best[kind], found.perSecond);
      if (kind === 'redacted') agentMebibytes = Math.max(agentMebibytes, found.agentMebibytes);
      const { perSecond, storedShare, cpu } = found;
      console.log(
        `${kind}: ${Math.round(perSecond)} events/s, agent ${Math.round(found.agentMebibytes)} MiB, stored ${storedShare.toFixed(2)} of the log, us/event: ${cpu}`,
      );
    }
  console.log(`without redaction ${Math.round(best.plain)} events/s`);
  console.log(`with redaction ${Math.round(best.redacted)} events/s, agent at most ${Math.round(agentMebibytes)} MiB`);
  console.log(`ratio ${(best.redacted / best.plain).toFixed(2)}`);
}

void main();
