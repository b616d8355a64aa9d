/** A run after one that has failed and throws once more while this one runs, in a process of its own: a test runner would fail the test. */
import { CustomResource, output } from '@pulumi/pulumi';
import { collect } from '../../../stacks/render/collect';

class Bucket extends CustomResource {
  constructor(name: string, props: object = {}) {
    super('cloud:storage/bucket:Bucket', name, props);
  }
}

const soon = (milliseconds: number) => new Promise<string>((done) => setTimeout(done, milliseconds, 'now'));
const options = { project: 'platform', stack: 'dev' };

async function main(): Promise<void> {
  const failed = await collect(() => {
    const never = output(soon(20)).apply((): string => {
      throw new Error('made up, later');
    });
    new Bucket('never', { never });
    throw new Error('made up');
  }, options).catch((error: Error) => error.message);
  const found = await collect(async () => {
    new Bucket('own');
    await soon(100);
  }, options);
  process.stdout.write(JSON.stringify([failed, found.map(({ name }) => name)]));
}

void main().then(() => process.exit(0));
