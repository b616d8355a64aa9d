import type { KubernetesVersion } from '../../../core/cluster';
import { formatPath, type KubernetesObject } from '../../../core/manifest';
import { schemaFaults } from '../../../core/schema';

const container = { name: 'web', image: 'web' };

function pod(spec: Readonly<Record<string, unknown>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [container], ...spec } };
}

function faults(object: KubernetesObject, version: KubernetesVersion = '1.36'): readonly (readonly string[])[] {
  return schemaFaults(object, version).map(({ path, cause, message, remedy }) => [
    `${cause} ${formatPath(path)}`,
    message,
    remedy,
  ]);
}

describe('the faults of an object', () => {
  it('finds a field that nobody knows, and says which was meant', () => {
    expect(faults(pod({ securityContext: { runAsNonroot: true } }))).toEqual([
      [
        'unknown spec.securityContext.runAsNonroot',
        'a PodSecurityContext has no field "runAsNonroot"',
        'did you mean runAsNonRoot?',
      ],
    ]);
  });

  it('says whose field it is, where it is one of an object below', () => {
    expect(faults(pod({ containers: [{ ...container, readOnlyRootFilesystem: true }] }))).toEqual([
      [
        'unknown spec.containers[0].readOnlyRootFilesystem',
        'a Container has no field "readOnlyRootFilesystem"',
        'it is a field of securityContext',
      ],
    ]);
    expect(faults(pod({ zzz: null }))).toEqual([['unknown spec.zzz', 'a PodSpec has no field "zzz"', 'remove it']]);
  });

  it.each<[object, string, string]>([
    [
      { securityContext: { readOnlyRootFilesystem: true } },
      'spec.securityContext.readOnlyRootFilesystem',
      "it is a field of each container's securityContext",
    ],
    [
      { containers: [{ ...container, securityContext: { fsGroup: 1 } }] },
      'spec.containers[0].securityContext.fsGroup',
      "it is a field of the pod's securityContext",
    ],
  ])('says where a field of the other security context belongs: %j', (spec, path, hint) => {
    expect(faults(pod(spec as never)).map(([at, , remedy]) => [at, remedy])).toEqual([[`unknown ${path}`, hint]]);
  });

  it('raises no version for a field that was taken away', () => {
    const claims = pod({ resourceClaims: [{ name: 'gpu', source: { resourceClaimName: 'gpu' } }] });
    expect(faults(claims, '1.30')).toEqual([]);
    expect(faults(claims, '1.34')).toEqual([
      [
        'version spec.resourceClaims[0].source',
        'in Kubernetes 1.34 a PodResourceClaim has no field source (1.30 was the last)',
        'leave it out: it was taken away',
      ],
    ]);
  });

  it('takes the greatest number of 64 bits, and an hour of one digit', () => {
    const tolerations = [{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 2 ** 63 }];
    expect(faults(pod({ tolerations }))).toEqual([]);
    expect(faults(pod({ tolerations: [{ ...tolerations[0], tolerationSeconds: 2 ** 64 }] }))).toHaveLength(1);
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'a' } };
    expect(faults({ ...lease, spec: { renewTime: '2024-01-01T9:00:00.000000Z' } })).toEqual([]);
    expect(faults({ ...lease, spec: { renewTime: '2024-01-01T009:00:00.000000Z' } })).toHaveLength(1);
  });

  it('finds a value of another type', () => {
    expect(faults(pod({ hostNetwork: 'true', hostAliases: {}, nodeSelector: [], securityContext: 5 }))).toEqual([
      ['type spec.hostNetwork', 'it must be true or false, and is the string "true"', 'write true or false'],
      ['type spec.hostAliases', 'it must be a list, and is an object', 'write a list'],
      ['type spec.nodeSelector', 'it must be an object, and is a list', 'write an object'],
      ['type spec.securityContext', 'it must be an object, and is the number 5', 'write an object'],
    ]);
  });

  it('shows no value that may be a secret', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { password: 4711 } };
    expect(schemaFaults(secret, '1.36')).toEqual([
      {
        cause: 'type',
        path: ['stringData', 'password'],
        message: 'it must be a text, and is the number that stands there',
        remedy: 'put it in quotes',
      },
    ]);
    const env = [{ name: 'PASSWORD', value: 4711 }];
    expect(JSON.stringify(schemaFaults(pod({ containers: [{ ...container, env }] }), '1.36'))).not.toContain('4711');
    expect(JSON.stringify(schemaFaults(pod({ enviroment: { PASSWORD: 4711 } }), '1.36'))).not.toContain('4711');
  });

  it('finds what is missing, but not what the API server does without', () => {
    const probe = { httpGet: { path: '/', httpHeaders: [{ name: 'a' }] } };
    expect(faults(pod({ containers: [{ image: 'web', livenessProbe: probe }] }))).toEqual([
      ['required spec.containers[0].livenessProbe.httpGet.port', 'a HTTPGetAction needs port', 'give port a value'],
      ['required spec.containers[0].name', 'a Container needs name', 'give name a value'],
    ]);
  });

  it('finds values that an enum does not have', () => {
    expect(faults(pod({ restartPolicy: 'always', dnsPolicy: '' }))).toEqual([
      ['value spec.restartPolicy', '"always" is no value of restartPolicy', 'write "Always", "Never" or "OnFailure"'],
    ]);
  });

  it('finds fields that the version does not have', () => {
    const object = pod({ resources: { limits: { cpu: '1' } }, resourceClaims: [{ name: 'a', source: {} }] });
    expect(faults(object, '1.36').map(([what, message]) => [what, message])).toEqual([
      [
        'version spec.resourceClaims[0].source',
        'in Kubernetes 1.36 a PodResourceClaim has no field source (1.30 was the last)',
      ],
    ]);
    expect(faults(object, '1.28').map(([what, message]) => [what, message])).toEqual([
      ['version spec.resources', 'in Kubernetes 1.28 a PodSpec has no field resources (1.32 is the first that does)'],
    ]);
  });

  it('says nothing of kinds that are not built in, or not in this version', () => {
    const spec = { nonsense: 1 };
    expect(faults({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' }, spec })).toEqual([]);
    expect(
      faults({ apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name: 'a' }, spec }, '1.28'),
    ).toEqual([]);
  });

  it('takes null and undefined for nothing, and numbers for quantities', () => {
    const resources = { limits: { cpu: 0.5, memory: '1Gi' }, requests: { cpu: null } };
    const metadata = { name: 'web', creationTimestamp: null } as unknown as KubernetesObject['metadata'];
    const object = pod({ hostNetwork: null, hostPID: undefined, containers: [{ ...container, resources }] });
    expect(faults({ ...object, metadata })).toEqual([]);
  });

  it('decodes the status, and asks nothing more of it', () => {
    const status = { phase: 'Bogus', conditions: [{}], nonsense: 1 };
    expect(faults({ ...pod({}), status }).map(([what]) => what)).toEqual(['unknown status.nonsense']);
  });

  it('leaves what is any or extension data alone', () => {
    const revision = { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name: 'a' }, revision: 1 };
    expect(faults({ ...revision, data: { anything: [{ goes: 1 }] } })).toEqual([]);
  });

  it('ends where an object holds itself', () => {
    const schema: Record<string, unknown> = { type: 'object', tpye: 'x' };
    schema.properties = { self: schema };
    const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }];
    const names = { plural: 'widgets', kind: 'Widget' };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: { group: 'example.com', scope: 'Namespaced', names, versions },
    };
    expect(faults(definition).map(([what]) => what)).toEqual(['unknown spec.versions[0].schema.openAPIV3Schema.tpye']);
  });
});
