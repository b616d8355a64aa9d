import { formatPath } from '../../../core/manifest/path';
import { rbacFaults } from '../../../core/rbac';
import { refused, taken } from './fault-cases';

describe('rbacFaults', () => {
  it.each(taken)('takes %j', (object) => expect(rbacFaults(object)).toEqual([]));

  it.each(refused)('refuses %j at %s', (object, path) => {
    const faults = rbacFaults(object);
    expect(faults.map((fault) => formatPath(fault.path))).toEqual([path]);
    for (const { message, remedy } of faults) expect([message, remedy]).not.toContain('');
  });

  it('has nothing to say of other kinds', () => {
    for (const [object] of refused) expect(rbacFaults({ ...object, apiVersion: 'example.com/v1' })).toEqual([]);
    expect(rbacFaults({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'toString' })).toEqual([]);
  });
});
