/** An auditor on a real API server: every resource that it serves can be read, but Secrets; and nothing can be done. */
import { randomBytes } from 'node:crypto';
import { Chart } from 'cdk8s';
import type { KubernetesObject } from '../../../core/manifest';
import type { PolicyRule } from '../../../core/rbac';
import { ClusterAuditor, ClusterTarget, Group } from '../../../index';
import { TARGETS } from '../../examples/deploy';
import { accessAmong, answersFor, wrongInAuthorizer, wrongInCluster } from '../../support/access';
import { objectsOf, testApp } from '../../support/app';
import { type ApiList, describeCluster, expectOk, VERSIONS } from '../../support/control-plane';

interface Resource {
  readonly name: string;
  readonly verbs: readonly string[];
}
interface Groups extends ApiList {
  readonly groups: readonly {
    readonly name: string;
    readonly versions: readonly { readonly groupVersion: string }[];
  }[];
}

/** What the rules of roles name. */
function readable(objects: readonly KubernetesObject[]) {
  return objects.flatMap(({ rules = [] }) =>
    (rules as readonly PolicyRule[]).flatMap(({ apiGroups = [], resources = [] }) =>
      apiGroups.flatMap((group) => resources.map((resource) => ({ group, resource }))),
    ),
  );
}

for (const version of VERSIONS)
  describeCluster(
    'an auditor',
    (cluster) => {
      const id = `a${randomBytes(4).toString('hex')}`;
      const name = `oidc:${id}`;
      const objects = () => {
        const app = testApp({ target: ClusterTarget.of(TARGETS[version]) });
        new ClusterAuditor(new Chart(app, 'cluster'), id, { to: [new Group(app, 'auditors', { name })] });
        return accessAmong(objectsOf(app));
      };
      beforeAll(async () => {
        for (const object of objects()) expectOk(await cluster().client.create(object));
      });
      afterAll(async () => {
        for (const object of objects()) await cluster().client.delete(object as never);
      });

      it('reads every resource that is served, but Secrets', async () => {
        const { client } = cluster();
        const get = async <T>(path: string) => expectOk(await client.request<T>('GET', path)) as unknown as T;
        const { groups } = await get<Groups>('/apis');
        // Other suites serve kinds of their own in groups that end alike, and that are listed before they are served.
        const kinds = await get<{ readonly items: readonly { readonly spec: { readonly group: string } }[] }>(
          '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
        );
        const custom = new Set(kinds.items.map(({ spec }) => spec.group));
        const own = groups.filter(
          ({ name: group }) => !custom.has(group) && (!group.includes('.') || group.endsWith('.k8s.io')),
        );
        const paths = [
          '/api/v1',
          ...own.flatMap(({ versions }) => versions.map((each) => `/apis/${each.groupVersion}`)),
        ];
        const served = await Promise.all(
          paths.map(async (path) => {
            const { resources } = await get<{ readonly resources: readonly Resource[] }>(path);
            const group = path === '/api/v1' ? '' : (path.split('/')[2] ?? '');
            return resources
              .filter(({ verbs, name: resource }) => verbs.includes('list') && !resource.includes('/'))
              .map((resource) => ({ group, ...resource }));
          }),
        );
        const named = new Set(readable(objects()).map(({ group, resource }) => `${group}/${resource}`));
        const missing = served
          .flat()
          .map(({ group, name: resource }) => `${group}/${resource}`)
          .filter((each) => !named.has(each));
        expect(missing).toEqual(['/secrets']);
      });

      it('may do what the role says, and nothing else, by SubjectAccessReviews', async () => {
        const asker = { user: 'jane', groups: [name, 'system:authenticated'] };
        const names = new Set(
          readable(objects()).map(({ group, resource }) => (group === '' ? resource : `${resource}.${group}`)),
        );
        const answers = answersFor(
          asker,
          { namespaces: ['kube-system'], names: ['any'] },
          (verb, resource) => ['get', 'list', 'watch'].includes(verb) && names.has(resource),
        );
        expect(names.has('secrets')).toBe(false);
        expect(wrongInAuthorizer(objects(), answers)).toEqual([]);
        const { wrong, asked, allowed } = await wrongInCluster(cluster().client, answers);
        expect(wrong).toEqual([]);
        expect([asked > 500, allowed > 100]).toEqual([true, true]);
      }, 180_000);
    },
    { version },
  );
