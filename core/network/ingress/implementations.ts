/** What makes an Ingress controller answer a host over HTTPS alone, as annotations of an Ingress: the API itself has no field for it. */
export const ingressImplementations = {
  // Sent on to HTTPS.
  cilium: { 'ingress.cilium.io/force-https': 'enabled' },
  contour: { 'ingress.kubernetes.io/force-ssl-redirect': 'true' },
  // haproxytech's, and not jcmoraisjr's, whose annotations begin with haproxy-ingress.github.io.
  haproxy: { 'haproxy.org/ssl-redirect': 'true' },
  kong: { 'konghq.com/protocols': 'https', 'konghq.com/https-redirect-status-code': '301' },
  // Not served on the entry point of plain HTTP at all: a redirect is a setting of that entry point.
  traefik: {
    'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
    'traefik.ingress.kubernetes.io/router.tls': 'true',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Controllers whose way to HTTPS is known. */
export type KnownIngressImplementation = keyof typeof ingressImplementations;
