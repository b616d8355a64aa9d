import { newestVersion } from '../../core/cluster/version';
import type { KubernetesObject } from '../../core/manifest/object';
import { parseCidr } from '../../core/network/cidr';
import { policyFaults } from '../../core/network/policy-faults';
import { isNetworkPolicy } from '../../core/network/policy-spec';
import { PortSet } from '../../core/network/port-set';
import { assumptionsOf, type MatrixOptions, NetworkDifference, NetworkMatrix } from '../../core/network/reach';
import { schemaFaults } from '../../core/schema';
import { publishAnswer } from '../answer/answer';
import { type Command, type ExitCode, type Terminal, UsageError } from '../command';
import { type Accepted, type RefusedFor, readAccepted } from '../input/read-accepted';
import { differenceAnswer, explanationAnswer, matrixAnswer } from '../network/answer';
import { askedPorts, endNamed } from '../network/asked';
import { networkOptions } from '../network/options';
import { describeOptions, type OptionValues, parseOptions } from '../options';

type Values = OptionValues<typeof networkOptions>;

/** `bulwark network`: who reaches whom, and why, as the network policies among manifests have it. */
export const network: Command = {
  help: [
    'Usage: bulwark network [options] [paths…]',
    '       bulwark network --diff [options] <old> <new>',
    '',
    'Shows who reaches whom on which port, as NetworkPolicies and the policies of the administrator have it; explains a verdict',
    'policy by policy; shows what a change opens and closes. Paths are files, folders (all .yaml, .yml and .json below them),',
    'patterns in quotes, or - for standard input. Needs no cluster and no network.',
    '',
    '  bulwark network k8s',
    '  bulwark network --from shop/web --to shop/api --port 8080 k8s',
    '  bulwark network --diff --format mermaid old new',
    '',
    `${describeOptions(networkOptions)}`,
    'The answer goes to standard output, everything else to standard error.',
    'Exit codes: 0; 1 the connection of --from and --to is not allowed for certain, --diff differs, or more is open than',
    '--intended; 2 a wrong command line or settings, or input that could not be read (the rest is judged all the same).',
    '',
  ].join('\n'),
  options: networkOptions,
  run: async (args, terminal) => {
    const { values, operands } = parseOptions(networkOptions, args);
    refuseContradictions(values, operands);
    const options = matrixOptions(values);
    if (values.diff) {
      const [old, next] = operands as [string, string];
      return compare(old, [next], values, options, terminal);
    }
    if (values.intended !== undefined) return compare(values.intended, operands, values, options, terminal);
    const given = await readAccepted(operands, values, terminal, faultsOf, 'policy');
    return answer(given, values, { ...options, ...given.kinds }, terminal);
  },
};

/** @throws UsageError for options that do not go together */
function refuseContradictions({ diff, intended, from, to, port }: Values, operands: readonly string[]): void {
  if (diff && intended !== undefined)
    throw new UsageError('--diff compares two paths, and --intended with one: use one of them');
  if (diff && operands.length !== 2)
    throw new UsageError(`--diff takes two paths, old and new, and not ${operands.length}`);
  const asked = Object.entries({ from, to, port }).find(([, value]) => value !== undefined);
  if ((diff || intended !== undefined) && asked !== undefined)
    throw new UsageError(`--${asked[0]} asks one set of manifests, and ${diff ? '--diff' : '--intended'} compares two`);
}

/** @throws UsageError for a block that is none */
function matrixOptions(values: Values): MatrixOptions {
  const podCidrs = values['pod-cidr'];
  for (const text of podCidrs ?? [])
    if (parseCidr(text) === undefined)
      throw new UsageError(`--pod-cidr takes a block such as 10.0.0.0/8 or fd00::/8, and not '${text}'`);
  return {
    ...(values.namespace !== undefined && { defaultNamespace: values.namespace }),
    ...(podCidrs && { podCidrs }),
  };
}

/** Why the API server refuses a policy, which is left out, since the cluster would not have it. */
function faultsOf(object: KubernetesObject): readonly RefusedFor[] {
  // A peer that is misspelt is no peer, and a rule without peers is for everybody.
  const misspelt = isNetworkPolicy(object)
    ? schemaFaults(object, newestVersion).filter(({ cause }) => cause === 'unknown')
    : [];
  return [...policyFaults(object), ...misspelt];
}

function answer(given: Accepted, values: Values, options: MatrixOptions, terminal: Terminal): ExitCode {
  const { from, to, port } = values;
  const plain = new NetworkMatrix(given.objects, options);
  const known = [...plain.objects.keys(), ...plain.absent];
  const [source, destination] = [
    from === undefined ? undefined : endNamed('from', from, known),
    to === undefined ? undefined : endNamed('to', to, known),
  ];
  const addresses = [source, destination].filter((each) => each !== undefined && !known.includes(each)) as string[];
  const matrix = addresses.length === 0 ? plain : new NetworkMatrix(given.objects, { ...options, addresses });
  const ports = port === undefined ? PortSet.every : askedPorts(port, matrix, destination);
  const made =
    source !== undefined && destination !== undefined
      ? explanationAnswer(matrix, source, destination, ports, given.placeOf)
      : matrixAnswer(matrix, { ...(source && { from: source }), ...(destination && { to: destination }), ports });
  const assumed = assumptionsOf(given.objects, matrix, options.defaultNamespace);
  return publishAnswer(made, { notes: { assumed }, errors: given.errors }, values, terminal);
}

async function compare(
  old: string,
  next: readonly string[],
  values: Values,
  options: MatrixOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const before = await readAccepted([old], values, terminal, faultsOf, 'policy');
  const after = await readAccepted(next, values, terminal, faultsOf, 'policy');
  const difference = new NetworkDifference(before.objects, after.objects, { ...options, ...after.kinds });
  const assumed = new Set([
    ...assumptionsOf(before.objects, difference.old, options.defaultNamespace),
    ...assumptionsOf(after.objects, difference.new, options.defaultNamespace),
  ]);
  const made = differenceAnswer(difference, values.intended !== undefined);
  const errors = [...before.errors, ...after.errors];
  return publishAnswer(made, { notes: { assumed: [...assumed] }, errors }, values, terminal);
}
