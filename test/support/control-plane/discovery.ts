/** What a server serves, asked from it: the resource name and scope of a kind. */
import type { Answer, Client } from './client';

/** A kind in a namespace, or in all of them. */
export interface CollectionOf {
  readonly apiVersion: string;
  readonly kind: string;
  /** `''`: the object names none, which is an error if its kind is namespaced; undefined: all namespaces. */
  readonly namespace: string | undefined;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Remembers the resources of each group version of one server. */
export class Discovery {
  private readonly known = new Map<string, ReadonlyMap<string, Resource>>();

  /**
   * The URL path of the collection, such as `/apis/apps/v1/namespaces/shop/deployments`;
   * the server's refusal, or a 404 in its form, if it does not serve the kind.
   * @throws Error for a namespaced object without a namespace.
   */
  async collection(client: Client, { apiVersion, kind, namespace }: CollectionOf): Promise<string | Answer> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    let resource = this.known.get(apiVersion)?.get(kind);
    if (!resource) {
      const answer = await client.request<{ readonly resources: readonly Resource[] }>('GET', root);
      if (answer.status !== 200) return answer as Answer<never>;
      const resources = answer.body.resources.filter(({ name }) => !name.includes('/'));
      this.known.set(apiVersion, new Map(resources.map((one) => [one.kind, one])));
      resource = this.known.get(apiVersion)?.get(kind);
      if (!resource) return { ...(answer as Answer<never>), status: 404, message: `${apiVersion} serves no ${kind}` };
    }
    if (!resource.namespaced || namespace === undefined) return `${root}/${resource.name}`;
    if (namespace === '') throw new Error(`${apiVersion} ${kind}: metadata.namespace is missing; ${kind} needs one.`);
    return `${root}/namespaces/${encodeURIComponent(namespace)}/${resource.name}`;
  }
}
