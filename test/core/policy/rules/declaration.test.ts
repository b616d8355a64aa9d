import { checkObject } from '../../../../core/policy/check';
import { rules } from '../../../../core/policy/rules';
import { container, rulesIn, target } from './rule-cases';

const declared = rules.filter((rule) => rule.subject === 'declaration');

it('has every rule of the folder in the index', () => {
  expect(declared.map(({ id }) => id).sort()).toEqual(rulesIn('declaration'));
});

it('lets nobody waive what no exception can make right', () => {
  const waivable = declared.filter((rule) => !('waivable' in rule)).map(({ id }) => id);
  expect(waivable.sort()).toEqual([
    'api-server-endpoints',
    'apparmor-missing',
    'connection-cut',
    'exception-long',
    'exception-unused',
    'external-policy',
    'gated-field',
    'mesh-identity',
    'mesh-plaintext',
    'namespace-bounds',
    'namespace-quota',
    'network-policy-enforced',
    'schema-valid',
    'secret-wildcard',
    'supplemental-groups',
    'user-namespaces',
    'vault-tls',
  ]);
});

it('tells why each risk that stops synthesis can be waived', () => {
  const errors = declared.filter((rule) => rule.severity === 'error' && !('waivable' in rule));
  expect(errors).not.toEqual([]);
  for (const { why } of errors) expect(why).toMatch(/ can be waived/);
});

it('is never asked about an object', () => {
  const ids = new Set<string>(declared.map(({ id }) => id));
  const findings = checkObject(container({}), { target, registries: [] });
  expect(findings).not.toEqual([]);
  expect(findings.filter(({ rule }) => ids.has(rule))).toEqual([]);
});
