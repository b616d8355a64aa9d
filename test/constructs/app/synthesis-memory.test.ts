import { join } from 'node:path';
import { ApiObject, App, type Chart, JsonPatch, Testing } from 'cdk8s';
import { ClusterTarget, LockedNamespace, Platform, SecureDeployment } from '../../../index';
import { basics, registry, temporaryFolder } from '../../support/app';

/** A plain app with several charts; `asked` counts how often the first of its workloads is judged. */
function scene() {
  const app = new App({ outdir: join(temporaryFolder(), 'dist') });
  Platform.attach(app, { target: ClusterTarget.of('1.36'), registries: [registry], today: '2026-11-21' });
  const namespaces = ['a', 'b', 'c', 'd', 'e'].map((name) => new LockedNamespace(app, name, { owner: 'x' }));
  const workloads = namespaces.map((namespace) => new SecureDeployment(namespace, 'api', basics));
  const [first] = workloads as [SecureDeployment];
  const asked = jest.spyOn(first, 'declarationFaults');
  const foreign = new ApiObject(namespaces[4] as Chart, 'foreign', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'foreign' },
    rules: [],
  });
  return { app, namespaces, first, asked, foreign };
}

const wildcard = JsonPatch.add('/rules/0', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] });

describe('a synthesis of a plain App', () => {
  it.each(['synth', 'synthYaml'] as const)('by %s judges twice, however many charts there are', (method) => {
    const { app, asked } = scene();
    app[method]();
    expect(asked).toHaveBeenCalledTimes(2);
    app[method]();
    expect(asked).toHaveBeenCalledTimes(4);
  });

  it.each<readonly [string, (made: ReturnType<typeof scene>) => unknown, RegExp]>([
    ['our own construct', ({ first }) => first.patchPod({ hostNetwork: true }), /host-namespaces/],
    [
      'a new one',
      ({ namespaces }) => new SecureDeployment(namespaces[0] as Chart, 'b', { ...basics, user: 0 }),
      /run-as-user/,
    ],
    ["somebody else's object, by a JSON patch", ({ foreign }) => foreign.addJsonPatch(wildcard), /rbac-wildcard/],
    ['its metadata', ({ foreign }) => foreign.metadata.addLabel('a', '-'), /label-value/],
  ])('sees what changed since the last one: %s', (_, change, refusal) => {
    for (const synthesize of [
      ({ app }: ReturnType<typeof scene>) => app.synth(),
      ({ app }: ReturnType<typeof scene>) => app.synthYaml(),
      ({ namespaces }: ReturnType<typeof scene>) => Testing.synth(namespaces[0] as Chart),
      ({ namespaces }: ReturnType<typeof scene>) => (namespaces[0] as Chart).toJson(),
    ]) {
      const made = scene();
      for (let i = 0; i < 3; i++) synthesize(made);
      change(made);
      expect(() => synthesize(made)).toThrow(refusal);
      expect(() => made.app.synth()).toThrow(refusal);
    }
  });

  it('sees what a construct changes while it validates itself', () => {
    const { app, namespaces, foreign } = scene();
    const change = jest.fn(() => foreign.addJsonPatch(wildcard));
    namespaces[1]?.node.addValidation({
      validate: () => {
        if (change.mock.calls.length === 0) change();
        return [];
      },
    });
    expect(() => app.synth()).toThrow(/rbac-wildcard/);
  });

  it.each<readonly [string, (made: ReturnType<typeof scene>) => unknown, RegExp]>([
    [
      'a workload',
      ({ namespaces }) => new SecureDeployment(namespaces[4] as Chart, 'late', { ...basics, user: 0 }),
      /run-as-user/,
    ],
    [
      'a patch of a namespace that is none',
      ({ namespaces }) => namespaces[0]?.patch('ResourceQuota', null as never),
      /null is no patch/,
    ],
    [
      'a patch of a workload that is none',
      ({ first }) => first.patch('NetworkPolicy', null as never),
      /null is no patch/,
    ],
  ])('sees what is declared while it goes on: %s', (_, declare, refusal) => {
    const made = scene();
    const { app, foreign } = made;
    let asked = 0;
    const produce = foreign.toJson.bind(foreign);
    // Asked for by each inspection, and then by the writer for its chart.
    foreign.toJson = () => {
      asked++;
      if (asked === 2) declare(made);
      return produce();
    };
    expect(() => app.synth()).toThrow(refusal);
  });

  it('forgets where it fails', () => {
    const { app, asked, foreign } = scene();
    foreign.metadata.addLabel('a', '-');
    expect(() => app.synth()).toThrow(/label-value/);
    foreign.metadata.addLabel('a', 'b');
    app.synth();
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it('honours a dependency that is added between two', () => {
    const { app, namespaces } = scene();
    app.synth();
    namespaces[0]?.addDependency(namespaces[1] as Chart);
    const text = app.synthYaml();
    expect(text.indexOf('name: b\n')).toBeLessThan(text.indexOf('name: a\n'));
  });
});
