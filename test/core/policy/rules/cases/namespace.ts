import { ClusterTarget } from '../../../../../core/cluster/target';
import { deployment, object, type RuleCases } from '../rule-cases';

const prefix = 'pod-security.kubernetes.io';
const good = {
  [`${prefix}/enforce`]: 'restricted',
  [`${prefix}/enforce-version`]: 'v1.34',
  [`${prefix}/audit`]: 'restricted',
  [`${prefix}/audit-version`]: 'v1.34',
  [`${prefix}/warn`]: 'restricted',
  [`${prefix}/warn-version`]: 'v1.34',
};
export const namespace = (labels: object | undefined) =>
  object('v1', 'Namespace', { metadata: { name: 'shop', ...(labels && { labels }) } });

const workload = (namespace: string | undefined) => ({
  ...deployment({ containers: [] }),
  metadata: { name: 'api', ...(namespace !== undefined && { namespace }) },
});
const within = (kind: string, namespace: string, apiVersion = 'v1') =>
  object(apiVersion, kind, { metadata: { name: 'it', namespace } });

/** Cases of a rule that asks for an object of a kind in each namespace that is made. */
function bounded(kind: string, message: string): RuleCases {
  const finding = { property: 'metadata.name', message, value: 'shop' };
  return {
    compliant: [
      { name: 'one beside it', object: namespace(undefined), beside: [within(kind, 'shop')] },
      { name: 'a workload whose namespace another makes', object: workload('shop') },
    ],
    violating: [
      { name: 'nothing beside it', object: namespace(undefined), findings: [finding] },
      {
        name: 'one of another namespace, and one of another API',
        object: namespace(undefined),
        beside: [within(kind, 'other'), within(kind, 'shop', 'acme.example/v1')],
        findings: [finding],
      },
    ],
  };
}

/** For each rule of the folder, objects that keep it and objects that break it. */
export const namespaceCases: Readonly<Record<string, RuleCases>> = {
  'namespace-pod-security': {
    compliant: [
      { name: 'all three, pinned', object: namespace(good) },
      {
        name: 'all three, of a newer target',
        object: namespace(
          Object.fromEntries(Object.entries(good).map(([key, value]) => [key, value.replace('v1.34', 'v1.36')])),
        ),
        target: ClusterTarget.of('1.36'),
      },
      { name: 'other labels beside them', object: namespace({ ...good, owner: 'team' }) },
    ],
    violating: [
      {
        name: 'no labels',
        object: namespace(undefined),
        findings: ['enforce', 'audit', 'warn'].flatMap((mode) => [
          {
            property: `metadata.labels["${prefix}/${mode}"]`,
            message: expect.stringMatching(new RegExp(`^the namespace does not ${mode} a Pod Security Standard: `)),
          },
          {
            property: `metadata.labels["${prefix}/${mode}-version"]`,
            message: `the namespace pins no version of the standard to ${mode}: an upgrade of the cluster changes it`,
          },
        ]),
      },
      {
        name: 'baseline',
        object: namespace({ ...good, [`${prefix}/enforce`]: 'baseline' }),
        findings: [
          {
            property: `metadata.labels["${prefix}/enforce"]`,
            message: 'the namespace sets enforce to baseline: pods that break it are let in',
            value: 'baseline',
          },
        ],
      },
      {
        name: 'latest',
        object: namespace({ ...good, [`${prefix}/warn-version`]: 'latest' }),
        findings: [
          {
            property: `metadata.labels["${prefix}/warn-version"]`,
            message:
              'the namespace pins no version of the standard to warn (latest): an upgrade of the cluster changes it',
            value: 'latest',
          },
        ],
      },
    ],
  },
  'namespace-default': {
    compliant: [
      { name: 'a namespace of its own', object: workload('shop') },
      { name: 'none, which whoever applies it says', object: workload(undefined) },
    ],
    violating: ['Deployment', 'StatefulSet'].map((kind) => ({
      name: kind,
      object: { ...workload('default'), kind },
      findings: [
        {
          property: 'metadata.namespace',
          message: 'the workload is in the namespace default, which belongs to nobody',
          value: 'default',
        },
      ],
    })),
  },
  'namespace-system': {
    compliant: [
      { name: 'a namespace of its own', object: workload('shop') },
      { name: 'a name that begins alike', object: workload('kube-systems') },
    ],
    violating: ['kube-system', 'kube-public', 'kube-node-lease'].map((name) => ({
      name,
      object: workload(name),
      findings: [
        {
          property: 'metadata.namespace',
          message: `the workload is in ${name}, beside what runs the cluster`,
          value: name,
        },
      ],
    })),
  },
  'resource-quota': bounded('ResourceQuota', 'nothing here bounds what the namespace takes of the cluster'),
  'limit-range': bounded('LimitRange', 'nothing here bounds the containers of the namespace that name no limits'),
};
