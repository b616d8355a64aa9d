import { object, type RuleCases } from '../rule-cases';

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

/** For each rule of the folder, objects that keep it and objects that break it. */
export const namespaceCases: Readonly<Record<string, RuleCases>> = {
  'namespace-pod-security': {
    compliant: [
      { name: 'all three, pinned', object: namespace(good) },
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
};
