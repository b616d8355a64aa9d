import { customKind } from './custom-kind';

const text = { type: 'string' };
const texts = { type: 'array', items: text };

/** As cert-manager defines it, as far as certificates of services go. */
export const certificateKind = customKind('cert-manager.io', 'Certificate', 'certificates', {
  type: 'object',
  required: ['secretName', 'issuerRef'],
  properties: {
    secretName: text,
    commonName: { type: 'string', maxLength: 64 },
    dnsNames: texts,
    ipAddresses: texts,
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
});

/** What is served once it is there. */
export const certificatesServed = 'cert-manager.io/v1/certificates';
