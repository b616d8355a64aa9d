import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { BulwarkValidation } from '../../../index';

const folder = mkdtempSync(join(tmpdir(), 'validation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function manifest(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const settings = manifest('settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n');
const pod = manifest(
  'pod.yaml',
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostPID: true\n  containers:\n  - name: a\n    image: a\n',
);

describe('BulwarkValidation', () => {
  it("submits to cdk8s' own report", async () => {
    const context = new ValidationContext([settings, pod], 'kube-bulwark', '1.0.0');
    await new BulwarkValidation({ framework: ['pss-baseline'] }).validate(context);
    expect(context.report.success).toBe(false);
    expect(context.report.toJson()).toMatchObject({
      violations: [
        {
          ruleName: 'host-namespaces',
          violatingConstructs: [{ resourceName: 'p', locations: ['spec.hostPID'], manifestPath: pod }],
        },
      ],
      summary: { status: 'failure', metadata: { findings: '1', waived: '0' } },
    });
  });

  it('succeeds where nothing weighs enough', async () => {
    const clean = new ValidationContext([settings], 'kube-bulwark', '1.0.0');
    await new BulwarkValidation().validate(clean);
    expect(clean.report.success).toBe(true);
    const lenient = new ValidationContext([pod], 'kube-bulwark', '1.0.0');
    await new BulwarkValidation({ 'fail-on': 'never' }).validate(lenient);
    expect(lenient.report.success).toBe(true);
  });

  it('leaves out the manifests that exclude names', async () => {
    const context = new ValidationContext([settings, pod], 'kube-bulwark', '1.0.0');
    await new BulwarkValidation({ exclude: ['**/pod.yaml'] }).validate(context);
    expect(context.report.success).toBe(true);
  });

  it.each(['baseline', 'output', 'format', 'write-baseline', 'list-waived', 'quiet'])(
    'refuses %s, which the report of cdk8s has no place for',
    (name) => {
      expect(() => new BulwarkValidation({ [name]: 'missing.json' })).toThrow(`unknown option '--${name}'`);
    },
  );

  it('refuses properties that are no options', () => {
    expect(() => new BulwarkValidation({ failOn: 'error' })).toThrow(
      "unknown option '--failOn'; did you mean '--fail-on'?",
    );
  });
});
