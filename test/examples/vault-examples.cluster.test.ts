/** The examples with Vault on a real API server: strictly, twice, and their pods as they are once the injector was at them. */
import { randomBytes } from 'node:crypto';
import { describeCluster, expectOk } from '../support/control-plane';
import { lostFields } from '../support/lost-fields';
import { stateOf } from '../support/state-of';
import { serveVaultKinds, vaultKindsLack } from '../support/vault/custom-kinds';
import { inject } from '../support/vault/injector';
import { readObjects } from './boutique';
import { applyAll, type Deployment, deployObjects, settle } from './deploy';
import { templatesOf, vaultExample, vaultExamples } from './vault-examples';

describeCluster(
  'the examples with Vault',
  (cluster) => {
    jest.setTimeout(120_000);
    serveVaultKinds(cluster);

    describe.each(vaultExamples)('%s', (name) => {
      let deployed: Deployment;
      beforeAll(async () => {
        const namespace = `vault-example-${randomBytes(4).toString('hex')}`;
        deployed = await deployObjects(
          cluster(),
          namespace,
          readObjects(vaultExample(name, { namespace }).synthYaml()),
        );
      });
      afterAll(async () => {
        const { client } = cluster();
        if (deployed)
          await client.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: deployed.namespace } });
      });

      it('is applied as a whole by server-side apply with strict validation, without a warning', async () => {
        expect(deployed.answers.filter(({ status, warnings }) => status > 201 || warnings.length > 0)).toEqual([]);
        for (const object of deployed.objects)
          expect(lostFields(object, expectOk(await cluster().client.get(object)))).toEqual([]);
      });

      it('is the same when it is applied again', async () => {
        await settle(cluster(), deployed);
        const before = await Promise.all(deployed.objects.map((object) => cluster().client.get(object)));
        const again = await applyAll(cluster(), deployed.objects);
        const states = (answers: typeof again) => answers.map((answer) => stateOf(expectOk(answer)));
        expect(states(again)).toEqual(states(before));
      });

      it('has pods that its namespace, which enforces restricted, admits without a warning once they are injected', async () => {
        const { namespace, objects } = deployed;
        expect(objects.find(({ kind }) => kind === 'Namespace')?.metadata?.labels).toMatchObject({
          'pod-security.kubernetes.io/enforce': 'restricted',
        });
        for (const [workload, template] of templatesOf(objects)) {
          const injected = inject(template);
          const asksFor = template.metadata?.annotations?.['vault.hashicorp.com/agent-inject'] === 'true';
          const names = (injected.spec.initContainers ?? []).map((container) => container.name);
          expect([workload, names.includes('vault-agent-init')]).toEqual([workload, asksFor]);
          const metadata = { ...injected.metadata, name: workload, namespace };
          const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: injected.spec };
          const { status, message, warnings } = await cluster().client.create(pod, { dryRun: true });
          expect([workload, status, message, warnings]).toEqual([workload, 201, '', []]);
        }
      });
    });
  },
  { unless: vaultKindsLack },
);
