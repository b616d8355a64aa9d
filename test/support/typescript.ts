/**
 * Options by which Node runs TypeScript. Not `--import tsx`: before Node 24.11 that runs its hooks on a thread of their own, for which
 * the process may wait forever (seen once in tens of thousands of runs: both asleep).
 */
export const runsTypeScript: readonly string[] = ['--require', require.resolve('tsx/cjs')];
