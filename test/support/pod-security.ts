/** What a real API server's Pod Security admission says of a pod, at any policy version. */
import type { ClusterTarget } from '../../core/cluster';
import type { PodSpec, PodTemplateSpec } from '../../core/manifest/pod';
import { type ControlPlane, expectOk } from './control-plane';

export type PodSecurityLabel = 'restricted' | 'baseline' | 'privileged';

/** `violates`: refused by Pod Security; `refused`: by anything else. */
export interface Verdict {
  readonly verdict: 'accepted' | 'violates' | 'refused';
  /** Why; empty where it is accepted. */
  readonly message: string;
}

export interface Question {
  readonly target: ClusterTarget;
  readonly template: PodTemplateSpec & { readonly spec?: PodSpec };
  /** @default 'restricted' */
  readonly level?: PodSecurityLabel;
}

/** Requests under way at the same time: what one API server answers fastest on two cores. */
const concurrency = 8;

/** Works on all of them, some at the same time: the server answers while the next is made ready. Results are in the order of the items. */
export async function concurrently<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}

/** Asks an API server, in a namespace for each level and policy version. */
export class PodSecurityOracle {
  readonly #namespaces = new Map<string, Promise<string>>();

  /** @param accounts ServiceAccounts that pods name: admission refuses a pod whose account does not exist. */
  constructor(
    private readonly cluster: ControlPlane,
    private readonly accounts: readonly string[] = [],
  ) {}

  /** The verdict on each, in their order. */
  judgeAll(questions: readonly Question[]): Promise<readonly Verdict[]> {
    return concurrently(questions, (question) => this.judge(question));
  }

  /** Creates the pod of a template, as a dry run. */
  async judge({ target, template, level = 'restricted' }: Question): Promise<Verdict> {
    const namespace = await this.#namespace(level, target.podSecurityVersion);
    const { labels, annotations } = template.metadata ?? {};
    const metadata = { name: 'pod', namespace, ...(labels && { labels }), ...(annotations && { annotations }) };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec };
    const { status, message } = await this.cluster.client.create(pod, { dryRun: true });
    if (status === 201) return { verdict: 'accepted', message: '' };
    const violates = status === 403 && message.includes('violates PodSecurity');
    return { verdict: violates ? 'violates' : 'refused', message: `${status} ${message}` };
  }

  #namespace(level: PodSecurityLabel, version: string): Promise<string> {
    const key = `${level}-${version.replace('.', '-')}`;
    const made = this.#namespaces.get(key) ?? this.#make(key, level, version);
    this.#namespaces.set(key, made);
    return made;
  }

  async #make(key: string, level: PodSecurityLabel, version: string): Promise<string> {
    const { client } = this.cluster;
    const namespace = await this.cluster.namespace(`pods-${key}`, {
      'pod-security.kubernetes.io/enforce': level,
      'pod-security.kubernetes.io/enforce-version': version,
    });
    for (const name of this.accounts) {
      expectOk(await client.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } }));
    }
    return namespace;
  }
}
