import { running } from './running';

/** Stops what global-setup.ts started, and removes its data. */
export default async function globalTeardown(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => server.stop()));
}
