import { exceptionAnnotations, exceptionPrefix } from '../../../../core/policy/exceptions/annotation';

const read = (value: string, key = `${exceptionPrefix}privileged`) =>
  exceptionAnnotations({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations: { [key]: value } } });

describe('exceptionAnnotations', () => {
  it('reads reason, expiry, containers and ticket, in any order after the reason', () => {
    expect(read('needs raw sockets; ticket SEC-1; expires 2027-01-31; container a, b')).toEqual([
      {
        property: 'metadata.annotations["exceptions.kube-bulwark.dev/privileged"]',
        value: 'needs raw sockets; ticket SEC-1; expires 2027-01-31; container a, b',
        exceptions: ['a', 'b'].map((container) => ({
          rule: 'privileged',
          reason: 'needs raw sockets',
          expires: '2027-01-31',
          ticket: 'SEC-1',
          container,
        })),
      },
    ]);
  });

  it('reads other rules that the reason and the day are for, too', () => {
    expect(read('needs raw sockets; also host-path, host-ports; expires 2027-01-31; container a')).toEqual([
      expect.objectContaining({
        exceptions: [
          {
            rule: ['privileged', 'host-path', 'host-ports'],
            reason: 'needs raw sockets',
            expires: '2027-01-31',
            container: 'a',
          },
        ],
      }),
    ]);
  });

  it.each([
    ['needs raw sockets', 'it does not say when it expires'],
    ['', 'it does not say when it expires'],
    ['a; expires 2027-01-31; expires 2028-01-31', 'it says expires twice'],
    ['a; also b; also c; expires 2027-01-31', 'it says also twice'],
    ['a; until 2027-01-31', '"until 2027-01-31" is neither expires, also, container nor ticket'],
    ['a; expires', '"expires" is neither expires, also, container nor ticket'],
    ['a; expires 2027-01-31;', '"" is neither expires, also, container nor ticket'],
  ])('refuses %j', (value, fault) => {
    expect(read(value)).toEqual([expect.objectContaining({ exceptions: [], fault })]);
  });

  it('leaves other annotations alone', () => {
    expect(read('anything', 'example.com/privileged')).toEqual([]);
    expect(exceptionAnnotations({ apiVersion: 'v1', kind: 'Pod' })).toEqual([]);
  });
});
