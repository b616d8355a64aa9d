/** Every panel of every dashboard, asked of a real Loki, after what it is about was done to a real API server. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ClusterTarget } from '../../../../core/cluster';
import { controlPlane } from '../../../../core/control-plane';
import { type Panel, variables } from '../../../../core/logs/grafana/dashboard';
import { dashboards } from '../../../../core/logs/grafana/dashboards';
import { Authority } from '../../../support/control-plane/certificates';
import { describeHardened } from '../../../support/control-plane/describe-hardened';
import { settingsAt } from '../../../support/control-plane/hardened';
import { freePorts, LOOPBACK } from '../../../support/free-ports';
import { describeLogs } from '../../../support/logs';
import { doDeeds, makePolicies, openShells } from '../../../support/logs/deeds';
import type { ShellKubelet } from '../../../support/logs/kubelet';
import { LogPipeline } from '../../../support/logs/pipeline';
import { RefusingWebhook } from '../../../support/logs/webhook';

jest.setTimeout(240_000);

const initial = Object.fromEntries(variables.map(({ name, initial: of }) => [name, of]));

/** A query as Grafana sends it: with the variables of the dashboard, its time range, and the step of a graph. */
function sent(query: string, values: Readonly<Record<string, string>>): string {
  const all: Readonly<Record<string, string>> = { ...values, __range: '3600s', __auto: '60s' };
  return query.replaceAll(/\$(\w+)/g, (whole, name: string) => all[name] ?? whole);
}

/** What has to be found in each panel: who, what and where. Each text is in one line or series. */
const found: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'log-audit-overview': {
    'Requests by verb': ['verb=get', 'verb=create'],
    'Requests by answer': ['code=200', 'code=403', 'code=401'],
    'Who asks most': ['user=alice', 'user=mallory'],
    'What is changed, by whom': ['namespace=shop resource=pods user=alice verb=create'],
    'Who may do what has changed': ['alice: create clusterroles everything: 201'],
    Deletions: ['alice: delete configmaps old in shop: 200'],
    'Without a name': ['code=403 source=127.0.0.1 uri=/livez'],
    'In the name of others': ['impersonated=bob user=alice'],
    'Errors of the API server': ['code=500 resource=configmaps'],
  },
  'log-denied-requests': {
    'Denied over time': ['code=401', 'code=403'],
    'By user over time': ['user=mallory'],
    'Who was denied what': ['code=403 namespace=shop resource=secrets user=mallory verb=get'],
    'Without valid credentials': ['source=127.0.0.1 uri=/api/v1/nodes'],
    'Each of them': [
      'mallory from 127.0.0.1: get secrets db in shop: 403 secrets "db" is forbidden: User "mallory" cannot get',
    ],
  },
  'log-secrets-access': {
    'Reads over time': ['user=alice'],
    'Not let over time': ['user=mallory'],
    'Who has read which': ['name=db namespace=shop user=alice verb=get'],
    'Who has read many at once': ['user=alice verb=list'],
    Changes: ['admin: create secrets db in shop: 201'],
    'Each that was refused': ['mallory from 127.0.0.1: get secrets db in shop: 403'],
    'Tokens of service accounts': ['code=201 name=default namespace=shop user=alice'],
  },
  'log-exec-sessions': {
    'Sessions over time': ['subresource=exec', 'subresource=attach', 'subresource=portforward'],
    'Who was where': [
      'code=101 name=web-1 namespace=shop subresource=exec user=system:serviceaccount:shop:shell',
      'code=403 name=web-0 namespace=shop subresource=exec user=mallory',
    ],
    'Each session': [
      'system:serviceaccount:shop:shell from 127.0.0.1: exec web-1 in shop: 101 ResponseStarted /api/v1/namespaces/shop/pods/web-1/exec?command=ended',
      'exec web-1 in shop: 101 ResponseComplete /api/v1/namespaces/shop/pods/web-1/exec?command=ended',
      // Of a shell that is still open there is its beginning.
      'exec web-1 in shop: 101 ResponseStarted /api/v1/namespaces/shop/pods/web-1/exec?command=open',
      'mallory from 127.0.0.1: exec web-0 in shop: 403 ResponseComplete /api/v1/namespaces/shop/pods/web-0/exec?command=cat',
      'alice from 127.0.0.1: portforward web-0 in shop',
    ],
    'Containers for debugging': ['alice from 127.0.0.1: ephemeralcontainers of web-0 in shop: 200'],
  },
  'log-policy-violations': {
    'Refused over time': [
      'policy=no-latest',
      'policy=Pod Security restricted',
      'policy=validate.kyverno.svc-fail',
      'policy=validation.gatekeeper.sh',
    ],
    'Who was refused by what': [
      'namespace=shop policy=no-latest resource=configmaps user=alice',
      'namespace=locked policy=Pod Security restricted resource=pods user=alice',
      'namespace=shop policy=validate.kyverno.svc-fail resource=services user=alice',
      'namespace=shop policy=validation.gatekeeper.sh resource=services user=alice',
    ],
    'Each that was refused': [
      "alice: create configmaps latest in shop: 422 configmaps \"latest\" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'no-latest' denied request: name a version",
      'alice: create pods root in locked: 403 pods "root" is forbidden: violates PodSecurity "restricted:v1.36"',
      'admission webhook "validate.kyverno.svc-fail" denied the request: no such service',
    ],
    'Noted, and let through': [
      'alice: create configmaps noted in shop: [{"message":"name a version"',
      'alice: create pods web-0 in shop: would violate PodSecurity "restricted:v1.36"',
    ],
    'Let through unasked': ['alice: create endpoints unasked in shop: 201'],
    'Policies that have changed': [
      'admin: create validatingadmissionpolicies no-latest: 201',
      'admin: create validatingwebhookconfigurations webhooks: 201',
    ],
  },
};

describeHardened(
  'the dashboards',
  '1.36.3',
  (places) =>
    controlPlane(
      { ...settingsAt(places), encryption: { secretbox: ['first'] } },
      ClusterTarget.of('1.36', { distribution: 'kubeadm' }),
      { first: Buffer.alloc(32, 7).toString('base64') },
    ),
  (plane) => {
    describeLogs('ask Loki', (programs) => {
      let pipeline: LogPipeline;
      let refusing: RefusingWebhook;
      let kubelet: ShellKubelet;

      beforeAll(async () => {
        const { auditLog } = plane().places;
        pipeline = await LogPipeline.create(programs, {
          agent: () => ({ audit: [join(dirname(auditLog), '*.log')] }),
        });
        await pipeline.up();
        const pki = join(pipeline.group.folder, 'webhooks');
        mkdirSync(pki);
        const authority = await Authority.create(pki, 'webhooks');
        refusing = await RefusingWebhook.start(await authority.issue('webhook', 'webhook'), 'no such service');
        const [nobody = 0] = await freePorts(1);
        const away = `https://${LOOPBACK}:${nobody}/`;
        await makePolicies(plane(), { url: refusing.url, away, ca: authority.pair.cert });
        await doDeeds(plane());
        kubelet = await openShells(plane());
      });
      afterAll(async () => {
        await kubelet?.stop();
        await refusing?.stop();
        await pipeline?.stop();
      });

      const each: Readonly<Record<Panel['as'], (query: string) => Promise<readonly string[]>>> = {
        lines: async (query) => (await pipeline.query('audit', query)).map(({ line }) => line),
        table: async (query) => shown(await pipeline.series('audit', query)),
        graph: async (query) => shown(await pipeline.series('audit', query, 60)),
      };

      it.each(dashboards.map(({ uid, panels }) => [uid, panels] as const))(
        'has every panel of %s tried',
        (uid, panels) => {
          expect(Object.keys(found[uid] ?? {})).toEqual(panels.map(({ title }) => title));
        },
      );

      const all = dashboards.flatMap(({ uid, panels }) => panels.map((panel) => [uid, panel.title, panel] as const));

      it.each(all)('%s: %s', async (uid, title, { as, query }) => {
        const expected = found[uid]?.[title] ?? [];
        expect(expected.length).toBeGreaterThan(0);
        let texts: readonly string[] = [];
        const missing = () => expected.filter((part) => !texts.some((text) => text.includes(part)));
        for (const end = Date.now() + 60_000; ; await new Promise((done) => setTimeout(done, 500))) {
          texts = await each[as](sent(query, initial)).catch(() => texts);
          if (missing().length === 0 || Date.now() > end) break;
        }
        expect({ missing: missing(), texts: missing().length === 0 ? [] : texts }).toEqual({ missing: [], texts: [] });
      });

      it('are counted of more users than Loki does by itself', async () => {
        const [panel] = dashboards.flatMap(({ panels }) =>
          panels.filter(({ title }) => title === 'In the name of others'),
        );
        const query = sent(panel?.query ?? '', initial);
        // What the most frequent are taken of: Loki asks its own parts for it once there is much to read.
        const whole = /^topk\(50, (.+)\)$/.exec(query)?.[1] ?? '';
        const all521 = async () =>
          (await pipeline.series('audit', whole).catch(() => [])).length === 521 ? true : undefined;
        await pipeline.group.until(all521, { what: 'all of them', log: 'agent', deadline: 60_000 });
      });

      it.each(all)('%s: %s: of nobody else than who is asked for', async (_, __, { as, query }) => {
        const texts = await each[as](sent(query, { ...initial, user: 'nobody', without: '-' }));
        expect(texts).toEqual([]);
      });
    });
  },
);

function shown(series: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]) {
  return series
    .filter(({ value }) => value > 0)
    .map(({ labels }) =>
      Object.entries(labels)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join(' '),
    );
}
