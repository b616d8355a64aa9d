import { ClusterTarget } from '../../../../core/cluster/target';
import { compileRules } from '../../../../core/policy/compile/admission';
import { PolicyCompileError } from '../../../../core/policy/compile/compile-error';
import { cpuRequest } from '../../../../core/policy/rules/workload/cpu-request';
import { preStop } from '../../../../core/policy/rules/workload/pre-stop';
import { privilegedPort } from '../../../../core/policy/rules/workload/privileged-port';
import { probeHost } from '../../../../core/policy/rules/workload/probe-host';
import { selinuxOptions } from '../../../../core/policy/rules/workload/selinux-options';
import { sshPort } from '../../../../core/policy/rules/workload/ssh-port';
import { sysctls } from '../../../../core/policy/rules/workload/sysctls';

type Rules = Parameters<typeof compileRules>[0];

function validationsOf(rule: Rules[number], version: '1.28' | '1.30' | '1.33' | '1.34' | '1.37', exact = false) {
  const target = ClusterTarget.of(version);
  return compileRules([rule], { target, registries: [], ...(exact && { standard: 'baseline' }) }).validations;
}

describe('what the target decides', () => {
  it('is a literal set in CEL', () => {
    const types = (version: '1.30' | '1.34') =>
      validationsOf(selinuxOptions, version)
        .map(({ expression }) => expression)
        .filter((expression) => expression.includes('container_t'));
    expect(types('1.30')).toHaveLength(2);
    for (const expression of types('1.30'))
      expect(expression).toContain("in ['container_t', 'container_init_t', 'container_kvm_t']");
    for (const expression of types('1.34')) expect(expression).toContain("'container_engine_t']");
  });

  it('leaves out what nothing can break on it', () => {
    expect(validationsOf(sysctls, '1.28')).toHaveLength(4);
    expect(validationsOf(sysctls, '1.34')).toHaveLength(2);
    expect(validationsOf(sysctls, '1.37')).toHaveLength(1);
  });

  it('leaves a part of a test or of a text, and none of the switch', () => {
    const [newer] = validationsOf(preStop, '1.34');
    const [older] = validationsOf(preStop, '1.28');
    expect(newer?.messageExpression).toContain('set lifecycle.preStop.sleep.seconds');
    expect(newer?.messageExpression).not.toContain('exec.command');
    expect(older?.messageExpression).toContain('exec.command');
    for (const { messageExpression } of [newer, older].flatMap((one) => one ?? []))
      expect(messageExpression).not.toContain(' ? ');
  });

  it('leaves out what the standard does not ask before its version', () => {
    expect(validationsOf(probeHost, '1.33')).toHaveLength(10);
    expect(validationsOf(probeHost, '1.33', true)).toEqual([]);
    expect(validationsOf(probeHost, '1.34', true)).toHaveLength(10);
  });
});

it('refuses a function that the API server lacks, and names the version that has it', () => {
  expect(() => validationsOf(cpuRequest, '1.28')).toThrow(PolicyCompileError);
  expect(() => validationsOf(cpuRequest, '1.28')).toThrow(
    'cpu-request: the CEL of Kubernetes 1.28 lacks isPositiveQuantity (Kubernetes 1.29)',
  );
  expect(validationsOf(cpuRequest, '1.30')).toHaveLength(1);
});

it('writes comparisons as a person does', () => {
  const [{ expression } = { expression: '' }] = validationsOf(sshPort, '1.34');
  expect(expression).toBe(
    "variables.allContainers.all(container, container.?ports.orValue([]).all(port, !(port.?containerPort.orValue(null) in [22, 2222]) || port.?protocol.orValue('') in ['UDP', 'SCTP']))",
  );
  const [{ expression: unprivileged } = { expression: '' }] = validationsOf(privilegedPort, '1.34');
  expect(unprivileged).toContain('port.?containerPort.orValue(0) <= 0 || port.?containerPort.orValue(1024) >= 1024');
});
