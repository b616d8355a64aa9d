// A Pulumi program that previews the resources of a file, under a policy pack: program.cjs <folder> <pack>
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { CustomResource } = require('@pulumi/pulumi');
const { LocalWorkspace } = require('@pulumi/pulumi/automation');

const [folder, pack] = process.argv.slice(2);

/** Declares them; what says `{ "outputOf": name }` is an output of that resource, which a preview does not know. */
async function program() {
  const made = new Map();
  const resolve = (value) => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    if (value.outputOf !== undefined) return made.get(value.outputOf).later;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member)]));
  };
  for (const { type, name, props } of JSON.parse(readFileSync(join(folder, 'resources.json'), 'utf8')))
    made.set(name, new CustomResource(type, name, { ...resolve(props), later: undefined }));
}

async function preview() {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: 'dev', projectName: 'shop', program },
    {
      pulumiHome: join(folder, 'home'),
      projectSettings: { name: 'shop', runtime: 'nodejs', backend: { url: `file://${join(folder, 'state')}` } },
      envVars: { PULUMI_CONFIG_PASSPHRASE: 'none', PULUMI_SKIP_UPDATE_CHECK: 'true' },
    },
  );
  await stack.preview({ policyPacks: [pack] });
}

preview().then(
  () => process.stdout.write('previewed\n'),
  (error) => {
    process.stdout.write(`refused\n${error.message}\n`);
  },
);
