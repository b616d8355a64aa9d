import { ClusterTarget, type ClusterTargetOptions } from '../../../core/cluster';
import type { Finding } from '../../../core/policy';
import { type MadeBySynthesis, nextSteps } from '../../../core/report';

const finding = (rule: string, value?: string): Finding => ({ rule, severity: 'info', value, message: '', remedy: '' });
const nodeFindings = ['user-namespaces', 'supplemental-groups', 'apparmor-missing'].map((rule) => finding(rule));

function steps(made: Partial<MadeBySynthesis> = {}): readonly string[] {
  const target = ClusterTarget.of('1.36');
  const all = {
    outdir: 'dist',
    layout: 'namespace' as const,
    target,
    kinds: { Pod: 1 },
    encrypted: [],
    findings: [],
    ...made,
  };
  return nextSteps(all).map(({ how }) => how);
}

const docs = 'README.md and docs/ of kube-bulwark';

describe('nextSteps', () => {
  it.each([
    ['namespace', 'dist', 'kubectl apply --server-side -f dist/'],
    ['namespace', 'dist/prod/', 'kubectl apply --server-side -f dist/prod/'],
    ['object', 'dist', 'kubectl apply --server-side -k dist/'],
    ['object', "the team's dist", "kubectl apply --server-side -k 'the team'\\''s dist/'"],
  ] as const)('applies the layout %s in %s', (layout, outdir, command) => {
    expect(steps({ layout, outdir })).toEqual([command, docs]);
  });

  it('decrypts what SOPS has encrypted, which kubectl does not take', () => {
    const encrypted = ['shop/Secret.db.yaml', 'shop/Secret.key.yaml'];
    const decrypt = 'sops decrypt dist/shop/Secret.db.yaml | kubectl apply --server-side -f -';
    expect(steps({ encrypted })).toEqual(['kubectl apply --server-side -f dist/', decrypt, docs]);
    expect(steps({ encrypted, layout: 'object' })).toEqual([decrypt, docs]);
  });

  it('applies nothing where there is nothing', () => {
    expect(steps({ kinds: {} })).toEqual([docs]);
  });

  it('pins what has no digest, each image once', () => {
    const findings = ['r.example/b:1', 'r.example/a:1', 'r.example/b:1'].map((image) => finding('image-digest', image));
    const made = {
      outdir: 'dist',
      layout: 'object' as const,
      target: ClusterTarget.of('1.36'),
      kinds: {},
      encrypted: [],
      findings,
    };
    expect(nextSteps(made)[0]).toEqual({
      what: expect.stringContaining('Pin the 2 images that have no digest'),
      how: 'npx bulwark images lock',
    });
    expect(nextSteps({ ...made, findings: findings.slice(0, 1) })[0]?.what).toContain(
      'Pin the image that has no digest',
    );
  });

  it.each<[string, string, ClusterTargetOptions, readonly Finding[], string | undefined]>([
    ['all three', '1.36', {}, nodeFindings, 'userNamespaces: true, supplementalGroupsPolicy: true, appArmor: true'],
    [
      'not what is declared',
      '1.36',
      { nodes: { appArmor: true, userNamespaces: false } },
      nodeFindings,
      'supplementalGroupsPolicy: true',
    ],
    ['not what nobody misses', '1.36', {}, nodeFindings.slice(2), 'appArmor: true'],
    ['not what the version lacks, but AppArmor by annotation', '1.28', {}, nodeFindings, 'appArmor: true'],
    ['nothing', '1.36', {}, [], undefined],
  ])('asks for what is known of the nodes: %s', (_, version, options, findings, nodes) => {
    const asked = nodes && `nodes: { ${nodes} }`;
    expect(steps({ target: ClusterTarget.of(version, options), findings }).slice(1)).toEqual([
      ...(asked ? [asked] : []),
      docs,
    ]);
  });
});
