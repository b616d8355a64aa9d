import type { KubernetesObject } from '../../core/manifest';

const text = { type: 'string' };
const texts = { type: 'array', items: text };

/** As cert-manager defines it, as far as certificates of services go. */
export const certificateKind: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'certificates.cert-manager.io' },
  spec: {
    group: 'cert-manager.io',
    names: { kind: 'Certificate', plural: 'certificates', singular: 'certificate', listKind: 'CertificateList' },
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
                required: ['secretName', 'issuerRef'],
                properties: {
                  secretName: text,
                  commonName: { type: 'string', maxLength: 64 },
                  dnsNames: texts,
                  duration: text,
                  renewBefore: text,
                  usages: texts,
                  privateKey: {
                    type: 'object',
                    properties: {
                      algorithm: { type: 'string', enum: ['RSA', 'ECDSA', 'Ed25519'] },
                      size: { type: 'integer' },
                      rotationPolicy: { type: 'string', enum: ['Never', 'Always'] },
                    },
                  },
                  issuerRef: {
                    type: 'object',
                    required: ['name'],
                    properties: { group: text, kind: text, name: text },
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

/** What is served once it is there. */
export const certificatesServed = 'cert-manager.io/v1/certificates';
