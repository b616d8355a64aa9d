import type { Port } from './port';
import type { ServiceProps } from './workload-props';

type Selector = Readonly<Record<string, string>>;

/** One pod at a time, and never in the way of a drain: unhealthy pods may always go, and a single replica may, too. */
export function disruptionBudgetSpec(selector: Selector) {
  return { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { ...selector } } };
}

/** @param headless what the kind of workload wants where its owner says nothing */
export function serviceSpec(props: ServiceProps, selector: Selector, ports: readonly Port[], headless: boolean) {
  return {
    type: 'ClusterIP',
    ...((props.headless ?? headless) && { clusterIP: 'None' }),
    selector: { ...selector },
    ...(props.sessionAffinity && { sessionAffinity: props.sessionAffinity }),
    ...(ports.length > 0 && {
      ports: ports.map(({ name, port, servicePort, protocol, appProtocol }) => ({
        name,
        port: servicePort,
        targetPort: port,
        protocol,
        ...(appProtocol !== undefined && { appProtocol }),
      })),
    }),
  };
}
