import { describeSummary, type SynthesisSummary } from '../../../core/report';

const nothing: SynthesisSummary = {
  outdir: 'dist',
  dryRun: false,
  files: { written: 0, unchanged: 0, removed: 0 },
  edited: [],
  kinds: {},
  workloads: [],
  connections: [],
  skipped: [],
  findings: [],
  requiredPolicies: [],
  milliseconds: 0,
  next: [],
};
const finding = { rule: 'image-digest', severity: 'warning', message: 'the tag may move', remedy: '' } as const;
const waivedBy = { rule: 'image-digest', reason: 'the vendor signs no images', expires: '2026-12-31' };

describe('describeSummary', () => {
  it('is one line where there is nothing to say', () => {
    expect(describeSummary(nothing)).toBe(
      '0 objects in 0 files under dist in 0 ms (0 written, 0 unchanged, 0 removed)\n',
    );
  });

  it('counts one as one', () => {
    const files = { written: 1, unchanged: 0, removed: 0 };
    expect(describeSummary({ ...nothing, kinds: { Pod: 1 }, files })).toMatch(/^1 object in 1 file under/);
  });

  it('says in a dry run what would be', () => {
    const files = { written: 1, unchanged: 2, removed: 3 };
    expect(describeSummary({ ...nothing, dryRun: true, files })).toBe(
      '0 objects in 3 files under dist in 0 ms (dry run: 1 would be written, 2 are current, 3 would be removed)\n',
    );
  });

  it('says everything else in an order of its own', () => {
    const spec = { podSelector: {}, policyTypes: ['Ingress' as const] };
    const metadata = { name: 'allow-api', namespace: 'data' };
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec } as const;
    const text = describeSummary({
      ...nothing,
      outdir: 'dist/prod',
      files: { written: 2, unchanged: 1, removed: 1 },
      edited: ['shop/api.yaml'],
      kinds: { Service: 2, Deployment: 12 },
      workloads: ['Deployment.apps shop/web', 'Deployment.apps shop/api'],
      connections: [{ from: 'shop/web', to: 'shop/api', ports: '8080/TCP' }],
      findings: [
        { ...finding, construct: 'shop/web' },
        { ...finding, construct: 'shop/api' },
        { ...finding, severity: 'info', construct: 'shop/api' },
        { ...finding, construct: 'shop/api', waivedBy },
        { ...finding, construct: 'shop/api', waivedBy },
        { ...finding, construct: '', waivedBy },
        { ...finding, construct: 'shop/api', waivedBy: { ...waivedBy, ticket: 'OPS-1' } },
      ],
      skipped: [{ apiVersion: 'example.com/v1', kind: 'Thing', count: 2 }],
      requiredPolicies: [{ construct: 'shop/api', namespace: 'data', why: 'shop/api reads it', policy }],
      milliseconds: 12.5,
      next: [{ what: 'Apply them', how: 'kubectl apply -f dist' }],
    });
    expect(text).toBe(`14 objects in 3 files under dist/prod in 13 ms (2 written, 1 unchanged, 1 removed)

Objects
  12 Deployment
   2 Service

Workloads (2)
  Deployment.apps shop/web
  Deployment.apps shop/api

Connections (1) that were declared; policies of your own and patches may open more
  shop/web -> shop/api :8080/TCP

Findings (3), none of which stops a deployment
   2 warning image-digest: the tag may move
   1 info    image-digest: the tag may move

Waived (4)
   3 warning image-digest: until 2026-12-31: the vendor signs no images
     shop/api, the app
   1 warning image-digest: until 2026-12-31 (OPS-1): the vendor signs no images
     shop/api

No rule is about these kinds: 2 Thing (example.com/v1)

Edited by hand since the last run, and written anew
  shop/api.yaml

For the owner of namespace data (shop/api reads it), if it denies traffic by default:
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata:
    name: allow-api
    namespace: data
  spec:
    podSelector: {}
    policyTypes:
    - Ingress

What to try next
  Apply them:
    kubectl apply -f dist
`);
  });
});
