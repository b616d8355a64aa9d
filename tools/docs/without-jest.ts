/**
 * The tables of cases say by jest's `expect` what messages are like. The pages read the objects alone, so that outside of jest something
 * that answers nothing stands in its place. It is imported before the tables.
 */
const matchers: unknown = new Proxy(() => undefined, { get: () => matchers, apply: () => undefined });

if (!('expect' in globalThis)) Object.assign(globalThis, { expect: matchers });
