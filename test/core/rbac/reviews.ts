import type { AccessRequest } from '../../../core/rbac/policy-rule';
import type { Asker } from '../../../core/rbac/subject';
import { type Client, expectOk } from '../../support/control-plane';

/** Whether a real API server allows a request (SubjectAccessReview). */
export async function reviewed(client: Client, { user, groups }: Asker, request: AccessRequest): Promise<boolean> {
  const attributes =
    'path' in request ? { nonResourceAttributes: request } : { resourceAttributes: attributesOf(request) };
  const answer = await client.create<{ readonly status: { readonly allowed: boolean } }>({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { ...(user !== undefined && { user }), groups, ...attributes },
  });
  return expectOk(answer).status.allowed;
}

function attributesOf({ resource, ...rest }: Exclude<AccessRequest, { readonly path: string }>) {
  const slash = resource.indexOf('/');
  if (slash === -1) return { ...rest, resource };
  return { ...rest, resource: resource.slice(0, slash), subresource: resource.slice(slash + 1) };
}

/** All of them at once, as many as the client opens connections for. */
export async function disagreements<T extends readonly [Asker, AccessRequest, boolean]>(
  client: Client,
  answers: readonly T[],
): Promise<readonly T[]> {
  const found = await Promise.all(
    answers.map(async (answer) => ((await reviewed(client, answer[0], answer[1])) === answer[2] ? [] : [answer])),
  );
  return found.flat();
}
