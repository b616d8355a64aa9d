import { distributionNames, distributions } from '../../core/cluster/distribution';
import { type Feature, featureTable } from '../../core/cluster/features';
import { kubernetesVersions } from '../../core/cluster/version';
import { type Command, refuseOperands } from '../command';
import { describeOptions, type OptionTable, parseOptions } from '../options';
import { formatTable } from '../table';

const options = { json: { type: 'boolean', what: 'as one JSON object' } } as const satisfies OptionTable;

/** `bulwark targets`: what a ClusterTarget can be, and what depends on it. */
export const targets: Command = {
  help: [
    'Usage: bulwark targets [--json]',
    '',
    'Prints what a ClusterTarget can be: Kubernetes versions and distributions, and the features of manifests that not',
    'every one of them has. Needs no cluster and no network.',
    '',
    describeOptions(options),
  ].join('\n'),
  options,
  words: [],
  run: (args, { out }) => {
    const { values, operands } = parseOptions(options, args);
    refuseOperands('targets', operands);
    out(values.json ? `${JSON.stringify(describeTargets(), undefined, 2)}\n` : formatTargets());
    return 0;
  },
};

/** All that `--json` prints. Absent properties say what `Feature` says of them; `on` is null while no version has it on. */
function describeTargets() {
  return {
    kubernetesVersions,
    distributions: distributionNames.map((name) => {
      const { dns, ...facts } = distributions[name];
      return { name, ...facts, dns: dns.map(({ kind }) => kind) };
    }),
    features: Object.entries(featureTable).map(([name, feature]) => ({
      name,
      title: feature.title,
      since: feature.since,
      on: feature.on ?? null,
      stable: feature.stable,
      last: feature.last,
      whenOff: feature.whenOff ?? 'dropped',
      needs: feature.needs?.capability,
      paths: feature.paths,
    })),
  };
}

function formatTargets(): string {
  return [
    'Kubernetes versions\n',
    `  ${kubernetesVersions.join(', ')}\n`,
    '\nDistributions\n',
    formatTable([
      ['NAME', 'API SERVER PORT', 'NETWORK PLUGIN', 'DNS', 'USER AND GROUP IDS'],
      ...distributionNames.map((name) => {
        const { apiServerPort, cni, dns, fixedIds } = distributions[name];
        const places = dns.map(({ kind }) => kind).join(', ');
        return [name, String(apiServerPort), cni, places, fixedIds ? 'set by the manifest' : 'assigned by the cluster'];
      }),
    ]),
    '\nGated features: the first version that has it, that has it switched on, and in which it is stable;\n' +
      'what an API server does with its fields while it is off; and what every node must have for it\n',
    formatTable([
      ['NAME', 'SINCE', 'ON', 'STABLE', 'WHILE OFF', 'NODES NEED', 'WHAT'],
      ...Object.entries(featureTable).map(([name, feature]) => [name, ...featureRow(feature)]),
    ]),
  ].join('');
}

function featureRow({ title, since, on, stable, last, whenOff, needs }: Feature): readonly string[] {
  const from = since ?? `before ${kubernetesVersions[0]}`;
  return [
    last === undefined ? from : `${from}, until ${last}`,
    on ?? '-',
    stable ?? '-',
    whenOff ?? 'dropped',
    needs?.capability ?? '-',
    title,
  ];
}
