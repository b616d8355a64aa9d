import type { KubernetesObject } from '../../core/manifest';

/** As the Prometheus operator defines it, as far as the rules of an alert go. */
export const prometheusRule: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'prometheusrules.monitoring.coreos.com' },
  spec: {
    group: 'monitoring.coreos.com',
    names: {
      kind: 'PrometheusRule',
      plural: 'prometheusrules',
      singular: 'prometheusrule',
      listKind: 'PrometheusRuleList',
    },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                properties: {
                  groups: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: { type: 'string', minLength: 1 },
                        rules: {
                          type: 'array',
                          items: {
                            type: 'object',
                            required: ['expr'],
                            properties: {
                              alert: { type: 'string' },
                              expr: { type: 'string' },
                              for: { type: 'string', pattern: '^(0|([0-9]+[smhd])+)$' },
                              labels: { type: 'object', additionalProperties: { type: 'string' } },
                              annotations: { type: 'object', additionalProperties: { type: 'string' } },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};
