/** Kyverno's own tool evaluates what is generated for it, and refuses what the closures refuse. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KubernetesObject, writeManifests } from '../../../../core/manifest';
import { isOwnKind } from '../../../../core/policy/embedded-templates';
import { describeTool } from '../../../support/policy-tools';
import { exceptionCases, toolCases, toolPolicies } from './tool-cases';

interface ReportResult {
  readonly policy: string;
  readonly result: 'pass' | 'fail' | 'warn' | 'error' | 'skip';
  readonly message?: string;
  readonly resources: readonly { readonly name: string }[];
}

jest.setTimeout(900_000);

describeTool('kubectl-kyverno', 'the policies for Kyverno, as its command line applies them', (kyverno) => {
  const folder = mkdtempSync(join(tmpdir(), 'kyverno-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What Kyverno says of each object by each policy. */
  function results(
    generated: readonly KubernetesObject[],
    objects: readonly KubernetesObject[],
  ): readonly ReportResult[] {
    const file = (name: string, content: readonly KubernetesObject[]): string => {
      writeFileSync(join(folder, name), writeManifests(content));
      return join(folder, name);
    };
    const isException = ({ kind }: KubernetesObject): boolean => kind === 'PolicyException';
    const exceptions = generated.filter(isException);
    const { stdout, stderr } = kyverno(
      'apply',
      file(
        'policies.yaml',
        generated.filter((object) => !isException(object)),
      ),
      '--resource',
      file('resources.yaml', objects),
      ...(exceptions.length > 0 ? ['--exception', file('exceptions.yaml', exceptions)] : []),
      '--policy-report',
      '--output-format',
      'json',
    );
    const start = stdout.indexOf('{"kind"');
    if (start === -1) throw new Error(`kyverno gave no report: ${stdout.slice(0, 2000)} ${stderr.slice(0, 2000)}`);
    return (JSON.parse(stdout.slice(start)) as { readonly results: readonly ReportResult[] }).results;
  }

  it('refuse and accept the same objects', () => {
    // All of them (KUBE_BULWARK_TOOL_CASES=all) take five minutes: it compiles every policy for every object.
    const all = toolCases(process.env.KUBE_BULWARK_TOOL_CASES === 'all' ? 'all' : 'few');
    // Without a cluster it knows Kubernetes' own kinds alone.
    const cases = all.filter(({ object }) => isOwnKind(object));
    const { objects } = toolPolicies({ engine: 'kyverno', denyFrom: 'info' });
    const said = results(
      objects,
      cases.map(({ object }) => object),
    );
    expect(said.filter(({ result }) => result === 'error').slice(0, 5)).toEqual([]);
    const verdicts = new Map(
      said.flatMap(({ policy, result, resources }) =>
        resources.map(({ name }) => [`${policy.replace(/^bulwark-/, '')} ${name}`, result] as const),
      ),
    );
    const expected = cases.flatMap(({ object, verdicts: known }) =>
      [...known].map(
        ([rule, broken]) => [`${rule} ${object.metadata?.name}`, broken ? 'fail' : 'pass', object] as const,
      ),
    );
    const unlike = expected.filter(([key, verdict]) => verdicts.get(key) !== verdict);
    const refused = expected.filter(([, verdict]) => verdict === 'fail').length;
    console.info(
      `kyverno: ${expected.length} verdicts compared on ${cases.length} objects, ${refused} of them refusals`,
    );
    expect(
      unlike.slice(0, 10).map(([key, verdict, object]) => [key, verdict, verdicts.get(key), JSON.stringify(object)]),
    ).toEqual([]);
    expect(refused).toBeGreaterThan(200);
  });

  it('honour the exceptions of administrators', () => {
    const { objects, exceptions, expected } = exceptionCases;
    const policies = toolPolicies({ engine: 'kyverno', rules: ['privileged', 'image-allowed'], exceptions });
    const refused = results(policies.objects, objects).filter(({ result }) => result === 'fail');
    expect(
      refused.map(({ policy, resources }) => `${policy.replace(/^bulwark-/, '')} ${resources[0]?.name}`).sort(),
    ).toEqual(expected);
    expect(refused.find(({ policy }) => policy === 'bulwark-privileged')?.message).toMatch(/is privileged; leave/);
  });
});
