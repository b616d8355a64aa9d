import type { PodTemplate } from '../../manifest/pod-template';
import { injectorsOf } from './injector';

/** A container that the Agent Injector adds at admission, in what it takes of its node. */
export interface InjectedContainer {
  readonly role: 'init' | 'container';
  readonly container: {
    readonly name: string;
    readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  };
}

const resourceNames = { cpu: 'cpu', memory: 'mem', 'ephemeral-storage': 'ephemeral' } as const;

/** What the injector takes where an annotation does not say: its own defaults. */
const injectorDefaults: Readonly<Record<string, string>> = {
  'requests-cpu': '250m',
  'requests-mem': '64Mi',
  'limits-cpu': '500m',
  'limits-mem': '128Mi',
};

/** The containers that a pod will have besides its own, by its annotations: a quota counts them, too. */
export function injectedContainers({ metadata }: Pick<PodTemplate, 'metadata'>): readonly InjectedContainer[] {
  const [injector] = injectorsOf(metadata?.annotations);
  if (injector === undefined) return [];
  const told = (name: string) => injector.told(`agent-${name}`);
  const side = (kind: 'requests' | 'limits') =>
    Object.fromEntries(
      Object.entries(resourceNames).flatMap(([resource, short]) => {
        const amount = told(`${kind}-${short}`) ?? injectorDefaults[`${kind}-${short}`];
        return amount ? [[resource, amount]] : [];
      }),
    );
  const resources = { requests: side('requests'), limits: side('limits') };
  const of = (role: InjectedContainer['role'], name: string) => ({ role, container: { name, resources } });
  return [
    ...(told('pre-populate') === 'false' ? [] : [of('init', 'vault-agent-init')]),
    ...(told('pre-populate-only') === 'true' ? [] : [of('container', 'vault-agent')]),
  ];
}
