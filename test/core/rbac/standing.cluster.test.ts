/** The roles and bindings that Kubernetes makes by itself: those that the table has are those of a real API server. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../core/manifest/object';
import { type Binding, bindingOf, type Role, roleOf } from '../../../core/rbac/read';
import { standingObjects } from '../../../core/rbac/standing';
import { formatSubject } from '../../../core/rbac/subject';
import { type ControlPlane, describeCluster, expectOk } from '../../support/control-plane';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const kinds = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'] as const;
const bootstrapping = 'kubernetes.io/bootstrapping';

async function ofServer(plane: ControlPlane): Promise<readonly string[]> {
  const found: string[] = [];
  for (const kind of kinds) {
    const labelSelector = `${bootstrapping}=rbac-defaults`;
    const { items } = expectOk(await plane.client.list({ apiVersion, kind, labelSelector }));
    found.push(...items.map((item) => textOf({ ...item, apiVersion, kind })));
  }
  return found;
}

function textOf(object: KubernetesObject): string {
  const role = roleOf(object, 'default');
  return role === undefined ? textOfBinding(bindingOf(object, 'default') as Binding) : textOfRole(role);
}

const place = ({ namespace, name }: { readonly namespace?: string; readonly name: string }): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

function textOfRole(role: Role): string {
  const labels = Object.keys(role.labels).filter((label) => label !== bootstrapping);
  const selected = role.selectors.flatMap(({ matchLabels }) => Object.keys(matchLabels ?? {}));
  const marks = [...labels.map((label) => ` #${label}`), ...selected.map((label) => ` <${label}`)].join('');
  // Those of an aggregated role are what the controller has written.
  const rules = role.selectors.length > 0 ? [] : role.rules;
  const lines = rules.map(
    ({ rule: { verbs = [], apiGroups = [], resources = [], resourceNames, nonResourceURLs } }) => {
      const what = nonResourceURLs ? `@${nonResourceURLs.join()}` : `${apiGroups.join()}:${resources.join()}`;
      return `  ${verbs.join()} ${what}${resourceNames ? ` =${resourceNames.join()}` : ''}`;
    },
  );
  return [`${role.kind} ${place(role)}${marks}`, ...lines].join('\n');
}

function textOfBinding(binding: Binding): string {
  const { kind, name } = binding.roleRef;
  return `${binding.kind} ${place(binding)} > ${kind} ${name} > ${binding.subjects.map(formatSubject).join(', ')}`;
}

describeCluster('the roles that Kubernetes makes by itself', (cluster) => {
  it('are those of the API server', async () => {
    const own = await ofServer(cluster());
    expect(own.length).toBeGreaterThan(100);
    if (process.env.UPDATE_STANDING) write(own);
    else expect(standingObjects().map(textOf)).toEqual(own);
  });
});

function write(lines: readonly string[]): void {
  const path = join(__dirname, '../../../core/rbac/standing-data.ts');
  const made =
    '/** Made by `UPDATE_STANDING=1 npx jest --selectProjects cluster -- test/core/rbac/standing` from an API server 1.36. */';
  writeFileSync(path, `${made}\nexport const standing = \`\n${lines.join('\n')}\n\`;\n`);
}
