/**
 * fast-check, as jest gives it to tests. In CI properties are tried on the same worlds every time, so that a commit is judged by what it changes; elsewhere on others each time.
 * KUBE_BULWARK_SEED says which.
 */
import { configureGlobal } from '../../node_modules/fast-check/lib/cjs/fast-check.js';
import { isCI } from './ci';

const { KUBE_BULWARK_SEED: given } = process.env;
if (given !== undefined || isCI()) configureGlobal({ seed: Number(given ?? 20_261_121) });

export * from '../../node_modules/fast-check/lib/cjs/fast-check.js';
export { default } from '../../node_modules/fast-check/lib/cjs/fast-check.js';
