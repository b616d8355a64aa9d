/** Events of a real API server, by a Collector with the rights of its own account and no others, through the chain. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../core/manifest';
import { registered } from '../../stacks/log-pipeline/arguments';
import { describeCluster, eventually, expectOk } from '../../support/control-plane';
import { describeLogs } from '../../support/logs';
import { LogPipeline } from '../../support/logs/pipeline';
import { objectsIn } from '../../support/pulumi/registered';

jest.setTimeout(240_000);

const rbac = new Set(['ClusterRole', 'ClusterRoleBinding', 'ServiceAccount']);

describeCluster('Kubernetes events', (cluster) => {
  describeLogs('through the pipeline', (programs) => {
    let pipeline: LogPipeline;
    let shop: string;
    let token: string;
    let account: string;
    let made: readonly KubernetesObject[] = [];
    beforeAll(async () => {
      const { client, url, ca } = cluster();
      shop = await cluster().namespace('shop');
      const namespace = await cluster().namespace('logging');
      const found = await registered({ namespace, sources: { eventsFrom: ['203.0.113.10/32'] } });
      made = objectsIn(found).filter(
        ({ kind, metadata }) => rbac.has(kind) && (metadata?.name ?? '').endsWith('log-events'),
      );
      expect(made.map(({ kind }) => kind).sort()).toEqual(['ClusterRole', 'ClusterRoleBinding', 'ServiceAccount']);
      for (const object of made) expectOk(await client.create(object));
      account = await client.createToken(namespace, 'log-events');
      await eventually('the authorizer to see the binding', async () =>
        (await client.can(account, 'watch', 'events')) ? true : undefined,
      );
      token = `ghp_${randomBytes(18).toString('hex')}`;
      pipeline = await LogPipeline.create(programs, { agent: () => ({ events: true }) });
      const config = pipeline.config('agent.yaml');
      // It is no pod: it finds the API server, and its token, in a kubeconfig.
      writeFileSync(config, readFileSync(config, 'utf8').replace('auth_type: serviceAccount', 'auth_type: kubeConfig'));
      const kubeconfig = join(pipeline.group.folder, 'kubeconfig');
      const certificate = Buffer.from(ca).toString('base64');
      writeFileSync(
        kubeconfig,
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Config',
          clusters: [{ name: 'c', cluster: { server: url, 'certificate-authority-data': certificate } }],
          users: [{ name: 'u', user: { token: account } }],
          contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
          'current-context': 'c',
        }),
      );
      process.env.KUBECONFIG = kubeconfig;
      await pipeline.up();
    });
    afterAll(async () => {
      delete process.env.KUBECONFIG;
      await pipeline?.stop();
      for (const object of made) await cluster().client.delete(object as never);
    });

    it('keeps each with where it comes from, and without the secrets in it', async () => {
      // The receiver passes over what happened before it was there.
      await pipeline.group.until(async () => (/watch/.test(pipeline.group.logOf('agent')) ? true : undefined), {
        what: 'it to watch',
        log: 'agent',
        deadline: 60_000,
      });
      const time = new Date(Date.now() + 2_000).toISOString().replace(/\.\d+Z/, 'Z');
      expectOk(
        await cluster().client.create({
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { namespace: shop, name: 'web-0.1' },
          involvedObject: { kind: 'Pod', namespace: shop, name: 'web-0', apiVersion: 'v1' },
          reason: 'Failed',
          type: 'Warning',
          message: `pulling with ${token} was refused`,
          source: { component: 'kubelet', host: 'node-7' },
          firstTimestamp: time,
          lastTimestamp: time,
        }),
      );
      const [line] = await pipeline.stored('application', '{log_source="event"} |= "pulling"', 1);
      expect(line?.line).toBe('pulling with [redacted:github] was refused');
      expect(line?.labels).toMatchObject({
        log_source: 'event',
        k8s_namespace_name: shop,
        k8s_node_name: 'node-7',
        k8s_event_reason: 'Failed',
        k8s_object_kind: 'Pod',
        k8s_object_name: 'web-0',
      });
    });

    it('may do nothing else', async () => {
      const { client } = cluster();
      for (const [verb, resource] of [
        ['list', 'secrets'],
        ['list', 'pods'],
        ['get', 'events'],
        ['create', 'events'],
        ['delete', 'events'],
      ] as const)
        expect({ verb, resource, can: await client.can(account, verb, resource) }).toEqual({
          verb,
          resource,
          can: false,
        });
    });
  });
});
