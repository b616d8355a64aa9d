import { secretReadingVerbs } from '../secret-verbs';
import { formatSubject, masters, type Subject } from '../subject';
import { type Ask, type Holder, namedOf, namespacesOf, type Proof, proofOf, someProofOf } from './holder';
import { clusterAdmin } from './place';
import type { Power, Step } from './step';
import type { EscalationWorld } from './world';

const become = (subject: Subject): Pick<Step, 'to'> => ({ to: { kind: 'subject', subject } });

/** Every account that is known, with its namespace. */
function accountsIn({ namespaces, accountsOf }: EscalationWorld) {
  return namespaces.flatMap(accountsOf);
}

/** Makes tokens of accounts. */
export const makesTokens: Power = function* (holder, world) {
  const ask: Ask = { verbs: ['create'], resources: ['serviceaccounts/token'] };
  for (const [account, proof] of namedOf(holder, accountsIn(world), ask))
    yield { ...become(account), how: `makes a token of ${formatSubject(account)}`, by: [proof] };
};

/** Reads Secrets with tokens that are there, or makes one and reads it. */
export const readsTokens: Power = function* (holder, world) {
  const ask: Ask = { verbs: secretReadingVerbs, resources: ['secrets'] };
  for (const [{ account, name, namespace }, proof] of namedOf(holder, world.tokenSecrets, ask))
    yield {
      ...become(account),
      how: `reads the token of ${formatSubject(account)} in Secret ${namespace}/${name}`,
      by: [proof],
    };
  for (const [namespace, reads] of namespacesOf(holder, world, ask)) {
    const makes = proofOf(holder, { verbs: ['create'], resources: ['secrets'] }, { namespace });
    if (makes === undefined || isTaken(holder, world, namespace, reads)) continue;
    for (const account of world.accountsOf(namespace))
      yield {
        ...become(account),
        how: `has a token of ${formatSubject(account)} put into a new Secret, and reads it`,
        by: [makes, reads],
      };
  }
};

/** Whether the only name that may be read is that of a Secret that is there, and stays. */
function isTaken(holder: Holder, world: EscalationWorld, namespace: string, { name }: Proof): boolean {
  if (name === undefined || !world.hasSecret(namespace, name)) return false;
  return proofOf(holder, { verbs: ['delete'], resources: ['secrets'] }, { namespace, name }) === undefined;
}

/** Acts as somebody else. A group is impersonated along with a user or an account. */
export const impersonates: Power = function* (holder, world) {
  const verbs = ['impersonate'];
  const users: Ask = { verbs, resources: ['users'] };
  const accounts = [...namedOf(holder, accountsIn(world), { verbs, resources: ['serviceaccounts'] })];
  const ofKind = (kind: Subject['kind']) => world.authorizer.subjects.filter((subject) => subject.kind === kind);
  const anyUser = someProofOf(holder, users) ?? accounts[0]?.[1];
  const groups: Ask = { verbs, resources: ['groups'] };
  if (anyUser !== undefined) {
    const ofMasters = proofOf(holder, groups, { name: masters });
    if (ofMasters !== undefined)
      yield {
        to: clusterAdmin,
        how: `impersonates Group ${masters}, to which nothing is refused`,
        by: [anyUser, ofMasters],
      };
  }
  for (const [user, proof] of namedOf(holder, ofKind('User'), users))
    yield { ...become(user), how: `impersonates ${formatSubject(user)}`, by: [proof] };
  for (const [account, proof] of accounts)
    yield { ...become(account), how: `impersonates ${formatSubject(account)}`, by: [proof] };
  if (anyUser !== undefined)
    for (const [group, proof] of namedOf(holder, ofKind('Group'), groups))
      yield { ...become(group), how: `impersonates ${formatSubject(group)}`, by: [anyUser, proof] };
};

const signer = 'kubernetes.io/kube-apiserver-client';

/**
 * Has a certificate signed with whatever name it likes, but for the group of masters, which the API server refuses.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/
 */
export const approvesCertificates: Power = function* (holder, world) {
  const group = 'certificates.k8s.io';
  const asks = proofOf(holder, { verbs: ['create'], group, resources: ['certificatesigningrequests'] });
  const approves = someProofOf(holder, {
    verbs: ['update', 'patch'],
    group,
    resources: ['certificatesigningrequests/approval'],
  });
  const mayApprove: Ask = { verbs: ['approve'], group, resources: ['signers'] };
  const ofSigner =
    proofOf(holder, mayApprove, { name: signer }) ?? proofOf(holder, mayApprove, { name: 'kubernetes.io/*' });
  if (asks === undefined || approves === undefined || ofSigner === undefined) return;
  const by = [asks, approves, ofSigner];
  for (const subject of world.authorizer.subjects)
    if (subject.name !== masters)
      yield { ...become(subject), how: `approves a certificate of its own for ${formatSubject(subject)}`, by };
};
