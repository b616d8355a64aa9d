import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ComponentResource, CustomResource, output } from '@pulumi/pulumi';
import { run } from '../../support/pulumi/registered';
import { runsTypeScript } from '../../support/typescript';

class Bucket extends CustomResource {
  constructor(name: string) {
    super('cloud:storage/bucket:Bucket', name, {});
  }
}

class Archive extends ComponentResource {
  constructor(of: string) {
    super('cloud:storage/archive:Archive', 'archive');
    this.registerOutputs({ of });
  }
}

const soon = (milliseconds: number) => new Promise<string>((done) => setTimeout(done, milliseconds, 'now'));

describe('a run after one that has failed', () => {
  it('has nothing of what that one registers later', async () => {
    const late: string[] = [];
    const failing = run(() => {
      output(soon(20)).apply((name) => {
        late.push(name);
        return [new Bucket(name), new Archive(name)];
      });
      throw new Error('made up');
    });
    await expect(failing).rejects.toThrow('made up');
    const found = await run(async () => {
      new Archive('own');
      new Bucket('own');
      await soon(100);
    });
    expect(late).toEqual(['now']);
    expect(found.map(({ name, outputs }) => [name, outputs?.values])).toEqual([
      ['archive', { of: 'own' }],
      ['own', undefined],
    ]);
  });

  it('does not fail by what that one throws later', async () => {
    const program = join(resolve(__dirname, '../..'), 'support/pulumi/run-after-failure.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [...runsTypeScript, program]);
    expect(JSON.parse(stdout)).toEqual(['made up', ['own']]);
  });
});
