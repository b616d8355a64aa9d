/** The policy by Kyverno's own definition on a real API server, applied twice; and when the API server would ask Kyverno at all. */
import { type ImageVerification, imageVerification } from '../../../core/images';
import type { KubernetesObject } from '../../../core/manifest';
import { describeCluster, eventually, expectOk } from '../../support/control-plane';
import { corpusDefinitions } from '../../support/corpus';
import { serveCustomKinds } from '../../support/custom-kinds';
import { publicKey } from '../../support/signing-keys';

const { definitions, lack } = corpusDefinitions(['kyverno/imagevalidatingpolicies.policies.kyverno.io']);
const today = '2026-11-22';
const [key, scannerKey] = [publicKey(), publicKey()];
const root = Buffer.from(JSON.stringify({ signed: { _type: 'root' } })).toString('base64');
const tuf = { mirror: 'https://tuf.acme.example', root };
const rekor = { url: 'https://rekor.acme.example', key };
const entry = { name: 'shop', patterns: ['registry.example/shop/**'], signers: [{ name: 'release', key }] };
const ci = { name: 'ci', issuer: 'https://oidc.acme.example', subject: 'ci@acme.example' };
const certificate = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n';

const forms: Readonly<Record<string, ImageVerification>> = {
  'a key': { images: [entry] },
  'a key in logs': {
    images: [
      {
        ...entry,
        signers: [
          { name: 'public', key, log: 'public' },
          { name: 'own', key, log: { ...rekor, tuf } },
        ],
      },
    ],
  },
  'a certificate': { images: [{ ...entry, signers: [{ name: 'card', certificate, chain: certificate }] }] },
  'an identity': { images: [{ ...entry, signers: [ci] }] },
  'an identity of a Sigstore of one’s own': {
    images: [{ ...entry, signers: [{ ...ci, sigstore: { tuf, rekor, certificateLogKey: scannerKey } }] }],
  },
  everything: {
    name: 'images',
    images: [
      {
        ...entry,
        scan: { scanners: [{ name: 'scanner', key: scannerKey }], scanner: 'pkg:github/aquasecurity/trivy' },
        provenance: { signers: [ci], builder: 'https://ci.acme.example' },
        sbom: { signers: [ci] },
      },
    ],
    unsigned: [{ patterns: ['registry.example/old'], reason: 'its team signs from the next release', expires: today }],
    excludeNamespaces: ['kube-system'],
    pullSecrets: ['registry'],
    timeoutSeconds: 30,
  },
};

describeCluster(
  'SignedImages',
  (cluster) => {
    serveCustomKinds(cluster, definitions, ['policies.kyverno.io/v1/imagevalidatingpolicies']);

    const policyOf = (settings: ImageVerification) => {
      const [policy] = imageVerification(settings, { today });
      if (policy === undefined) throw new Error('no policy');
      return policy;
    };

    it.each(Object.entries(forms))('is taken as it is, twice, with %s', async (_what, settings) => {
      const { client } = cluster();
      const policy = policyOf(settings);
      const first = await client.apply(policy);
      expectOk(first);
      const second = await client.apply(policy);
      expectOk(second);
      expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
      expectOk(await client.delete(policy));
    });

    it('is asked where images change, and not where something else does', async () => {
      const { client } = cluster();
      const namespace = await cluster().namespace('asked');
      const { matchConditions, matchConstraints } = policyOf({ images: [entry] }).spec as {
        readonly matchConditions: readonly object[];
        readonly matchConstraints: object;
      };
      // A policy of the API server's own, which refuses whatever Kyverno would be asked about.
      const policy = {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'asked' },
        spec: {
          matchConditions,
          matchConstraints,
          validations: [{ expression: 'false', message: 'Kyverno is asked' }],
        },
      };
      const binding = {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'asked' },
        spec: {
          policyName: 'asked',
          validationActions: ['Deny'],
          matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } },
        },
      };
      const pod = (spec: object = {}, metadata: object = {}): KubernetesObject => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web', namespace, ...metadata },
        spec: { containers: [{ name: 'web', image: 'registry.example/shop/web' }], ...spec },
      });
      const cronJob = (image: string, schedule = '@daily'): KubernetesObject => ({
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'nightly', namespace },
        spec: {
          schedule,
          jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image }] } } } },
        },
      });
      expectOk(await client.create(pod()));
      expectOk(await client.create(cronJob('registry.example/shop/job')));
      expectOk(await client.create(policy));
      expectOk(await client.create(binding));
      const created = () => client.create(pod({}, { name: 'other' }), { dryRun: true });
      await eventually('the policy to be in force', async () => ((await created()).status === 422 ? true : undefined));
      try {
        expect((await created()).message).toContain('Kyverno is asked');
        const update = async (object: KubernetesObject) => {
          const answer = await client.apply(object, { force: true });
          return answer.status < 300 ? 'not asked' : answer.message;
        };
        expect(await update(pod({}, { labels: { team: 'shop' } }))).toBe('not asked');
        expect(await update(cronJob('registry.example/shop/job', '@weekly'))).toBe('not asked');
        expect(await update(cronJob('registry.example/shop/job2'))).toContain('Kyverno is asked');
        expect(await update(pod({ containers: [{ name: 'web', image: 'registry.example/shop/web2' }] }))).toContain(
          'Kyverno is asked',
        );
        const debug = await client.request('PATCH', `/api/v1/namespaces/${namespace}/pods/web/ephemeralcontainers`, {
          contentType: 'application/strategic-merge-patch+json',
          body: { spec: { ephemeralContainers: [{ name: 'debug', image: 'registry.example/shop/debug' }] } },
        });
        expect(debug.message).toContain('Kyverno is asked');
      } finally {
        for (const object of [binding, policy]) await client.delete(object);
      }
    });
  },
  { unless: lack, own: true },
);
