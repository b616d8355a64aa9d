import { lockCommand } from '../../../cli/images/lock-command';

describe('the command that locks images', () => {
  it('is the shortest that does it', () => {
    expect(lockCommand({}, [])).toBe('bulwark images lock');
    expect(lockCommand({}, ['r.example/a:1'], true)).toBe('bulwark images lock --update r.example/a:1');
  });

  it('asks the same app, manifests, lock, platforms and authorities', () => {
    const values = {
      app: 'npx tsx main.ts',
      from: ['k8s', 'it’s/b.yaml'],
      lock: 'l.json',
      platform: ['linux/arm64'],
      ca: ['a.pem'],
    };
    const rest = '--lock l.json --platform linux/arm64 --ca a.pem';
    expect(lockCommand(values, [])).toBe(
      `bulwark images lock --app 'npx tsx main.ts' --from k8s --from 'it’s/b.yaml' ${rest}`,
    );
    expect(lockCommand(values, ['r.example/a:1', 'r.example/b:1'])).toBe(
      `bulwark images lock ${rest} r.example/a:1 r.example/b:1`,
    );
    expect(lockCommand({ app: "echo 'a'" }, [])).toBe("bulwark images lock --app 'echo '\\''a'\\'''");
  });
});
