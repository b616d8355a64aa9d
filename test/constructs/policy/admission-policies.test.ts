import { Chart } from 'cdk8s';
import { isBelow, objectRule, objects } from '../../../core/rules';
import { AdmissionPolicies, type AdmissionPoliciesProps, BulwarkApp, ClusterTarget } from '../../../index';
import { errorsOf, findingsOf, objectsOf, registry, testApp } from '../../support/app';

function policiesOf(props: AdmissionPoliciesProps, app: BulwarkApp = testApp()) {
  const chart = new Chart(app, 'cluster', { namespace: 'platform', disableResourceNameHashes: true });
  const policies = new AdmissionPolicies(chart, 'policies', props);
  return { app, policies };
}

const specOf = (app: BulwarkApp, kind: string) => objectsOf(app).find((object) => object.kind === kind)?.spec;

const twoReplicas = objectRule({
  id: 'acme-two-replicas',
  title: 'Deployments have two replicas',
  severity: 'error',
  why: 'One replica is none while its node is drained.',
  fix: 'Set replicas to 2.',
  kinds: ['apps/Deployment'],
  clauses: [
    objects<{ readonly spec: { readonly replicas: number } }>().violation({
      when: ({ spec }) => isBelow(spec.replicas, 2),
      at: ({ spec }) => spec.replicas,
      message: 'there is one replica',
      remedy: 'set replicas to 2',
    }),
  ],
});

/** Of each prop, what it does. */
const effects: Readonly<Record<keyof Required<AdmissionPoliciesProps>, () => void>> = {
  engine: () => {
    const { app } = policiesOf({ engine: 'kyverno', rules: ['privileged'] });
    expect(objectsOf(app).map(({ kind, metadata }) => [kind, metadata?.namespace])).toEqual([
      ['ValidatingPolicy', undefined],
    ]);
  },
  mode: () => {
    const { app } = policiesOf({ mode: 'deny', rules: ['privileged'] });
    expect(specOf(app, 'ValidatingAdmissionPolicyBinding')).toMatchObject({ validationActions: ['Deny'] });
  },
  denyFrom: () => {
    const actions = (props: AdmissionPoliciesProps) =>
      (
        specOf(policiesOf({ mode: 'deny', ...props }).app, 'ValidatingAdmissionPolicyBinding') as Record<
          string,
          unknown
        >
      ).validationActions;
    expect(actions({ rules: ['named-ports'] })).toEqual(['Warn', 'Audit']);
    expect(actions({ rules: ['named-ports'], denyFrom: 'warning' })).toEqual(['Deny']);
  },
  group: () => {
    const { app } = policiesOf({ group: 'subject', rules: ['privileged', 'host-ports'] });
    expect(objectsOf(app)).toHaveLength(2);
  },
  exemptNamespaces: () => {
    const { app } = policiesOf({ exemptNamespaces: ['lab'], rules: ['privileged'] });
    expect(JSON.stringify(specOf(app, 'ValidatingAdmissionPolicyBinding'))).toContain('"values":["lab"]');
  },
  rules: () => {
    const { app, policies } = policiesOf({ rules: ['privileged', twoReplicas] });
    expect(policies.enforced).toEqual(['privileged', 'acme-two-replicas']);
    expect(objectsOf(app)).toHaveLength(4);
  },
  frameworks: () => {
    expect(policiesOf({ frameworks: ['pss-baseline'] }).policies.enforced).not.toContain('run-as-non-root');
  },
  registries: () => {
    expect(JSON.stringify(specOf(policiesOf({ rules: ['image-allowed'] }).app, 'ValidatingAdmissionPolicy'))).toContain(
      registry,
    );
    const { app } = policiesOf({ rules: ['image-allowed'], registries: ['other.example'] });
    expect(JSON.stringify(specOf(app, 'ValidatingAdmissionPolicy'))).toContain("['other.example']");
  },
  params: () => {
    const [map] = objectsOf(policiesOf({ rules: ['image-allowed'], params: true }).app);
    expect(map).toMatchObject({ kind: 'ConfigMap', metadata: { namespace: 'kube-system' } });
  },
  adminNamespace: () => {
    const { app } = policiesOf({ rules: ['image-allowed'], params: true, adminNamespace: 'admin' });
    expect(objectsOf(app)[0]?.metadata?.namespace).toBe('admin');
  },
  exceptions: () => {
    const exception = {
      rule: 'privileged',
      reason: 'loads the driver of the card',
      expires: '2027-03-31',
      selector: { namespace: 'gpu', labels: { app: 'driver' } },
    };
    const { app } = policiesOf({ rules: ['privileged'], exceptions: [exception] });
    expect(JSON.stringify(specOf(app, 'ValidatingAdmissionPolicy'))).toContain('"name":"gpu-driver"');
    expect(findingsOf(app)).toMatchObject([
      {
        rule: 'prop-valid',
        severity: 'warning',
        property: 'exceptions[0]',
        message: expect.stringContaining('selects by the label app'),
        remedy: 'select by namespace, or guard the label',
      },
    ]);
    expect(errorsOf(policiesOf({ exceptions: [{ ...exception, expires: '2026-11-20' }] }).app)).toMatchObject([
      {
        construct: 'cluster/policies',
        property: 'exceptions[0]',
        message: expect.stringContaining('ended on 2026-11-20'),
      },
    ]);
  },
};

describe('AdmissionPolicies', () => {
  it.each(Object.entries(effects))('takes %s', (_name, check) => check());

  it('passes the rules of the app itself, and is one policy and one binding a rule', () => {
    const { app, policies } = policiesOf({});
    expect(errorsOf(app)).toEqual([]);
    expect(policies.enforced.length).toBeGreaterThan(35);
    const names = objectsOf(app).map(({ kind, metadata }) => `${kind}/${metadata?.name}`);
    expect(names).toContain('ValidatingAdmissionPolicy/bulwark-privileged');
    expect(names).toHaveLength(2 * policies.enforced.length);
  });

  it('says all at once what is wrong with it', () => {
    const app = new BulwarkApp({ target: ClusterTarget.of('1.29'), registries: [registry], today: '2026-11-21' });
    const props = { mode: 'refuse', engine: 'opa', params: 'yes' } as unknown as AdmissionPoliciesProps;
    expect(errorsOf(policiesOf(props, app).app)).toMatchObject([
      { rule: 'prop-valid', property: 'params' },
      { rule: 'prop-valid', property: 'engine', message: 'there is no engine "opa"' },
      { rule: 'prop-valid', property: 'mode', message: 'there is no mode "refuse"' },
    ]);
    const old = new BulwarkApp({ target: ClusterTarget.of('1.29'), registries: [registry], today: '2026-11-21' });
    expect(errorsOf(policiesOf({}, old).app)).toMatchObject([
      { property: 'engine', remedy: expect.stringMatching(/^raise/) },
    ]);
    expect(errorsOf(policiesOf({ rules: ['privilegd' as never] }).app)).toMatchObject([
      { property: 'rules', value: 'privilegd' },
    ]);
  });
});
