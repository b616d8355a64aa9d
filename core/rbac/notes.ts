import { apiKinds } from '../cluster/api-kinds';
import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { nearest } from '../nearest';
import type { Authorizer } from './authorizer';
import type { WrittenRule } from './read';
import { formatSubject, subjectKey } from './subject';

/** Something that the API server takes and that grants nothing, or that the answer cannot know. */
export interface RbacNote {
  readonly object: KubernetesObject;
  readonly path: Path;
  readonly message: string;
}

/** Verbs that Kubernetes' own API groups ask for. */
const verbs = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', '*'],
  ...['use', 'bind', 'escalate', 'impersonate', 'approve', 'sign', 'attest'],
];
const pathVerbs = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', '*'];

/** What of the roles and bindings that were given grants nothing, or cannot be judged. */
export function rbacNotes(authorizer: Authorizer, objects: readonly KubernetesObject[]): readonly RbacNote[] {
  const roles = authorizer.roles.filter((role) => !authorizer.isStanding(role));
  const bindings = authorizer.bindings.filter((binding) => !authorizer.isStanding(binding));
  const bound = new Set(bindings.map((binding) => authorizer.roleOf(binding)));
  const accounts = new Set(
    objects
      .filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'ServiceAccount')
      .map(({ metadata }) =>
        subjectKey({ kind: 'ServiceAccount', namespace: metadata?.namespace ?? 'default', name: metadata?.name ?? '' }),
      ),
  );
  const isTaken = new Set(
    authorizer.roles
      .filter(({ selectors }) => selectors.length > 0)
      .flatMap((role) => authorizer.rulesOf(role).map(({ object }) => object)),
  );
  return [
    ...roles.flatMap(({ rules, selectors }) => (selectors.length > 0 ? [] : rules.flatMap(ruleNotes))),
    ...roles
      .filter((role) => !bound.has(role) && !isTaken.has(role.object))
      .map(({ object }) => ({ object, path: [], message: 'none of the objects binds it' })),
    ...bindings.flatMap((binding): readonly RbacNote[] => {
      const { object, roleRef, namespace, subjects } = binding;
      if (authorizer.roleOf(binding) === undefined) {
        const name = `${roleRef.kind} ${roleRef.kind === 'Role' ? `${namespace}/` : ''}${roleRef.name}`;
        return [
          {
            object,
            path: ['roleRef'],
            message: `${name} is not among the objects: what it grants is not in this answer`,
          },
        ];
      }
      if (subjects.length === 0) return [{ object, path: ['subjects'], message: 'the binding is for nobody' }];
      return subjects
        .filter(({ kind, name }) => kind === 'ServiceAccount' && name !== 'default')
        .filter((subject) => accounts.size > 0 && !accounts.has(subjectKey(subject)))
        .map((subject) => ({
          object,
          path: ['subjects'],
          message: `${formatSubject(subject)} is not among the objects: whoever makes it has these rights`,
        }));
    }),
  ];
}

function ruleNotes({ rule, object, path }: WrittenRule): readonly RbacNote[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const known = nonResourceURLs.length > 0 ? pathVerbs : verbs;
  const isOwn = nonResourceURLs.length > 0 || apiGroups.every((group) => Object.hasOwn(apiKinds, group));
  const notes = (rule.verbs ?? []).flatMap((verb, index): readonly RbacNote[] => {
    const at = [...path, 'verbs', index];
    if (isOwn && !known.includes(verb) && !verb.includes(':')) {
      const meant = nearest(verb, known);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      return [{ object, path: at, message: `Kubernetes asks for no verb '${verb}': it grants nothing${hint}` }];
    }
    const isNew = verb === 'create' && resources.every((resource) => !resource.includes('/') && resource !== '*');
    if (resourceNames.length > 0 && (isNew || verb === 'deletecollection'))
      return [{ object, path: at, message: `${verb} is asked for no name, and so resourceNames let it grant nothing` }];
    return [];
  });
  const stars = resources.flatMap((resource, index) =>
    resource.length > 2 && resource.endsWith('/*')
      ? [
          {
            object,
            path: [...path, 'resources', index],
            message: `'${resource}' is no pattern, and grants nothing: name the subresources`,
          },
        ]
      : [],
  );
  return [...notes, ...stars];
}

/** A note as messages show it, without its place. */
export function formatNote({ object, message }: RbacNote): string {
  return `${formatIdentity(identityOf(object))}: ${message}`;
}
