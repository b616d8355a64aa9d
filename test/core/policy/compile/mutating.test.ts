import { ClusterTarget } from '../../../../core/cluster';
import { PolicyCompileError } from '../../../../core/policy/compile/compile-error';
import { mutatingAdmissionPolicy } from '../../../../core/policy/compile/mutating';

const target = ClusterTarget.of('1.36');

interface Spec {
  readonly failurePolicy: string;
  readonly matchConstraints: { readonly resourceRules: readonly object[] };
  readonly matchConditions: readonly { readonly expression: string }[];
  readonly mutations: readonly { readonly applyConfiguration: { readonly expression: string } }[];
}

const compiled = (options: Partial<Parameters<typeof mutatingAdmissionPolicy>[0]> = {}) => {
  const [policy, binding] = mutatingAdmissionPolicy({ target, ...options });
  return { policy, spec: policy?.spec as unknown as Spec, binding };
};

describe('the policy of safe defaults', () => {
  it('is a policy and its binding, over new pods alone', () => {
    const { policy, spec, binding } = compiled();
    expect(policy).toMatchObject({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicy',
      metadata: { name: 'bulwark-safe-defaults' },
    });
    expect(spec.matchConstraints.resourceRules).toEqual([
      { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
    ]);
    expect(spec.failurePolicy).toBe('Ignore');
    expect(spec.mutations).toHaveLength(5);
    expect(binding).toEqual({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name: 'bulwark-safe-defaults' },
      spec: { policyName: 'bulwark-safe-defaults' },
    });
  });

  it('sets the defaults that are chosen', () => {
    const { spec } = compiled({ defaults: ['fs-group-change-policy'] });
    expect(spec.mutations.map(({ applyConfiguration }) => applyConfiguration.expression)).toEqual([
      'variables.podSpec.?securityContext.?fsGroupChangePolicy.orValue(null) == null && ' +
        'variables.podSpec.?securityContext.?fsGroup.orValue(null) != null ? ' +
        "Object{spec: Object.spec{securityContext: Object.spec.securityContext{fsGroupChangePolicy: 'OnRootMismatch'}}} : Object{}",
    ]);
    expect(mutatingAdmissionPolicy({ target, defaults: [] })).toEqual([]);
  });

  it('leaves namespaces alone that are exempt', () => {
    expect(compiled({ exemptNamespaces: ['kube-system'] }).binding?.spec).toMatchObject({
      matchResources: {
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
        },
      },
    });
  });

  it('is refused for a cluster that does not serve it, and says which does', () => {
    const compile = () => mutatingAdmissionPolicy({ target: ClusterTarget.of('1.35') });
    expect(compile).toThrow(PolicyCompileError);
    expect(compile).toThrow(/MutatingAdmissionPolicy.*1\.35.*1\.36 is the first/);
  });
});
