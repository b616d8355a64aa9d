/** A rule of the project that an object of the stack breaks: refused, and let through by an exception that names the rule. */
import type { AuditLoggingArgs } from '../../../stacks/audit-logging';
import { inDays } from '../../support/days';
import { argsFor, deployed } from './arguments';

const exception = { of: 'secret-leak', reason: 'the page is public, and so is its password', expires: inDays(30) };
const runbooks = 'https://reader:r34der-pa55@runbooks.example/';
const deploy = (more: Partial<AuditLoggingArgs>) => deployed({ ...argsFor.kubeadm, ...more });
const failureOf = async (more: Partial<AuditLoggingArgs>): Promise<string> =>
  deploy(more).then(
    () => 'it was deployed',
    (error: Error) => error.message,
  );

describe('an exception to a rule', () => {
  it('lets through what breaks it', async () => {
    const { found } = await deploy({ runbooks, exceptions: [exception] });
    const rule = found.find(({ type }) => type.endsWith(':PrometheusRule'));
    expect(JSON.stringify(rule?.inputs)).toContain(runbooks);
  });

  it.each<[string, AuditLoggingArgs['exceptions']]>([
    ['none', []],
    ['one to another rule', [{ ...exception, of: 'label-value' }]],
    ['one that is over', [{ ...exception, expires: inDays(-1) }]],
    ['one without a reason', [{ ...exception, reason: 'x' }]],
  ])('is needed: %s does not let it through', async (_, exceptions) => {
    expect(await failureOf({ runbooks, ...(exceptions && { exceptions }) })).toContain(
      'error secret-leak: PrometheusRule.monitoring.coreos.com audit-logging/audit-logging',
    );
  });

  it('for a rule that nobody knows is an error, by its place', async () => {
    expect(await failureOf({ exceptions: [{ ...exception, of: 'secret-leek' }] })).toContain('exceptions[0].of: ');
  });
});

describe('a namespace that every cluster has', () => {
  it.each(['default', 'kube-system', 'kube-public', 'kube-node-lease'])(
    '%s is not made the own of the stack',
    async (namespace) => {
      expect(await failureOf({ namespace })).toContain(
        `namespace: ${namespace} is in every cluster, and others are in it: its quota and its policies would be theirs; name one for the stack alone`,
      );
    },
  );
});
