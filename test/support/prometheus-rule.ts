import { customKind } from './custom-kind';

/** As the Prometheus operator defines it, as far as the rules of an alert go. */
export const prometheusRule = customKind('monitoring.coreos.com', 'PrometheusRule', 'prometheusrules', {
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
});
