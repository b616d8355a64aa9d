/** Gatekeeper's own tool evaluates what is generated for it, and refuses what the closures refuse. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeManifests } from '../../../../core/manifest';
import { describeTool } from '../../../support/policy-tools';
import { exceptionCases, toolCases, toolPolicies } from './tool-cases';

interface GatorResult {
  readonly msg: string;
  readonly constraint: { readonly metadata: { readonly name: string } };
  readonly violatingObject: { readonly metadata: { readonly name: string } };
}

jest.setTimeout(300_000);

describeTool('gator', 'the policies for Gatekeeper, as gator tests them', (gator) => {
  const folder = mkdtempSync(join(tmpdir(), 'gator-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Which rules refuse which objects, with what gator says of each. */
  function refusals(policies: Parameters<typeof writeManifests>[0], objects: Parameters<typeof writeManifests>[0]) {
    writeFileSync(join(folder, 'all.yaml'), writeManifests([...policies, ...objects]));
    const { stdout, stderr } = gator('test', '-f', join(folder, 'all.yaml'), '-o', 'json');
    const results = (JSON.parse(stdout || 'null') ?? []) as readonly GatorResult[];
    const named = results.map(({ msg, constraint, violatingObject }) => ({
      rule: constraint.metadata.name.replace(/^bulwark-/, ''),
      object: violatingObject.metadata.name,
      msg,
    }));
    return { named, stderr };
  }

  it('refuse and accept the same objects', () => {
    const cases = toolCases();
    const { objects } = toolPolicies({ engine: 'gatekeeper' });
    const { named, stderr } = refusals(
      objects,
      cases.map(({ object }) => object),
    );
    expect(stderr.replace(/^npm warn.*\n/gm, '')).toBe('');
    const refused = new Set(named.map(({ rule, object }) => `${rule} ${object}`));
    const unlike = cases.flatMap(({ object, verdicts }) =>
      [...verdicts]
        .filter(([rule, broken]) => refused.has(`${rule} ${object.metadata?.name}`) !== broken)
        .map(([rule, broken]) => `${rule} ${broken ? 'accepts' : 'refuses'} ${JSON.stringify(object)}`),
    );
    const compared = cases.reduce((sum, { verdicts }) => sum + verdicts.size, 0);
    console.info(`gator: ${compared} verdicts compared on ${cases.length} objects, ${refused.size} of them refusals`);
    expect(unlike.slice(0, 10)).toEqual([]);
    expect(refused.size).toBeGreaterThan(200);
    expect(
      named.filter(({ msg }) => /error|cost/i.test(msg.replace(/"[^"]*"/g, '')) && !/\[[-a-z]+\]$/.test(msg)),
    ).toEqual([]);
  });

  it('take registries from the constraint, and honour exceptions', () => {
    const { objects, exceptions, expected } = exceptionCases;
    const policies = toolPolicies({
      engine: 'gatekeeper',
      rules: ['privileged', 'image-allowed'],
      params: true,
      exceptions,
    });
    const { named } = refusals(policies.objects, objects);
    expect(named.map(({ rule, object }) => `${rule} ${object}`).sort()).toEqual(expected);
  });
});
