import type * as kplus from 'cdk8s-plus-28';
import type { Probe as CoreProbe, HTTPGetAction, ProbeHandler, TCPSocketAction } from '../../core/manifest/pod';
import { present, settle, unwrap } from './settle';

type KubeProbe = ReturnType<kplus.Probe['_toKube']>;

/**
 * A cdk8s-plus Probe as a manifest holds it. A host that it names is kept, so that the rules see it.
 *
 * @param defaultPort the container's port, for a probe that names none
 * @returns undefined where the probe needs a port and there is none (cdk8s-plus would ask port 80)
 * @throws Error for a duration that is not in whole seconds
 */
export function convertProbe(probe: kplus.Probe, defaultPort: number | undefined): CoreProbe | undefined {
  let portMissing = false;
  const container = {
    get portNumber() {
      portMissing = defaultPort === undefined;
      return defaultPort;
    },
  };
  const rendered = renderProbe(probe, container as unknown as kplus.Container);
  if (portMissing) return undefined;
  return present({
    ...handlerOf(rendered),
    initialDelaySeconds: rendered.initialDelaySeconds,
    periodSeconds: rendered.periodSeconds,
    timeoutSeconds: rendered.timeoutSeconds,
    successThreshold: rendered.successThreshold,
    failureThreshold: rendered.failureThreshold,
  });
}

function renderProbe(probe: kplus.Probe, container: kplus.Container): KubeProbe {
  try {
    return settle(probe._toKube(container));
  } catch (cause) {
    const fault = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`a cdk8s-plus Probe: ${fault} Probes count whole seconds: use Duration.seconds().`, { cause });
  }
}

function handlerOf({ exec, httpGet, tcpSocket }: KubeProbe): ProbeHandler {
  if (exec) return { exec: present({ command: exec.command }) };
  if (httpGet) {
    const { path, port, host, scheme } = httpGet;
    return { httpGet: present({ path, port: unwrap(port), host, scheme }) as HTTPGetAction };
  }
  if (tcpSocket) {
    const { port, host } = tcpSocket;
    return { tcpSocket: present({ port: unwrap(port), host }) as TCPSocketAction };
  }
  throw new Error('a cdk8s-plus Probe asks nothing; make it by Probe.fromHttpGet, fromCommand or fromTcpSocket');
}
