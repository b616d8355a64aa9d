/**
 * Every custom resource that is generated is one that its CustomResourceDefinition takes: the real API server validates it.
 *
 * KUBE_BULWARK_CRDS names a folder of more definitions, in files as the corpus names them: Kubewarden's are in
 * github.com/kubewarden/kubewarden-controller, charts/kubewarden-crds.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterTarget } from '../../../../core/cluster';
import type { KubernetesObject } from '../../../../core/manifest';
import { type EnforcementOptions, enforcementPolicies, engineNames } from '../../../../core/policy/compile/policies';
import { rules } from '../../../../core/policy/rules';
import { describeCluster, expectOk } from '../../../support/control-plane';
import { corpus, corpusDefinitions, definitionsIn } from '../../../support/corpus';
import { serveCustomKinds } from '../../../support/custom-kinds';
import { itUnless, lackUnless } from '../../../support/lack';

const { definitions, lack } = corpusDefinitions([
  'kyverno/validatingpolicies.policies.kyverno.io',
  'kyverno/policyexceptions.policies.kyverno.io',
  'gatekeeper/constrainttemplates.templates.gatekeeper.sh',
]);
const kubewarden = [corpus('crds').path, process.env.KUBE_BULWARK_CRDS ?? '']
  .map((folder) => join(folder, 'kubewarden/clusteradmissionpolicies.policies.kubewarden.io.yaml'))
  .find(existsSync);

/** Constraints have the definitions that Gatekeeper makes of templates. */
const plurals: Readonly<Record<string, string>> = {
  ...(kubewarden !== undefined && { ClusterAdmissionPolicy: 'clusteradmissionpolicies' }),
  ValidatingPolicy: 'validatingpolicies',
  PolicyException: 'policyexceptions',
  ConstraintTemplate: 'constrainttemplates',
};

const every: readonly Partial<EnforcementOptions>[] = (['audit', 'warn', 'deny'] as const).flatMap((mode) =>
  (['rule', 'subject'] as const).map((group) => ({ mode, group })),
);

describeCluster(
  'generated custom resources',
  (cluster) => {
    serveCustomKinds(
      cluster,
      [...definitions, ...(kubewarden === undefined ? [] : definitionsIn(kubewarden))],
      [
        'policies.kyverno.io/v1/validatingpolicies',
        'policies.kyverno.io/v1/policyexceptions',
        'templates.gatekeeper.sh/v1/constrainttemplates',
        ...(kubewarden === undefined ? [] : ['policies.kubewarden.io/v1/clusteradmissionpolicies']),
      ],
    );

    const createdBy = (object: KubernetesObject) => {
      const namespace = object.metadata?.namespace === undefined ? '' : 'namespaces/default/';
      const metadata = {
        ...object.metadata,
        ...(object.metadata?.namespace !== undefined && { namespace: 'default' }),
      };
      return cluster().client.request('POST', `/apis/${object.apiVersion}/${namespace}${plurals[object.kind]}`, {
        query: { dryRun: 'All', fieldValidation: 'Strict' },
        body: { ...object, metadata },
      });
    };

    it.each(every)('are valid: $mode, a policy a $group', async (options) => {
      const exceptions = [{ namespace: 'gpu' }, { namespace: 'gpu', container: 'driver' }].map((selector) => ({
        rule: 'privileged',
        reason: 'loads the driver of the card',
        expires: '2027-03-31',
        ticket: 'OPS-7',
        selector,
      }));
      let count = 0;
      for (const engine of engineNames.filter((each) => each !== 'vap')) {
        const { objects } = enforcementPolicies({
          target: ClusterTarget.of('1.36'),
          today: '2026-11-21',
          engine,
          rules,
          registries: ['registry.acme.example'],
          params: engine !== 'kyverno',
          exceptions,
          ...options,
        });
        for (const object of objects.filter(({ kind }) => plurals[kind] !== undefined)) {
          expectOk(await createdBy(object));
          count++;
        }
      }
      expect(count).toBeGreaterThanOrEqual(6);
    });

    itUnless(
      lackUnless(kubewarden !== undefined, "KUBE_BULWARK_CRDS names no folder with Kubewarden's definition"),
      "are valid by Kubewarden's definition, and would not be in another mode",
      async () => {
        const { objects } = enforcementPolicies({
          target: ClusterTarget.of('1.36'),
          today: '2026-11-21',
          engine: 'kubewarden',
        });
        const policies = objects.filter(({ kind }) => kind === 'ClusterAdmissionPolicy');
        expect(policies.length).toBeGreaterThan(90);
        for (const policy of policies) expectOk(await createdBy(policy));
        const [policy] = policies;
        const wrong = { ...(policy as KubernetesObject), spec: { ...(policy?.spec as object), mode: 'audit' } };
        expect((await createdBy(wrong)).message).toContain('spec.mode: Unsupported value: "audit"');
      },
      60_000,
    );

    it('would not be, with a field that is not theirs', async () => {
      const [policy] = enforcementPolicies({
        target: ClusterTarget.of('1.36'),
        today: '2026-11-21',
        engine: 'kyverno',
      }).objects;
      const wrong = { ...(policy as KubernetesObject), spec: { ...(policy?.spec as object), validation: [] } };
      expect((await createdBy(wrong)).message).toContain('unknown field "spec.validation"');
    });
  },
  { unless: lack },
);
