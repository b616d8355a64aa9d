import { ClusterTarget } from '../../../core/cluster/target';
import { readManifests } from '../../../core/manifest/yaml/read';
import { evaluate } from '../../../core/policy/evaluate';
import { readBaseline, withBaseline, writeBaseline } from '../../../core/report/baseline';
import type { CheckReport } from '../../../core/report/check-report';

interface Given {
  readonly image?: string;
  readonly capability?: string;
  readonly path?: string;
  readonly role?: string;
  readonly user?: string;
}

function report({
  image = 'quay.io/acme/a:1',
  capability,
  path = '/opt/data',
  role = 'edit',
  user = 'bob',
}: Given = {}) {
  const text = `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop }
spec:
  volumes:
  - name: data
    hostPath: { path: ${path} }
  containers:
  - name: main
    image: ${image}
    securityContext: { capabilities: { add: [${capability ?? 'NET_RAW'}] } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: a }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: User, name: '${user}' }]
`;
  const { documents } = readManifests(text, { source: 'a.yaml' });
  return evaluate(documents, { target: ClusterTarget.of('1.34'), today: '2026-07-01' }) as CheckReport;
}

function newIn(given: Given): readonly string[] {
  const baseline = readBaseline(writeBaseline(report()));
  if (typeof baseline === 'string') throw new Error(baseline);
  return withBaseline(report(given), baseline).findings.flatMap(({ rule, known }) => (known ? [] : [rule]));
}

describe('a baseline', () => {
  it.each<[string, Given, string]>([
    ['another capability', { capability: 'SYS_ADMIN' }, 'capabilities-add'],
    ['another path of the node', { path: '/srv' }, 'host-path-volumes'],
    ['an image of another repository', { image: 'evil.example/miner:latest' }, 'image-digest'],
    ['another user', { user: 'everybody-else' }, 'rbac-cluster-admin'],
    ['another role', { role: 'cluster-admin' }, 'rbac-cluster-admin'],
  ])('does not know %s', (_what, given, rule) => {
    expect(newIn(given)).toContain(rule);
  });

  it('knows what is as it was, and another version of an image', () => {
    expect(newIn({})).toEqual([]);
    expect(newIn({ image: 'quay.io/acme/a:2' })).toEqual([]);
    expect(newIn({ image: 'quay.io:5000/acme/a:1' })).toContain('image-digest');
  });
});
