import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { byteQuantity, cpuQuantity } from '../../../constructs/kplus';
import { Quantity } from '../../../core/manifest/quantity';
import { renderedPod, testChart } from '../../support/kplus-oracle';

const units = {
  Ki: Size.kibibytes,
  Mi: Size.mebibytes,
  Gi: Size.gibibytes,
  Ti: Size.tebibytes,
  Pi: Size.pebibyte,
} as const;

describe('cpuQuantity', () => {
  it('leaves a text as it is', () => {
    expect(cpuQuantity('250m')).toBe('250m');
    expect(cpuQuantity('0.5')).toBe('0.5');
  });

  it('is what cdk8s-plus writes for any Cpu', () => {
    const cpus = fc.oneof(
      fc.nat({ max: 64_000 }).map((amount) => kplus.Cpu.millis(amount)),
      fc.nat({ max: 64 }).map((amount) => kplus.Cpu.units(amount)),
      fc.nat({ max: 6_400 }).map((amount) => kplus.Cpu.units(amount / 100)),
    );
    fc.assert(
      fc.property(cpus, cpus, (request, limit) => {
        const { resources } = renderedPod(testChart(), { resources: { cpu: { request, limit } } }).container;
        expect({ request: cpuQuantity(request), limit: cpuQuantity(limit) }).toEqual({
          request: resources?.requests?.cpu,
          limit: resources?.limits?.cpu,
        });
      }),
    );
  });

  it.each([500, 0.5, undefined, null, { amount: 1 }, {}])('refuses %j', (value) => {
    expect(() => cpuQuantity(value as never)).toThrow(/cpu: .* is no amount of CPU; write it as a text such as '250m'/);
  });
});

describe('byteQuantity', () => {
  it('leaves a text as it is', () => {
    expect(byteQuantity('128M')).toBe('128M');
  });

  it('keeps the unit that a Size was made with', () => {
    expect(byteQuantity(Size.gibibytes(1))).toBe('1Gi');
    expect(Object.entries(units).map(([, unit]) => byteQuantity(unit(3)))).toEqual(['3Ki', '3Mi', '3Gi', '3Ti', '3Pi']);
  });

  it('is the amount that cdk8s-plus writes, in another unit', () => {
    const sizes = fc
      .record({ unit: fc.constantFrom('Mi', 'Gi', 'Ti', 'Pi'), amount: fc.nat({ max: 1_000 }) })
      .map(({ unit, amount }) => units[unit as keyof typeof units](amount));
    fc.assert(
      fc.property(sizes, sizes, (request, limit) => {
        const { resources } = renderedPod(testChart(), { resources: { memory: { request, limit } } }).container;
        const same = (ours: string, theirs: unknown): boolean =>
          Quantity.parse(ours).equals(Quantity.parse(theirs as string));
        expect(same(byteQuantity(request), resources?.requests?.memory)).toBe(true);
        expect(same(byteQuantity(limit), resources?.limits?.memory)).toBe(true);
      }),
    );
  });

  it('keeps a Size that cdk8s-plus cannot write: 1500Ki is no whole number of mebibytes', () => {
    const request = Size.kibibytes(1500);
    expect(() => renderedPod(testChart(), { resources: { memory: { request } } })).toThrow(/whole number of mebibytes/);
    expect(byteQuantity(request)).toBe('1500Ki');
  });

  it('keeps local disk that cdk8s-plus cannot write: it counts whole gibibytes', () => {
    const request = Size.mebibytes(128);
    const resources = { ephemeralStorage: { request } };
    expect(() => renderedPod(testChart(), { resources })).toThrow(/whole number of gibibytes/);
    expect(byteQuantity(request)).toBe('128Mi');
  });

  it.each([128, undefined, null, {}])('refuses %j', (value) => {
    expect(() => byteQuantity(value as never)).toThrow(/is no amount of bytes; write it as a text such as '128Mi'/);
  });
});
