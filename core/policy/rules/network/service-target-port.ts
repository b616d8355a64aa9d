import { apiGroup, formatIdentity, identityOf } from '../../../manifest/identity';
import { formatPath } from '../../../manifest/path';
import { isAbsent, isMapping, listOf } from '../../../manifest/plain';
import { containersOf } from '../../../manifest/pod-template';
import { declaredPortsOf } from '../../../network/reach';
import type { ObjectOfConstruct, ObjectSet, PodsOfSet } from '../../object-set';
import type { SetRule } from '../../rule';

type Fields = Readonly<Record<string, unknown>>;

/** Ports of the proxies that a service mesh adds to the pods of a whole namespace. */
const ofProxies: ReadonlySet<string> = new Set(['http-envoy-prom', 'linkerd-proxy', 'linkerd-admin']);

/** No admission policy can express it: a request shows the Service alone, not the pods behind it. */
export const serviceTargetPort = {
  id: 'service-target-port',
  subject: 'set',
  title: 'Services lead to ports that their pods declare',
  severity: 'warning',
  why:
    'A targetPort by a name that no container declares has no endpoint, without a word from the API server: its clients wait in vain, and ' +
    'nothing says why. It is asked where pods that the Service selects are among the objects.',
  fix: 'Name a port that the pods declare, declare it in ports of the container, or write its number.',
  *check(set) {
    for (const entry of set.objects) {
      const { object, construct } = entry;
      const spec = specOf(entry);
      if (spec === undefined) continue;
      const ports = listOf(spec.ports);
      if (!ports.some(asksName)) continue;
      const selected = selectedBy(entry, spec.selector, set);
      if (selected.length === 0) continue;
      const declared = selected.flatMap((pods) => declaredPortsOf(pods.spec));
      for (const [index, port] of ports.entries()) {
        if (!asksName(port)) continue;
        const { targetPort, protocol } = port;
        const wanted = typeof protocol === 'string' ? protocol : 'TCP';
        if (declared.some((each) => each.name === targetPort && each.protocol === wanted)) continue;
        const who = [...new Set(selected.map((pods) => formatIdentity(identityOf(pods.object))))].join(', ');
        yield {
          construct,
          object: formatIdentity(identityOf(object)),
          property: formatPath(['spec', 'ports', index, 'targetPort']),
          value: targetPort,
          message: `no container of ${who} declares a port ${targetPort} for ${wanted}: the Service leads to none of them`,
          remedy: 'name a port that they declare, declare it in ports of the container, or write its number',
        };
      }
    }
  },
} as const satisfies SetRule;

/** What a Service says that forwards to ports of its pods. A headless one tells their addresses, whatever its ports. */
function specOf({ object }: ObjectOfConstruct): Fields | undefined {
  const { apiVersion, kind, spec } = object;
  if (kind !== 'Service' || apiGroup(apiVersion) !== '' || !isMapping(spec)) return undefined;
  return spec.type === 'ExternalName' || spec.clusterIP === 'None' ? undefined : spec;
}

function asksName(port: unknown): port is Fields & { readonly targetPort: string } {
  if (!isMapping(port)) return false;
  const { targetPort } = port;
  return typeof targetPort === 'string' && targetPort !== '' && !ofProxies.has(targetPort);
}

/** The pods that a Service leads to; none where others may be among them whose ports nobody here knows. */
function selectedBy(
  { object, scope }: ObjectOfConstruct,
  selector: unknown,
  set: Pick<ObjectSet, 'pods' | 'supposes'>,
): readonly PodsOfSet[] {
  if (!isMapping(selector) || Object.keys(selector).length === 0) return [];
  const namespace = object.metadata?.namespace;
  const asked = { matchLabels: selector as Readonly<Record<string, string>> };
  const certain = set.pods.in(namespace, asked);
  // What is written elsewhere may be changed before it is applied together with the Service.
  if (!certain.some((pods) => serves(pods) && pods.scope === scope)) return [];
  const selected = [...certain, ...set.pods.perhapsIn(namespace, asked)];
  return set.supposes(namespace, asked) || selected.some(isPartlyKnown) ? [] : selected;
}

/** Whether they are there to be called: what runs to its end, or is a hook of a chart, mostly has labels in common with what is. */
function serves({ object }: PodsOfSet): boolean {
  return (
    apiGroup(object.apiVersion) !== 'batch' &&
    object.kind !== 'PodTemplate' &&
    isAbsent(object.metadata?.annotations?.['helm.sh/hook'])
  );
}

/** Whether they may have more containers than stand here: a part of an object, or what asks somebody to add some. */
function isPartlyKnown({ spec, labels, annotations }: PodsOfSet): boolean {
  const containers = containersOf(spec);
  return (
    containers.length === 0 ||
    containers.some(({ container }) => isAbsent(container.image)) ||
    [...Object.keys(labels), ...Object.keys(annotations)].some((key) => /inject|^dapr\.io\//i.test(key))
  );
}
