import { workloadCases } from './cases/workload';
import { scannerCases } from './cases/workload-scanners';
import { findingsOf, pod, testRules } from './rule-cases';

testRules('workload', { ...workloadCases, ...scannerCases });

it.each([
  ['token', {}, ['warning']],
  ['token', { audience: 'https://kubernetes.default.svc.cluster.local' }, ['warning']],
  ['token', { audience: 'vault' }, []],
  ['api-credentials', {}, []],
])('service-account-token: volume %s with %j', (name, properties, severities) => {
  const sources = [{ serviceAccountToken: { path: 'token', ...properties } }];
  const given = pod({
    automountServiceAccountToken: false,
    containers: [],
    volumes: [{ name, projected: { sources } }],
  });
  expect(findingsOf('service-account-token', given).map(({ severity }) => severity)).toEqual(severities);
});
