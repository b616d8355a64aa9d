/**
 * What makes an implementation of the Gateway API take TLS 1.2 and later alone, as options of a listener. The API itself has no field for it
 * (GEP-2907). Where there are none, TLS 1.2 is the least by the implementation's default, which a policy of its own can lower.
 */
export const gatewayImplementations = {
  // Lowered by a ClientTrafficPolicy (tls.minVersion) alone.
  'envoy-gateway': {},
  // Has an option for cipher suites (gateway.istio.io/tls-cipher-suites, 1.29), and none for versions.
  istio: {},
  // Has no setting: Envoy's default.
  cilium: {},
  // Without it, nginx's own default, which depends on its build.
  'nginx-gateway-fabric': { 'nginx.org/ssl-protocols': 'TLSv1.2 TLSv1.3' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Implementations whose least version of TLS is known. */
export type KnownGatewayImplementation = keyof typeof gatewayImplementations;
