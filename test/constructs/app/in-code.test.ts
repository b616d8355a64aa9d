import { inCode } from '../../../constructs/app/in-code';
import { ClusterTarget } from '../../../core/cluster';
import { evaluate, type Finding, rules } from '../../../core/policy';
import { casesByRule } from '../../core/policy/parity/seeds';

const finding = (rule: string): Finding => ({ rule, severity: 'error', message: 'it is so', remedy: 'mend it' });

it('adds to a remedy what says it in TypeScript, and nothing where a manifest and a construct say the same', () => {
  expect(inCode(finding('read-only-root-filesystem')).remedy).toBe(
    'mend it; in TypeScript: writable mounts one over each path that it names',
  );
  for (const rule of ['privileged', 'acme-own', 'constructor']) expect(inCode(finding(rule))).toEqual(finding(rule));
});

it('leaves constructs and their props out of the remedies for plain manifests', () => {
  const objects = [...casesByRule().values()].flat().map((object) => ({ object }));
  const { findings } = evaluate(objects, {
    target: ClusterTarget.of('1.36', { podCidrs: ['10.0.0.0/16'], serviceCidrs: ['10.96.0.0/12'] }),
    registries: ['registry.acme.example'],
    today: '2026-11-21',
  });
  const ofConstructs =
    /LockedNamespace|Secure[A-Z]|connectTo|exposeTo|egressTo|cloudIdentity|grantApiAccess|as writable|podSecurity:|in TypeScript/;
  expect([...new Set(findings.map(({ remedy }) => remedy))].filter((remedy) => ofConstructs.test(remedy))).toEqual([]);
  expect(new Set(findings.map(({ rule }) => rule)).size).toBeGreaterThan(rules.length / 2);
});
