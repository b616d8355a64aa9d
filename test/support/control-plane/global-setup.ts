import { type Lack, reasonToSkip } from '../lack';
import { type Announcement, announce } from './availability';
import { type Binaries, binaries } from './binaries';
import { running } from './running';
import { type RunningServer, startServer } from './server';
import { VERSIONS, type Version } from './versions';

/**
 * Starts a control plane of each version, once a jest run. Where programs cannot be had (no Go, a failed build) its
 * suites are skipped with the reason; with CI=true that is an error, but for a lack of time. A program that is there and does not
 * come up is always an error.
 */
export default async function globalSetup(): Promise<void> {
  const found: Partial<Record<Version, Binaries>> = {};
  const all: Partial<Record<Version, Announcement>> = {};
  for (const version of VERSIONS) {
    const programs = await binaries(version);
    if ('found' in programs) found[version] = programs.found;
    else all[version] = unavailable(version, programs);
  }
  const starts = await Promise.allSettled(
    Object.entries(found).map(([version, programs]) => started(version as Version, programs)),
  );
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) {
    await Promise.all(running.splice(0).map((server) => server.stop()));
    throw failed.reason;
  }
  for (const start of starts) if (start.status === 'fulfilled') all[start.value.version] = { file: start.value.file };
  announce(all as Record<Version, Announcement>);
}

async function started(version: Version, programs: Binaries): Promise<RunningServer> {
  const from = Date.now();
  const server = await startServer({ version, binaries: programs });
  running.push(server);
  process.stderr.write(`control plane ${version}: ready in ${((Date.now() - from) / 1000).toFixed(1)} s\n`);
  return server;
}

function unavailable(version: Version, lack: Lack): Lack {
  const text = `There is no control plane ${version} to test against. ${lack.skipped}`;
  reasonToSkip({ ...lack, skipped: `${text}\nInstall Go, or set KUBEBUILDER_ASSETS.` });
  process.stderr.write(`${text}\nIts suites are skipped.\n`);
  return lack;
}
