import * as fc from 'fast-check';
import { daysBetween } from '../../../core/calendar';
import { openingEndFault, temporaryFaults } from '../../../core/network/temporary';

const today = '2026-11-22';
const reason = 'the old reports read it';

describe('the end of an opening', () => {
  it.each([
    ['2026-11-22', 'today, to its end'],
    ['2027-11-23', 'the last day of a year'],
  ])('may be %s: %s', (expires) => {
    expect(temporaryFaults({ expires, reason }, today)).toEqual([]);
  });

  it.each([
    ['2026-11-21', 'it ended on 2026-11-21', true],
    ['2027-11-24', 'it ends in more than a year', false],
    ['2026-02-30', 'this is no day', false],
    ['2026-12-31T00:00:00Z', 'this is no day', false],
    ['next week', 'this is no day', false],
    [20261231, 'this is no day', false],
    [undefined, 'this is no day', false],
  ])('is not %s: %s', (expires, message, isOver) => {
    expect(temporaryFaults({ expires, reason }, today)).toEqual([
      { key: 'expires', value: expires, message, remedy: expect.any(String), isOver },
    ]);
  });

  it.each([['soon'], ['. . . . . . . . .'], [''], [undefined], [42]])('needs a reason, and not %j', (wrong) => {
    const [fault, ...others] = temporaryFaults({ expires: '2026-12-31', reason: wrong }, today);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ key: 'reason', value: wrong, isOver: false });
  });

  it('says all that is wrong at once', () => {
    expect(temporaryFaults({}, today).map(({ key }) => key)).toEqual(['expires', 'reason']);
  });

  it('is over on each day after it, and on no other', () => {
    const day = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (expires, on) => {
        const left = daysBetween(on, expires);
        const wanted = left < 0 ? [true] : left > 366 ? [false] : [];
        expect(temporaryFaults({ expires, reason }, on).map(({ isOver }) => isOver)).toEqual(wanted);
      }),
    );
  });
});

describe('the end of an opening among manifests', () => {
  const policy = (kind: string, annotations?: Readonly<Record<string, string>>) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind,
    metadata: { name: 'a', ...(annotations && { annotations }) },
  });
  const until = (day: string) => ({ 'network.kube-bulwark.dev/expires': day });

  it.each([
    'NetworkPolicy',
    'CiliumNetworkPolicy',
    'CiliumClusterwideNetworkPolicy',
    'AuthorizationPolicy',
    'HTTPRoute',
    'GRPCRoute',
    'Ingress',
  ])('is asked of a %s', (kind) => {
    expect(openingEndFault(policy(kind, until('2026-11-21')), today)?.message).toBe('it ended on 2026-11-21');
    expect(openingEndFault(policy(kind, until('2026-11-22')), today)).toBeUndefined();
    expect(openingEndFault(policy(kind, until('tomorrow')), today)?.message).toBe('this is no day');
  });

  it('is asked of nothing else', () => {
    expect(openingEndFault(policy('ConfigMap', until('2026-11-21')), today)).toBeUndefined();
    expect(openingEndFault(policy('NetworkPolicy', {}), today)).toBeUndefined();
    expect(openingEndFault(policy('NetworkPolicy'), today)).toBeUndefined();
  });
});
