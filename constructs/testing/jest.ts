/**
 * Adds `toBeHardened` to jest: name it in `setupFilesAfterEnv`, or import it in a test.
 *
 *     import 'kube-bulwark/jest';
 *     expect(chart).toBeHardened();
 */
import { type HardenedOptions, toBeHardened } from './to-be-hardened';

export { type HardenedOptions, type MatcherResult, toBeHardened } from './to-be-hardened';

declare global {
  namespace jest {
    interface Matchers<R> {
      /** Nothing in the construct, or in the objects, breaks a rule. */
      toBeHardened(options?: HardenedOptions): R;
    }
  }
}

interface Expect {
  readonly extend: (matchers: Readonly<Record<string, unknown>>) => void;
}

const { expect } = globalThis as { readonly expect?: Expect };

// Without globals (`injectGlobals: false`, vitest) a test says expect.extend({ toBeHardened }) itself.
expect?.extend({ toBeHardened });
