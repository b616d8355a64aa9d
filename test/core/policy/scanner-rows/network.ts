import type { Answer } from './answer';

/** The rows about the network, by their ids. */
export const networkRows: Readonly<Record<string, Answer>> = {
  'tiller-service': ['admin-interface'],
  'netpol-covers-pod': ['network-policy-coverage'],
  'netpol-ingress-egress': ['network-policy-coverage'],
  'netpol-per-namespace': ['namespace-network-isolation', 'network-policy-coverage'],
  'netpol-selectors': ['network-open'],
  'netpol-dangling': ['network-policy-unused'],
  'netpol-peer-dangling': ['network-peer-unknown'],
  'cni-netpol': ['network-policy-enforced'],
  'service-type': ['service-exposure'],
  'service-external-ip': ['service-external-ips'],
  'external-facing': 'not taken',
  'gateway-exposure': ['gateway-routes', 'gateway-tls'],
  'sensitive-interface': ['admin-interface', 'admin-tools'],
  'ingress-tls': ['ingress-tls'],
  'ingress-nginx-snippet': ['ingress-snippet'],
  'ingress-nginx-annotations': ['ingress-annotations'],
  'ingress-nginx-eol': ['ingress-nginx-retired'],
  'sandbox-egress': 'not taken',
};
