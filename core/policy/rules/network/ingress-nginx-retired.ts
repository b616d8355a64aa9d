import { containers } from '../../clause';
import { podRule } from '../../define';
import { matches, text } from '../../expression/operators';

export const ingressNginxRetired = podRule({
  id: 'ingress-nginx-retired',
  title: 'The proxy in front of everything still gets security fixes',
  severity: 'warning',
  why:
    'The controller ingress-nginx was retired in March 2026: faults that are found now are not mended, and the controller is reached from outside and ' +
    'reads every Secret that an Ingress may name. Source: kubernetes.io/blog, "Ingress NGINX Retirement".',
  fix: 'Move to a controller of the Gateway API, or to another Ingress controller that is maintained.',
  clauses: [
    containers.violation({
      when: ({ image }) =>
        matches(
          image,
          /(^|\/)ingress-nginx\/controller(-chroot)?([:@]|$)|(^|\/)nginx-ingress-controller(-amd64|-arm64)?([:@]|$)/,
        ),
      at: ({ image }) => image,
      message: (container) => text`${container} is ingress-nginx, which gets no security fixes any more`,
      remedy: 'move to a controller of the Gateway API, or to another Ingress controller that is maintained',
    }),
  ],
});
