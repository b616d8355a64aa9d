import type { KubernetesObject } from '../../../core/manifest';
import { withNullItemsRead } from '../../../core/schema';

describe('null items', () => {
  it('are what the type of the list makes of them, however deep', () => {
    const given = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'it', finalizers: [null, 'a.example/x'] },
      spec: {
        schedule: null,
        jobTemplate: {
          spec: {
            template: {
              spec: {
                securityContext: { supplementalGroups: [null, 7] },
                containers: [{ name: 'a', args: ['x', null], ports: [null] }, null],
              },
            },
          },
        },
      },
    };
    expect(withNullItemsRead(given)).toEqual({
      ...given,
      metadata: { name: 'it', finalizers: ['', 'a.example/x'] },
      spec: {
        schedule: null,
        jobTemplate: {
          spec: {
            template: {
              spec: {
                securityContext: { supplementalGroups: [0, 7] },
                containers: [{ name: 'a', args: ['x', ''], ports: [{}] }, {}],
              },
            },
          },
        },
      },
    });
    expect(given.metadata.finalizers).toEqual([null, 'a.example/x']);
  });

  it('stay where nothing is known of the kind or the field, and where there is none nothing is copied', () => {
    const objects: readonly KubernetesObject[] = [
      { apiVersion: 'acme.example/v1', kind: 'Shop', spec: { ports: [null] } },
      { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 1, name: null }] } },
    ];
    for (const object of objects) expect(withNullItemsRead(object)).toBe(object);
    const strange = { apiVersion: 'v1', kind: 'Service', spec: { doors: [null], ports: 'none', externalIPs: [null] } };
    expect(withNullItemsRead(strange).spec).toEqual({ doors: [null], ports: 'none', externalIPs: [''] });
  });

  it('are read of an object that holds itself', () => {
    const spec: Record<string, unknown> = { ports: [null] };
    spec.template = { spec };
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', spec };
    expect(() => withNullItemsRead(object)).not.toThrow();
  });
});
