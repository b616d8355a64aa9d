import fc from 'fast-check';
import { registrySize } from '../../../core/registry/sizing';

const load = fc.record({
  pullsPerSecond: fc.double({ min: 0.01, max: 500, noNaN: true }),
  imageGibibytes: fc.double({ min: 0.1, max: 20_000, noNaN: true }),
});

describe('registrySize', () => {
  it('never shrinks with the load, has room for what is kept, and shares requests among replicas', () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 1, max: 20 }), fc.boolean(), (of, replicas, byPassword) => {
        const one = registrySize(of, replicas, byPassword);
        const more = registrySize(
          { pullsPerSecond: 2 * of.pullsPerSecond, imageGibibytes: 2 * of.imageGibibytes },
          replicas,
          byPassword,
        );
        for (const key of ['cpuMillis', 'memory', 'volume'] as const)
          expect(more[key]).toBeGreaterThanOrEqual(one[key]);
        expect(one.volume).toBeGreaterThanOrEqual(of.imageGibibytes);
        expect(registrySize(of, replicas + 1, byPassword).cpuMillis).toBeLessThanOrEqual(one.cpuMillis);
        expect(registrySize(of, replicas, true).cpuMillis).toBeGreaterThanOrEqual(
          registrySize(of, replicas, false).cpuMillis,
        );
      }),
    );
  });
});
