// Stands in for the Kubernetes provider where that cannot be had: it creates, updates by server-side apply, and deletes on the API server that
// BULWARK_TEST_CLUSTER names ({ url, ca, token }). Without waiting for anything to become ready.
const { request } = require('node:https');
const { main } = require('@pulumi/pulumi/provider');

const cluster = JSON.parse(process.env.BULWARK_TEST_CLUSTER ?? '{}');

function ask(method, path, body, contentType = 'application/json') {
  return new Promise((done, fail) => {
    const headers = { authorization: `Bearer ${cluster.token}`, 'content-type': contentType };
    const asked = request(new URL(path, cluster.url), { method, headers, ca: cluster.ca }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => done({ status: answer.statusCode, body: JSON.parse(text || '{}') }));
    });
    asked.on('error', fail);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function pathOf({ apiVersion, kind, metadata: { namespace, name } }) {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { body } = await ask('GET', root);
  const found = body.resources?.find((each) => each.kind === kind && !each.name.includes('/'));
  if (found === undefined) throw new Error(`${apiVersion} ${kind} is not served`);
  const collection = `${root}${found.namespaced ? `/namespaces/${namespace}` : ''}/${found.name}`;
  return { collection, object: `${collection}/${name}` };
}

function refuse({ status, body }) {
  if (status > 299) throw new Error(body.message);
}

async function apply(inputs, manager) {
  const { object } = await pathOf(inputs);
  refuse(
    await ask(
      'PATCH',
      `${object}?fieldManager=${manager}&force=true&fieldValidation=Strict`,
      inputs,
      'application/apply-patch+yaml',
    ),
  );
}

/** Those of which a part is changed that somebody else made. */
const isPatch = (urn) => /Patch::/.test(urn);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

main(
  {
    version: '4.34.2',
    check: async (_urn, _olds, news) => ({ inputs: news }),
    diff: async (_id, _urn, olds, news) => {
      const { __provider: _, ...before } = olds;
      return {
        changes: !same(sorted(before), sorted(news)),
        replaces: ['name', 'namespace'].some((key) => olds.metadata?.[key] !== news.metadata?.[key])
          ? ['metadata']
          : [],
        deleteBeforeReplace: true,
      };
    },
    create: async (urn, inputs) => {
      const id = `${inputs.metadata.namespace ?? ''}/${inputs.metadata.name}`;
      if (isPatch(urn)) await apply(inputs, 'kube-bulwark');
      else refuse(await ask('POST', `${(await pathOf(inputs)).collection}?fieldValidation=Strict`, inputs));
      return { id, outs: inputs };
    },
    update: async (_id, urn, _olds, news) => {
      await apply(news, isPatch(urn) ? 'kube-bulwark' : 'pulumi-kubernetes');
      return { outs: news };
    },
    delete: async (_id, urn, props) => {
      if (isPatch(urn)) return;
      const { object } = await pathOf(props);
      await ask('DELETE', object);
      for (let tries = 0; tries < 300 && (await ask('GET', object)).status !== 404; tries++)
        await new Promise((wait) => setTimeout(wait, 100));
    },
  },
  process.argv.slice(2),
);

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
