/** The registry among the stacks of the program: plain keys, passwords as secrets of Pulumi, and Secrets that somebody else makes. */
import { compareSync } from 'bcryptjs';
import { composeStacks, type StackOutputs } from '../../../stacks/program/compose';
import { privateRegistryArgs } from '../../../stacks/program/private-registry-args';
import { chosenStacks } from '../../../stacks/program/settings';
import { withheldSecret } from '../../../stacks/render/withheld';
import { secretIn } from '../../support/private-registry';
import { leaks, objectsIn, run } from '../../support/pulumi/registered';
import { settled } from '../audit-logging/arguments';
import { buckets } from '../log-pipeline/arguments';
import { faultsOf, read } from './configuration';

/** Made up. */
const passwords = { ci: 'c4n4ry-made-up-by-nobody', nodes: 'Yq7-made-up-by-nobody' };
const uploadSecret = 'zzz-made-up-and-long-enough-to-sign-uploads';

const plain = {
  images: { registry: `mirror.acme.example/registry@sha256:${'a'.repeat(64)}` },
  registries: ['mirror.acme.example'],
  issuer: 'internal',
  host: 'images.acme.example',
  authentication: { kind: 'htpasswd', users: [{ name: 'ci' }, { name: 'nodes' }] },
  pullSecrets: [{ namespace: 'shop', user: 'nodes' }],
  gatewayNamespace: 'gateway',
};
const replicated = { ...plain, bucket: buckets.s3 };
const set = "pulumi config set --secret --path 'kube-bulwark:";
const orElsewhere =
  '"$(openssl rand -base64 32)", or set privateRegistry.secretsElsewhere where somebody else makes the Secrets';

describe('the program with a private registry', () => {
  it('deploys it where it is set, with the passwords of its users as secrets', async () => {
    const settings = read({
      distribution: 'eks',
      auditLogging: undefined,
      '!encryptionKeys': undefined,
      stacks: ['private-registry'],
      privateRegistry: replicated,
      '!registryPasswords': passwords,
      '!registryUploadSecret': uploadSecret,
    });
    let outputs: StackOutputs = {};
    const found = await run(() => {
      outputs = composeStacks(settings);
    });
    expect(Object.keys(outputs)).toEqual(['private-registry']);
    expect((await settled(outputs['private-registry']?.pullSecret as never)).value).toBe('registry-pull');
    for (const each of [...Object.values(passwords), uploadSecret]) expect(leaks(found, each)).toEqual([]);
    const { htpasswd = '' } = secretIn(found, 'registry/registry-users');
    const hashes = Object.fromEntries(
      htpasswd
        .trim()
        .split('\n')
        .map((line) => line.split(':')),
    );
    expect(Object.keys(hashes)).toEqual(['ci', 'nodes']);
    for (const [name, password] of Object.entries(passwords)) expect(compareSync(password, hashes[name])).toBe(true);
    expect(secretIn(found, 'registry/registry-upload')).toEqual({ secret: uploadSecret });
    expect(JSON.parse(secretIn(found, 'shop/registry-pull')['.dockerconfigjson'] ?? '')).toMatchObject({
      auths: { 'images.acme.example': { username: 'nodes', password: passwords.nodes } },
    });
    const provider = found.find(({ type }) => type === 'pulumi:providers:kubernetes');
    for (const each of found.filter(({ type }) => type.startsWith('kubernetes:')))
      expect(each.provider).toBe(`${provider?.urn}::cluster`);
  });

  it('makes no Secret, and takes no password, where somebody else makes them', async () => {
    const settings = read({ privateRegistry: { ...plain, secretsElsewhere: true } });
    expect(chosenStacks(settings)).toEqual(['audit-logging', 'private-registry']);
    const found = await run(() => composeStacks(settings));
    expect(objectsIn(found).filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(objectsIn(found).filter(({ kind }) => kind === 'StatefulSet')).toHaveLength(1);
    expect(found.filter(({ secrets, type }) => type.startsWith('kubernetes:') && secrets.length > 0)).toEqual([]);
  });

  it('knows users of every name', () => {
    const users = [{ name: 'constructor' }, { name: 'valueof' }];
    const settings = { ...read({}), privateRegistry: { ...plain, authentication: { kind: 'htpasswd', users } } };
    expect(privateRegistryArgs(settings)?.authentication.users).toEqual(users);
  });

  it.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'a registry that is not told about',
      { stacks: ['audit-logging', 'private-registry'] },
      [
        'kube-bulwark:privateRegistry: it is missing, and private-registry is among stacks; give images, registries, issuer, host, authentication and gatewayNamespace, or take the stack away',
      ],
    ],
    [
      'a registry that is not deployed',
      { stacks: ['audit-logging'], privateRegistry: plain, '!registryPasswords': passwords },
      [
        'kube-bulwark:privateRegistry: it is for private-registry, which is not among stacks; add it there, or take this away',
        'kube-bulwark:registryPasswords: it is for private-registry, which is not among stacks; add it there, or take this away',
      ],
    ],
    [
      'passwords without a registry, where a program is rendered',
      { '!registryPasswords': withheldSecret },
      [
        'kube-bulwark:registryPasswords: it is for private-registry, which is not among stacks; add it there, or take this away',
      ],
    ],
    [
      'users without a password, and replicas that sign each on its own',
      { privateRegistry: replicated, '!registryPasswords': { ci: passwords.ci } },
      [
        `kube-bulwark:registryPasswords["nodes"]: the user has no password; ${set}registryPasswords["nodes"]' ${orElsewhere}`,
        `kube-bulwark:registryUploadSecret: it is missing, and an upload that begins at one replica could not go on at another; ${set}registryUploadSecret' ${orElsewhere}`,
      ],
    ],
    [
      'passwords that could be guessed',
      {
        privateRegistry: replicated,
        '!registryPasswords': { ci: 'c4n4ry', nodes: 'Harbor12345' },
        '!registryUploadSecret': 'c4n4ry',
      },
      [
        'kube-bulwark:registryPasswords["ci"]: it is short enough to be guessed; give a secret of 16 to 72 bytes that a program made up, such as openssl rand -base64 32',
        'kube-bulwark:registryPasswords["nodes"]: it is the default of a product, which everybody tries first; give a secret of 16 to 72 bytes that a program made up, such as openssl rand -base64 32',
        'kube-bulwark:registryUploadSecret: it could be guessed, or does not stand in one line; give a secret of 32 characters or more without blanks, such as openssl rand -base64 32',
      ],
    ],
    [
      'passwords of nobody, which may be names in the place of passwords',
      { privateRegistry: plain, '!registryPasswords': { ...passwords, c4n4ryc4n4ryc4n4ry: 'x' } },
      [
        'kube-bulwark:registryPasswords: 1 of its names is none of privateRegistry.authentication.users; they are ci, nodes: name the user there, or take the password away',
      ],
    ],
    [
      'a password in the place of its name, of no form',
      { privateRegistry: plain, '!registryPasswords': { c4n4ryc4n4ryc4n4ry: ['ci'] } },
      ['kube-bulwark:registryPasswords["…"]: it is not of the form that its description says'],
    ],
    [
      'passwords in plain text, in each place',
      {
        privateRegistry: {
          ...plain,
          authentication: { kind: 'htpasswd', users: [{ name: 'ci', password: 'c4n4ry' }] },
          uploadSecret: 'c4n4ry',
        },
        registryPasswords: { nodes: 'c4n4ry' },
        registryUploadSecret: 'c4n4ry',
      },
      [
        `kube-bulwark:privateRegistry.authentication.users[0].password: it is a secret, and stands in plain text in the configuration: whoever could read it has it. Make a new one, and set it by ${set}registryPasswords["<user>"]' …`,
        'kube-bulwark:privateRegistry.uploadSecret: it is a secret, and stands in plain text in the configuration: whoever could read it has it. Make a new one, and set it by pulumi config set --secret kube-bulwark:registryUploadSecret …',
        `kube-bulwark:registryPasswords: it is a secret, and stands in plain text in the configuration: whoever could read it has it. Make a new one, and set it by ${set}registryPasswords["<user>"]' …`,
        'kube-bulwark:registryUploadSecret: it is a secret, and stands in plain text in the configuration: whoever could read it has it. Make a new one, and set it by pulumi config set --secret kube-bulwark:registryUploadSecret …',
      ],
    ],
    [
      'a registry that is secret as a whole',
      { '!privateRegistry': plain },
      [
        `kube-bulwark:privateRegistry: it is no secret, and would be deployed as plain text; set it again without --secret: pulumi config set kube-bulwark:privateRegistry …, and what is secret of it apart: --secret --path 'kube-bulwark:registryPasswords["<user>"]' …, --secret kube-bulwark:registryUploadSecret …`,
      ],
    ],
    [
      'passwords where a program is rendered',
      { privateRegistry: plain, '!registryPasswords': { ci: withheldSecret, nodes: withheldSecret } },
      [
        'kube-bulwark:registryPasswords: it is a secret, which no rendered file may have; deploy by pulumi up, or set privateRegistry.secretsElsewhere, have External Secrets or the like make the Secrets, and pulumi config rm kube-bulwark:registryPasswords',
      ],
    ],
    [
      'passwords that nobody asks for',
      {
        privateRegistry: { ...plain, secretsElsewhere: true },
        '!registryPasswords': passwords,
        '!registryUploadSecret': withheldSecret,
      },
      [
        'kube-bulwark:registryPasswords: it is given, and somebody else makes the Secrets; pulumi config rm kube-bulwark:registryPasswords, or leave privateRegistry.secretsElsewhere out',
        'kube-bulwark:registryUploadSecret: it is given, and somebody else makes the Secrets; pulumi config rm kube-bulwark:registryUploadSecret, or leave privateRegistry.secretsElsewhere out',
      ],
    ],
    [
      'what is wrong with the registry itself',
      {
        privateRegistry: { ...plain, host: 'https://images.acme.example', runbooks: 'here' },
        '!registryPasswords': passwords,
      },
      [
        expect.stringMatching(/^kube-bulwark:privateRegistry\.host: it has a scheme/) as unknown as string,
        "kube-bulwark:privateRegistry.runbooks: it is no start of an address; write it as 'https://<host>/<path>', or leave it out",
      ],
    ],
    [
      'what distribution lacks',
      {
        privateRegistry: { ...plain, immutableTags: ['shop/**'] },
        '!registryPasswords': passwords,
      },
      [
        expect.stringMatching(
          /^kube-bulwark:privateRegistry\.immutableTags: distribution does not have it/,
        ) as unknown as string,
      ],
    ],
    [
      'a version that nobody knows, for two stacks',
      { kubernetesVersion: '1.12', privateRegistry: plain, '!registryPasswords': passwords },
      [expect.stringMatching(/^kube-bulwark:kubernetesVersion: /) as unknown as string],
    ],
  ])('says of %s what it is, and the remedy, and nothing else', (_, changes, faults) => {
    const found = faultsOf(changes);
    expect(found).toEqual(faults);
    expect(found.join('\n')).not.toMatch(/c4n4ry|Harbor12345|made-up/);
  });
});
