import { agentPrefixes } from './agent';

/** The annotations by which an Agent Injector is told what to put into a pod. */
export interface Injector {
  /** The annotation of that name, with the prefix. */
  readonly key: (name: string) => string;
  /** What it says; undefined where it is not there. */
  readonly told: (name: string) => string | undefined;
}

const switches = agentPrefixes.map((prefix) => [prefix, `${prefix}/agent-inject`] as const);

const none: readonly Injector[] = [];

/** The injectors that these annotations of a pod ask for: Vault's, OpenBao's. Nearly always none. */
export function injectorsOf(annotations: Readonly<Record<string, unknown>> | undefined | null): readonly Injector[] {
  if (annotations === undefined || annotations === null) return none;
  const asked = switches.filter(([, name]) => isTrueText(annotations[name]));
  if (asked.length === 0) return none;
  return asked.map(([prefix]) => {
    const key = (name: string): string => `${prefix}/${name}`;
    const told = (name: string): string | undefined => {
      const text = annotations[key(name)];
      return typeof text === 'string' ? text : undefined;
    };
    return { key, told };
  });
}

/** As Go reads a flag, and so the injector and the provider of the CSI driver. */
export function isTrueText(text: unknown): boolean {
  return typeof text === 'string' && /^(?:1|t|true)$/i.test(text);
}

/** @see isTrueText */
export function isFalseText(text: unknown): boolean {
  return typeof text === 'string' && /^(?:0|f|false)$/i.test(text);
}
