import type { RunningServer } from './server';

/** The servers of this jest run: global-setup.ts fills it and global-teardown.ts empties it, in the same process. */
export const running: RunningServer[] = [];
