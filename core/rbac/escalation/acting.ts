import { type ResourceRight, type Right, rightsOf } from '../covers';
import { authenticationGroup, type ImpersonationMode, impersonationModes, isFor, verbOn } from '../impersonation';
import { askerOf, formatSubject, type Subject } from '../subject';
import { type Ask, type Holder, holderOf, namedOf, type Proof, proofOf, requestVerbs, someProofOf } from './holder';
import type { ActingPlace } from './place';
import type { Power, Step } from './step';
import type { EscalationWorld } from './world';

/** Acts as somebody else for some requests: it has what they have, as far as it may do that on their behalf. */
export const actsFor: Power = function* (holder, world) {
  const accounts = world.namespaces.flatMap(world.accountsOf);
  for (const [account, proof] of namedOf(holder, accounts, askFor('serviceaccount')))
    yield* acting(holder, 'serviceaccount', account, [proof]);
  const anyUser = someProofOf(holder, askFor('user-info'));
  if (anyUser === undefined) return;
  const subjects = world.authorizer.subjects.filter((subject) => isFor('user-info', subject));
  const users = subjects.filter(({ kind }) => kind === 'User');
  for (const [user, proof] of namedOf(holder, users, askFor('user-info')))
    yield* acting(holder, 'user-info', user, [proof]);
  const groups = subjects.filter(({ kind }) => kind === 'Group');
  for (const [group, proof] of namedOf(holder, groups, { ...askFor('user-info'), resources: ['groups'] }))
    yield* acting(holder, 'user-info', group, [anyUser, proof]);
};

/** Acts as a node, which may make tokens of the accounts whose pods it runs. */
export const actsForNodes: Power = function* (holder, world) {
  for (const mode of ['arbitrary-node', 'associated-node'] as const) {
    // The API server asks for the own node by a star, whichever it is.
    const node =
      mode === 'arbitrary-node' ? someProofOf(holder, askFor(mode)) : proofOf(holder, askFor(mode), { name: '*' });
    if (node === undefined) continue;
    const ask: Ask = { verbs: [verbOn(mode, 'create')], resources: ['serviceaccounts/token'] };
    for (const { account, workload } of world.pods) {
      const { name, namespace = '' } = account;
      const makes = proofOf(holder, ask, { namespace, name });
      if (makes === undefined) continue;
      const how = `makes a token of ${formatSubject(account)}, acting as a node where ${workload} runs`;
      yield { to: { kind: 'subject', subject: account }, how, by: [node, makes] };
    }
  }
};

function askFor(mode: ImpersonationMode): Ask {
  return { verbs: [`impersonate:${mode}`], group: authenticationGroup, resources: [impersonationModes[mode]] };
}

function* acting(holder: Holder, mode: ImpersonationMode, as: Subject, by: readonly Proof[]): Generator<Step> {
  const limits = holder.held.filter(({ written }) => [...onBehalf(written, mode)].length > 0);
  if (limits.length === 0) return;
  yield {
    to: { kind: 'acting', mode, as, by: holder.place },
    how: `acts as ${formatSubject(as)} for what it may do on behalf of others`,
    by: [...by, ...limits],
  };
}

/** What a rule lets somebody do on behalf of others. A star among the verbs is for more than that, and lets them do it as themselves. */
function* onBehalf({ rule }: Proof['written'], mode: ImpersonationMode, namespace?: string): Generator<ResourceRight> {
  const prefix = verbOn(mode, '');
  for (const right of rightsOf(rule, namespace)) {
    const verb = right.verb.startsWith(prefix) ? right.verb.slice(prefix.length) : '';
    if (!('path' in right) && requestVerbs.has(verb)) yield { ...right, verb };
  }
}

/** What somebody may do by acting as somebody else: what both are allowed. */
export function* rightsOfActing({ by, as, mode }: ActingPlace, world: EscalationWorld): Generator<Right> {
  const grants = [...world.authorizer.grants(askerOf(as))];
  for (const { written, namespace } of holderOf(by, world)?.held ?? [])
    for (const mine of onBehalf(written, mode, namespace))
      for (const grant of grants)
        for (const theirs of rightsOf(grant.written.rule, grant.namespace)) {
          const both = 'path' in theirs ? undefined : inBoth(mine, theirs);
          if (both !== undefined) yield both;
        }
}

/** What two rights have in common; undefined where that is nothing. */
function inBoth(one: ResourceRight, other: ResourceRight): ResourceRight | undefined {
  const all = '*';
  const narrower = (a = all, b = all): string | undefined => (a === all ? b : b === all || a === b ? a : undefined);
  const verb = narrower(one.verb, other.verb);
  const group = narrower(one.group, other.group);
  const resource = narrower(one.resource, other.resource);
  const name = narrower(one.name, other.name);
  const namespace = narrower(one.namespace, other.namespace);
  if (verb === undefined || group === undefined || resource === undefined) return undefined;
  if (name === undefined || namespace === undefined) return undefined;
  return { verb, group, resource, ...(name !== all && { name }), ...(namespace !== all && { namespace }) };
}
