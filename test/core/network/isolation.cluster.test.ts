/** Whom a NetworkPolicy isolates, as it is written and as the API server has it: what is left out is filled in there. */
import type { KubernetesObject } from '../../../core/manifest/object';
import { isolationOf } from '../../../core/network/isolation';
import { Reachability } from '../../../core/network/reach';
import { networkWorldOf } from '../../../core/network/reach/world-of-objects';
import { describeCluster, expectOk } from '../../support/control-plane';

const rule = { ports: [{ port: 443 }] };

/** Specs, and what follows from each: directions that are closed. */
const specs: readonly (readonly [unknown, readonly string[]])[] = [
  [undefined, ['ingress']],
  [null, ['ingress']],
  [{}, ['ingress']],
  [{ podSelector: null }, ['ingress']],
  [{ podSelector: {}, policyTypes: null }, ['ingress']],
  [{ podSelector: {}, policyTypes: [] }, ['ingress']],
  [{ podSelector: {}, egress: [] }, ['ingress']],
  [{ podSelector: {}, egress: null }, ['ingress']],
  [{ podSelector: {}, egress: [rule] }, ['ingress', 'egress']],
  [{ podSelector: {}, policyTypes: ['Egress'] }, ['egress']],
  [{ podSelector: { matchLabels: null }, policyTypes: ['Egress', 'Ingress'] }, ['ingress', 'egress']],
];

const policy = (spec: unknown): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'asked', namespace: 'default' },
  ...(spec !== undefined && { spec: spec as never }),
});

const pod = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name, image: 'a:1' }] },
});

describeCluster('a NetworkPolicy that leaves much out', (cluster) => {
  it.each(specs)('%j', async (spec, closed) => {
    const written = policy(spec);
    const { client } = cluster();
    const stored = expectOk(await client.create<KubernetesObject>(written, { dryRun: true }));
    for (const object of [written, stored]) {
      expect(isolationOf(object)?.directions).toEqual(closed);
      const { world } = networkWorldOf([object, pod('a'), pod('b')], { defaultNamespace: 'default' });
      expect(new Reachability(world).policies.map(({ closes }) => closes)).toEqual([closed]);
    }
  });
});
