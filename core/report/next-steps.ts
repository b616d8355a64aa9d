import type { FeatureId } from '../cluster/features';
import type { NodeCapability } from '../cluster/node-capabilities';
import type { ClusterTarget } from '../cluster/target';
import type { Layout } from '../manifest/layout';
import type { Finding } from '../policy/finding';
import type { RuleId } from '../policy/rules';

/** Something worth doing after a synthesis. */
export interface NextStep {
  /** What it is for, in one line. */
  readonly what: string;
  /** What to run, to write or to open. */
  readonly how: string;
}

/** What the next steps depend on. */
export interface MadeBySynthesis {
  /** Where the files are. */
  readonly outdir: string;
  readonly layout: Layout;
  readonly target: ClusterTarget;
  /** How many objects of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** The files that SOPS has encrypted: nobody applies them as they are. */
  readonly encrypted: readonly string[];
  /** Every finding that did not stop the synthesis, those waived among them. */
  readonly findings: readonly Finding[];
}

/** What to try next, the most useful first: apply it, settle what the findings leave open, read on. */
export function nextSteps(made: MadeBySynthesis): readonly NextStep[] {
  return [...applyIt(made), ...pinImages(made), ...declareNodes(made), readOn];
}

/** How kubectl takes each layout: a folder of files, or its kustomization. */
const applyFlags: Readonly<Record<Layout, (outdir: string) => string>> = {
  namespace: (outdir) => `-f ${quoted(below(outdir))}`,
  object: (outdir) => `-k ${quoted(below(outdir))}`,
};

function applyIt({ outdir, layout, kinds, encrypted }: MadeBySynthesis): readonly NextStep[] {
  if (Object.keys(kinds).length === 0) return [];
  const [file] = encrypted;
  const decrypt = {
    what: `Decrypt what SOPS has encrypted (${encrypted.length === 1 ? '1 file' : `${encrypted.length} files`}) on its way, by Flux (decryption: { provider: sops }) or by hand`,
    how: `sops decrypt ${quoted(`${below(outdir)}${file}`)} | kubectl apply --server-side -f -`,
  };
  // Its kustomizations name the encrypted files, too, which kubectl does not read.
  if (encrypted.length > 0 && layout === 'object') return [decrypt];
  const apply = {
    what: 'Apply it; a second time changes nothing',
    how: `kubectl apply --server-side ${applyFlags[layout](outdir)}`,
  };
  return encrypted.length > 0 ? [apply, decrypt] : [apply];
}

function pinImages({ findings }: MadeBySynthesis): readonly NextStep[] {
  const tagged = new Set(findings.filter(({ rule }) => rule === 'image-digest').map(({ value }) => String(value)));
  if (tagged.size === 0) return [];
  const those = tagged.size === 1 ? 'the image that has' : `the ${tagged.size} images that have`;
  return [
    {
      what: `Pin ${those} no digest: this asks their registries, and writes images.lock.json; then drop the exception to image-digest`,
      how: 'npx bulwark images lock',
    },
  ];
}

/** What hardening leaves out until the nodes are known to have it: the rule that says so, and the features that bring it. */
const waitsForNodes = {
  userNamespaces: { rule: 'user-namespaces', features: ['userNamespaces'] },
  supplementalGroupsPolicy: { rule: 'supplemental-groups', features: ['supplementalGroupsPolicy'] },
  appArmor: { rule: 'apparmor-missing', features: ['appArmorProfile', 'appArmorAnnotation'] },
} as const satisfies Partial<
  Record<NodeCapability, { readonly rule: RuleId; readonly features: readonly FeatureId[] }>
>;

function declareNodes({ findings, target }: MadeBySynthesis): readonly NextStep[] {
  const found = new Set(findings.map(({ rule }) => rule));
  const wouldHelp = (feature: FeatureId): boolean => {
    const support = target.supports(feature);
    return !support.supported && support.cause === 'nodes';
  };
  const open = (Object.keys(waitsForNodes) as (keyof typeof waitsForNodes)[]).filter((capability) => {
    const { rule, features } = waitsForNodes[capability];
    return target.nodes[capability] === 'unknown' && found.has(rule) && features.some(wouldHelp);
  });
  if (open.length === 0) return [];
  const nodes = open.map((capability) => `${capability}: true`).join(', ');
  return [
    {
      what: 'Harden further: say in the options of the ClusterTarget which of these every node can',
      how: `nodes: { ${nodes} }`,
    },
  ];
}

const readOn: NextStep = {
  what: 'Look up what a construct does, or why a rule found something',
  how: 'README.md and docs/ of kube-bulwark',
};

function below(folder: string): string {
  return /[/\\]$/.test(folder) ? folder : `${folder}/`;
}

/** A word for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
