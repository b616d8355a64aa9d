/** What the stack has in the cluster, on real API servers: created in the order of its waits, updated strictly, twice; and who may use the agents' rights. */
import { randomBytes } from 'node:crypto';
import type { KubernetesObject } from '../../../core/manifest';
import type { Registration } from '../../../stacks/render/collect';
import { TARGETS } from '../../examples/deploy';
import { certificateKind, certificatesServed } from '../../support/certificate-kind';
import { type ApiObject, describeCluster, eventually, expectOk, VERSIONS } from '../../support/control-plane';
import { serveCustomKinds } from '../../support/custom-kinds';
import { describeUnless, lackUnless } from '../../support/lack';
import { prometheusRule } from '../../support/prometheus-rule';
import {
  create,
  expectSameAgain,
  removeClusterWide,
  updateStrictly,
  warningsIn,
} from '../../support/pulumi/provider-like';
import { objectsIn } from '../../support/pulumi/registered';
import { alternatives, collector, registered } from './arguments';

interface PodSpec {
  readonly containers: readonly Readonly<Record<string, unknown>>[];
  readonly volumes: readonly Readonly<Record<string, unknown>>[];
  readonly [key: string]: unknown;
}

describe.each(VERSIONS)('%s', (version) => {
  describeCluster(
    'the stack log-pipeline',
    (cluster) => {
      serveCustomKinds(
        cluster,
        [prometheusRule, certificateKind],
        ['monitoring.coreos.com/v1/prometheusrules', certificatesServed],
      );

      const deployed = async (args: (typeof alternatives)[string]) => {
        const id = randomBytes(4).toString('hex');
        const { client } = cluster();
        const { prometheusNamespace } = args;
        const own = { namespace: `logging-${id}`, agentNamespace: `log-agents-${id}` };
        if (prometheusNamespace !== undefined)
          await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: prometheusNamespace } });
        const found = await registered({ ...args, ...own, kubernetesVersion: TARGETS[version] });
        await create(cluster(), found);
        return { found, ...own };
      };

      const removed = (found: readonly Registration[]) => removeClusterWide(cluster(), found);

      describe.each(Object.entries(alternatives))('with %s', (_, args) => {
        let found: readonly Registration[] = [];
        beforeAll(async () => {
          ({ found } = await deployed(args));
        }, 60_000);
        afterAll(() => removed(found), 60_000);

        it('loses no field, is updated strictly without a warning, and is the same when it is updated again', async () => {
          const answers = await updateStrictly(cluster(), found);
          expect(answers.size).toBeGreaterThan(15);
          // Each namespace says what is not restricted, and the agents are not.
          expect(warningsIn(answers)).toEqual([
            [expect.stringContaining('DaemonSet'), expect.stringMatching(/^would violate PodSecurity "restricted:v1/)],
          ]);
          await expectSameAgain(cluster(), found);
        }, 60_000);
      });

      const lack = lackUnless(version !== '1.28.15', 'ValidatingAdmissionPolicies are served from 1.30 on');
      describeUnless(lack, 'nothing but the agents in their namespace', () => {
        let found: readonly Registration[] = [];
        let agent: KubernetesObject & { readonly spec: PodSpec };
        let namespace: string;
        beforeAll(async () => {
          const stack = await deployed({});
          found = stack.found;
          namespace = stack.agentNamespace;
          const [daemonSet] = objectsIn(found).filter(({ kind }) => kind === 'DaemonSet');
          if (daemonSet === undefined) throw new Error('there are no agents');
          const { template } = daemonSet.spec as { readonly template: { readonly spec: PodSpec } };
          agent = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'agent', namespace }, spec: template.spec };
          // Neither the policy nor the quota is there at once.
          await eventually('the agent to be let in', async () => {
            const { status } = await cluster().client.create(agent, { dryRun: true });
            return status === 201 ? true : undefined;
          });
          await eventually('others to be refused', async () => {
            const { status } = await cluster().client.create(other({ hostNetwork: true }), { dryRun: true });
            return status === 422 ? true : undefined;
          });
        }, 120_000);
        afterAll(() => removed(found), 60_000);

        const other = (spec: Partial<PodSpec>): KubernetesObject => ({ ...agent, spec: { ...agent.spec, ...spec } });
        const container = () => agent.spec.containers[0] as Readonly<Record<string, unknown>>;
        const withContainer = (changes: object) => other({ containers: [{ ...container(), ...changes }] });
        const withMounts = (change: (mount: object, i: number) => object) =>
          withContainer({ volumeMounts: (container().volumeMounts as readonly object[]).map(change) });
        const volume = (hostPath: object) => other({ volumes: [...agent.spec.volumes, { name: 'more', hostPath }] });

        it.each<[string, () => KubernetesObject, string]>([
          ['of another account', () => other({ serviceAccountName: 'default' }), 'only pods of log-agent may be here'],
          [
            'of another image',
            () => withContainer({ image: collector.replace('ef2d', '0000') }),
            'only the image of the agent may be here',
          ],
          [
            'with a second container of another image',
            () => other({ containers: [...agent.spec.containers, { name: 'more', image: 'busybox' }] }),
            'only the image of the agent may be here',
          ],
          [
            'with an init container',
            () => other({ initContainers: [{ name: 'first', image: collector }] }),
            'the agent has one container',
          ],
          [
            'with the folder of the kubelet',
            () => volume({ path: '/var/lib/kubelet' }),
            'the agent mounts the folders',
          ],
          ['with the whole disk', () => volume({ path: '/' }), 'the agent mounts the folders'],
          [
            'that writes logs',
            () => withMounts((mount) => ({ ...mount, readOnly: false })),
            'the agent only reads logs',
          ],
          [
            'that writes logs at another path',
            () => withMounts((mount, i) => ({ ...mount, readOnly: false, mountPath: `/mnt/${i}` })),
            'the agent only reads logs',
          ],
          [
            'that is started otherwise',
            () => withContainer({ args: ['--config=yaml:exporters: {}'] }),
            'the agent is started with its own configuration',
          ],
          [
            'that starts something else',
            () => withContainer({ command: ['/bin/sh'] }),
            'the agent is started with its own configuration',
          ],
          [
            'with a configuration of its own',
            () =>
              other({
                volumes: agent.spec.volumes.map((each) =>
                  each.configMap === undefined ? each : { ...each, configMap: { name: 'mine' } },
                ),
              }),
            'the agent has the one configuration and certificate',
          ],
          ...['configMap', 'secret', 'downwardAPI'].map((kind): [string, () => KubernetesObject, string] => [
            `with a configuration of its own, projected from a ${kind}`,
            () => {
              const items = [{ path: 'collector.yaml', fieldRef: { fieldPath: 'metadata.name' } }];
              const source = kind === 'downwardAPI' ? { items } : { name: 'mine' };
              return other({
                volumes: agent.spec.volumes.map((each) =>
                  each.configMap === undefined
                    ? each
                    : { name: each.name, projected: { sources: [{ [kind]: source }] } as never },
                ),
              });
            },
            'the agent has the one configuration and certificate',
          ]),
          [
            'that has an empty folder',
            () => other({ volumes: [...agent.spec.volumes, { name: 'more', emptyDir: {} }] }),
            'the agent has the one configuration and certificate',
          ],
          [
            'that has a folder of the node where its configuration is',
            () =>
              withMounts((mount) => {
                const { mountPath } = mount as { readonly mountPath: string };
                const moved = { '/etc/otelcol': '/mnt', '/var/lib/log-agent': '/etc/otelcol' }[mountPath];
                return { ...mount, mountPath: moved ?? mountPath };
              }),
            'the agent has its configuration in its place',
          ],
          [
            'that takes a file of logs for its configuration',
            () =>
              withContainer({
                volumeMounts: [
                  ...(container().volumeMounts as readonly object[]),
                  {
                    name: 'log-agent-mount-var-log-pods',
                    mountPath: '/etc/otelcol/collector.yaml',
                    subPath: 'x/0.log',
                    readOnly: true,
                  },
                ],
              }),
            'the agent has its configuration in its place',
          ],
          [
            'with variables that it is not given',
            () => withContainer({ env: [{ name: 'HTTPS_PROXY', value: 'http://192.0.2.1' }] }),
            'the agent is started with its own configuration',
          ],
          [
            'with the variables of a ConfigMap',
            () => withContainer({ envFrom: [{ configMapRef: { name: 'mine' } }] }),
            'the agent is started with its own configuration',
          ],
          [
            'that runs something after its start',
            () => withContainer({ lifecycle: { postStart: { exec: { command: ['/otelcol-contrib'] } } } }),
            'nothing is started in the agent besides',
          ],
          [
            'that runs something before its end',
            () => withContainer({ lifecycle: { preStop: { exec: { command: ['/otelcol-contrib'] } } } }),
            'nothing is started in the agent besides',
          ],
          ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(
            (probe): [string, () => KubernetesObject, string] => [
              `whose ${probe} runs something`,
              () => withContainer({ [probe]: { exec: { command: ['/otelcol-contrib'] } } }),
              'nothing is started in the agent besides',
            ],
          ),
          [
            'with a second container of the same image',
            () => other({ containers: [...agent.spec.containers, { ...container(), name: 'more' } as never] }),
            'the agent has one container',
          ],
          ['in the network of the node', () => other({ hostNetwork: true }), 'the agent shares no namespaces'],
          ['that sees the processes of the node', () => other({ hostPID: true }), 'the agent shares no namespaces'],
          [
            'that is privileged',
            () => withContainer({ securityContext: { privileged: true } }),
            'the agent is root without any capability',
          ],
          [
            'with a capability',
            () => withContainer({ securityContext: { capabilities: { add: ['SYS_PTRACE'] } } }),
            'the agent is root without any capability',
          ],
        ])('refuses a pod %s', async (_, pod, message) => {
          const answer = await cluster().client.create(pod(), { dryRun: true });
          expect({ status: answer.status, message: answer.message }).toEqual({
            status: 422,
            message: expect.stringContaining(message),
          });
        });

        it('refuses a debug container in an agent', async () => {
          const { client } = cluster();
          expectOk(await client.create(agent));
          const path = `/api/v1/namespaces/${namespace}/pods/agent/ephemeralcontainers`;
          const pod = expectOk(await client.get<ApiObject & { readonly spec: PodSpec }>(agent));
          const debug = { name: 'debug', image: collector, targetContainerName: container().name };
          const body = { ...pod, spec: { ...pod.spec, ephemeralContainers: [debug] } };
          const answer = await client.request('PUT', path, { body });
          expect({ status: answer.status, message: answer.message }).toEqual({
            status: 422,
            message: expect.stringContaining('the agent has one container'),
          });
        });

        it('lets others be in every other namespace', async () => {
          const foreign = await cluster().namespace('elsewhere');
          const pod = { ...agent, metadata: { name: 'agent', namespace: foreign } };
          const { message } = await cluster().client.create(
            { ...pod, spec: { ...agent.spec, serviceAccountName: 'default' } },
            { dryRun: true },
          );
          expect(message ?? '').not.toContain('only pods of log-agent');
        });
      });
    },
    { version, own: true },
  );
});
