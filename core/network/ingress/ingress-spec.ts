/** A host of an Ingress, and the Service behind it. */
export interface IngressRoute {
  readonly className: string;
  readonly hostname: string;
  readonly path: string;
  /** Of the certificate, in the namespace of the Ingress. */
  readonly secretName: string;
  readonly service: string;
  /** The Service's. */
  readonly port: number;
}

/** The spec of a networking.k8s.io/v1 Ingress: one host, one path by whole parts, with TLS. */
export function ingressSpec({ className, hostname, path, secretName, service, port }: IngressRoute) {
  const backend = { service: { name: service, port: { number: port } } };
  return {
    ingressClassName: className,
    tls: [{ hosts: [hostname], secretName }],
    rules: [{ host: hostname, http: { paths: [{ path, pathType: 'Prefix', backend }] } }],
  };
}
