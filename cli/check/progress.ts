import type { Terminal } from '../command';

/** How long something takes before it is worth a line, and how often the line changes, in milliseconds. */
const [FIRST, NEXT] = [500, 100];

/** A line that tells how far a reading is; on a terminal only, and gone when it is done. */
export interface Progress {
  readonly show: (done: number, all: number) => void;
  readonly end: () => void;
}

/** @param line what is said of how far it is @param now a clock in milliseconds */
export function progressOn(
  { err, interactive = false }: Terminal,
  quiet: boolean,
  line = (done: number, all: number) => `reading: ${done} of ${all} files`,
  now = () => performance.now(),
): Progress {
  if (!interactive || quiet) return { show: () => undefined, end: () => undefined };
  let due = now() + FIRST;
  let shown = false;
  return {
    show: (done, all) => {
      const time = now();
      if (time < due) return;
      due = time + NEXT;
      shown = true;
      err(`\r\u001b[K${line(done, all)}`);
    },
    end: () => {
      if (shown) err('\r\u001b[K');
    },
  };
}
