import { apiKinds } from '../../../core/cluster/api-kinds';
import { isIn, kubernetesVersions, newestVersion, oldestVersion } from '../../../core/cluster/version';
import { fieldsOf, kindSchema, kindSchemas } from '../../../core/schema';
import { fieldHistory } from '../../../core/schema/schema';

const named = (definition: string, version: (typeof kubernetesVersions)[number], name: string) =>
  fieldsOf(definition, version).find((field) => field.name === name);

describe('the fields of Kubernetes objects', () => {
  it('has kinds by group, version and kind', () => {
    expect(kindSchema('apps/v1', 'Deployment')).toEqual({ definition: 'apps.v1.Deployment', namespaced: true });
    expect(kindSchema('v1', 'Namespace')).toEqual({ definition: 'core.v1.Namespace', namespaced: false });
    expect(kindSchema('resource.k8s.io/v1', 'DeviceClass')).toEqual({
      definition: 'resource.v1.DeviceClass',
      namespaced: false,
      since: '1.34',
    });
    expect(kindSchema('cert-manager.io/v1', 'Certificate')).toBeUndefined();
    expect(kindSchema('apps/v1', 'toString')).toBeUndefined();
  });

  it('has types, required fields, values, and the keys of lists', () => {
    expect(named('apps.v1.DeploymentSpec', '1.36', 'selector')).toEqual({
      name: 'selector',
      type: { type: 'object', definition: 'meta.v1.LabelSelector' },
      required: true,
    });
    expect(named('core.v1.Container', '1.28', 'ports')).toEqual({
      name: 'ports',
      type: { type: 'list', of: { type: 'object', definition: 'core.v1.ContainerPort' } },
      required: false,
      mergeKey: 'containerPort',
      listKeys: ['containerPort', 'protocol'],
    });
    expect(named('core.v1.ContainerPort', '1.36', 'protocol')?.values).toEqual(['SCTP', 'TCP', 'UDP']);
    expect(named('admissionregistration.v1.RuleWithOperations', '1.36', 'operations')?.values).toContain('*');
    expect(named('core.v1.ResourceRequirements', '1.36', 'limits')?.type).toEqual({
      type: 'map',
      of: { type: 'quantity' },
    });
    expect(named('core.v1.HTTPGetAction', '1.36', 'port')?.type).toEqual({ type: 'int-or-string' });
  });

  it('knows in which versions a field is, and what it was', () => {
    expect(named('core.v1.PodSpec', '1.31', 'resources')).toBeUndefined();
    expect(named('core.v1.PodSpec', '1.32', 'resources')).toMatchObject({ since: '1.32' });
    expect(named('core.v1.PodSpec', '1.36', 'workloadRef')).toBeUndefined();
    expect(named('apps.v1.StatefulSetSpec', '1.32', 'serviceName')).toMatchObject({ required: true, last: '1.32' });
    expect(named('apps.v1.StatefulSetSpec', '1.33', 'serviceName')).toMatchObject({ required: false, since: '1.33' });
  });

  it('has every definition that one of its fields names, in every version that has the field', () => {
    const missing = new Set<string>();
    const seen = new Set<string>();
    const visit = (definition: string): void => {
      if (seen.has(definition)) return;
      seen.add(definition);
      for (const said of fieldHistory(definition).values()) {
        for (const { type } of said) {
          let inner = type;
          while (inner.type === 'list' || inner.type === 'map') inner = inner.of;
          if (inner.type === 'object') visit(inner.definition);
        }
      }
    };
    for (const { definition } of kindSchemas().values()) visit(definition);
    // Structs without a field of their own are there, too; a name that nothing defines is a scalar that nobody knows.
    for (const definition of seen) if (!/^[a-z]+\.v\d[a-z0-9]*\.[A-Z]\w+$/.test(definition)) missing.add(definition);
    expect([...missing]).toEqual([]);
    expect(seen.size).toBeGreaterThan(700);
  });

  it('agrees with the table of kinds, which also knows what is switched off', () => {
    const ofTable = Object.entries(apiKinds).flatMap(([group, kinds]) =>
      Object.entries(kinds).flatMap(([kind, { scope, versions }]) =>
        Object.entries(versions).map(([version, { since, last }]) => {
          const there = kubernetesVersions.filter((name) =>
            isIn({ since: since ?? oldestVersion, last: last ?? newestVersion }, name),
          );
          return `${group}/${version} ${kind} ${scope} ${there.join(' ')}`;
        }),
      ),
    );
    const ofSchema = [...kindSchemas()].map(([name, kind]) => {
      const there = kubernetesVersions.filter((version) => isIn(kind, version));
      return `${name} ${kind.namespaced ? 'Namespaced' : 'Cluster'} ${there.join(' ')}`;
    });
    expect(ofTable.sort()).toEqual(ofSchema.sort());
  });
});
