/** How the process that starts the control planes tells the test workers where they are. */
import { readFileSync } from 'node:fs';
import type { Lack } from '../lack';
import type { Connection } from './server';
import type { Version } from './versions';

/** A control plane, or why there is none. */
export type Availability = Connection | Lack;

/** The file with a control plane's {@link Connection}, or why there is none. */
export type Announcement = { readonly file: string } | Lack;

/** jest's workers inherit it. It names files, which only this user can read: tokens stay out of the environment. */
const VARIABLE = 'KUBE_BULWARK_CONTROL_PLANES';

/** Tells the processes started from now on. */
export function announce(all: Readonly<Record<Version, Announcement>>): void {
  process.env[VARIABLE] = JSON.stringify(all);
}

/** @throws Error outside jest's project `cluster`, whose global setup announces. */
export function availability(version: Version): Availability {
  const all = process.env[VARIABLE];
  if (!all) throw new Error('No control plane was set up: name the test file *.cluster.test.ts.');
  const announced = (JSON.parse(all) as Record<Version, Announcement>)[version];
  return 'file' in announced ? connectionIn(announced.file) : announced;
}

/** What the file of a running server says. */
export function connectionIn(file: string): Connection {
  return JSON.parse(readFileSync(file, 'utf8')) as Connection;
}
