/** What cyclonus, the conformance suite of network plugins, says of each of its cases: from the corpus beside the project. */
import type { Protocol } from '../../../../core/manifest/container';
import type { KubernetesObject } from '../../../../core/manifest/object';
import { PortSet } from '../../../../core/network/port-set';
import { type DeclaredPort, type NetworkNamespace, Reachability } from '../../../../core/network/reach';
import { corpus } from '../../../support/corpus';
import { describeUnless } from '../../../support/lack';

interface Header {
  readonly containerPorts: readonly DeclaredPort[];
}

interface Step {
  readonly id: number;
  readonly step: number;
  readonly case: string;
  readonly namespaces: readonly NetworkNamespace[];
  readonly pods: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ip: string;
  }[];
  readonly policies: readonly KubernetesObject[];
  readonly probe: 'all' | { readonly port: number | string; readonly protocol: Protocol };
  readonly probePort?: number;
  readonly denied: readonly (readonly [
    from: string,
    to: string,
    port: number,
    protocol: Protocol,
    direction: string,
  ])[];
  readonly count: { readonly tuples: number; readonly denied: number };
}

const cases = corpus('network-policy-cyclonus.jsonl');
const [{ containerPorts } = { containerPorts: [] }, ...steps] = cases.rows() as readonly [Header?, ...Step[]];

/** Every tuple of a step that is denied, as the corpus writes it. */
function deniedIn({ namespaces, pods, policies, probe, probePort }: Step): { denied: string[]; tuples: number } {
  const asked =
    probe === 'all' ? containerPorts : [{ port: probePort ?? Number(probe.port), protocol: probe.protocol }];
  const reachability = new Reachability({
    namespaces,
    policies,
    pods: pods.map(({ namespace, name, labels, ip }) => ({
      id: `${namespace}/${name}`,
      namespace,
      labels,
      ports: containerPorts,
      addresses: [ip],
      // A pod that asks itself is judged like any pair there.
      isSeveral: true,
    })),
  });
  const denied: string[] = [];
  let tuples = 0;
  reachability.ends.forEach((from, i) => {
    reachability.ends.forEach((to, j) => {
      const { certain, possible, egress, ingress } = reachability.explain(i, j);
      for (const { port, protocol } of asked) {
        const one = PortSet.of([{ port, protocol }]);
        tuples++;
        const direction = [...(ingress.certain.covers(one) ? [] : ['i']), ...(egress.certain.covers(one) ? [] : ['e'])];
        expect(certain.covers(one)).toBe(direction.length === 0);
        expect(possible.covers(one)).toBe(direction.length === 0);
        if (direction.length > 0) denied.push([from.id, to.id, port, protocol, direction.join('')].join());
      }
    });
  });
  return { denied: denied.sort(), tuples };
}

describeUnless(cases.lack, 'the cases of cyclonus', () => {
  it('are all there', () => expect(steps).toHaveLength(206));

  // Their names are in the corpus, and jest refuses a table without rows.
  if (steps.length === 0) return;
  it.each(steps.map((step) => [step.id, step.step, step.case, step] as const))(
    '%i, step %i: %s',
    (_id, _step, _case, step) => {
      const { denied, tuples } = deniedIn(step);
      expect(tuples).toBe(step.count.tuples);
      expect(denied).toEqual(step.denied.map((tuple) => tuple.join()).sort());
      expect(denied).toHaveLength(step.count.denied);
    },
  );
});
