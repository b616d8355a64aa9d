import * as fc from 'fast-check';
import type { ControlPlaneSettings } from '../../../../core/control-plane';
import { webhook } from './support';

/** Settings that have no faults on any distribution of a version that can tell paths of anonymous requests apart. */
export const settingsArbitrary: fc.Arbitrary<ControlPlaneSettings> = fc.record(
  {
    encryption: fc.constantFrom<ControlPlaneSettings['encryption']>(
      { secretbox: ['a'] },
      { kms: { name: 'vault' } },
      { kms: { name: 'vault', endpoint: 'unix:///srv/kubernetes/kube-apiserver/kms.sock' }, secretbox: ['a'] },
    ),
    audit: fc.record({
      log: fc.record(
        {
          path: fc.constantFrom('/var/log/kubernetes/audit/audit.log', '/var/log/audit/kube/kube-apiserver.log'),
          mode: fc.constantFrom('batch' as const, 'blocking' as const),
          maxEventBytes: fc.integer({ min: 1000, max: 100_000 }),
          maxAgeDays: fc.integer({ min: 30, max: 400 }),
        },
        { requiredKeys: [] },
      ),
      webhook: fc.constantFrom(undefined, webhook, { ...webhook, mode: 'blocking' as const }),
    }),
    admission: fc.record({ plugins: fc.constantFrom([], ['PodNodeSelector']) }),
    authentication: fc.record({
      anonymous: fc.constantFrom('health' as const, 'off' as const),
      jwt: fc.constantFrom([], [{ issuer: 'https://id.example.com', audiences: ['cluster'], usernamePrefix: 'oidc:' }]),
    }),
    pki: fc.constantFrom({}, { folder: '/opt/pki' }, { files: { clientCa: '/opt/clients/ca.crt' } }),
    flags: fc.constantFrom({}, { 'kube-apiserver': { 'goaway-chance': '0.001' } }, { 'kube-scheduler': { v: '2' } }),
    requestTimeoutSeconds: fc.integer({ min: 1, max: 300 }),
    terminatedPodThreshold: fc.integer({ min: 1, max: 5000 }),
    folder: fc.constantFrom('/etc/kubernetes/bulwark', '/srv/control-plane'),
  },
  { requiredKeys: ['encryption'] },
);
