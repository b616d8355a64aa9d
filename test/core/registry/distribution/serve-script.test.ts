/** When the script of a pod is read-only, and when it may collect: by its own shell code, with a clock of the test. */
import { spawnSync } from 'node:child_process';
import { serveScript } from '../../../../core/registry/distribution/serve-script';
import { collectionWindow } from '../../../../core/registry/distribution/window';

/** 2026-11-22 is a Sunday. */
const sunday = Date.UTC(2026, 10, 22) / 1_000;
const hour = 3_600;

function script(window: Parameters<typeof collectionWindow>[0]): string {
  return serveScript({
    program: 'registry',
    configFolder: '/etc/registry/config',
    watched: ['/etc/registry/tls/tls.crt'],
    window: collectionWindow(window),
  });
}

/** What each of the pods is at each time, and whether the first one may collect then. */
function looks(text: string, times: readonly number[], ordinals: readonly number[]) {
  const settings = text.slice(text.indexOf('week='), text.indexOf('ordinal='));
  const look = text.slice(text.indexOf('# Seconds since'), text.indexOf('serve() {'));
  const code = `date() { echo "$T"; }
${settings}
${look}
for T in ${times.join(' ')}; do
  for ordinal in ${ordinals.join(' ')}; do
    look
    left=$((length - margin - since)) collects=no
    [ "$since" -ge "$margin" ] && [ "$left" -gt 0 ] && collects=yes
    echo "$T $ordinal $mode $collects"
  done
done`;
  const { stdout, stderr } = spawnSync('sh', ['-c', code], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([at, ordinal, mode, collects]) => ({ at: Number(at), ordinal: Number(ordinal), mode, collects }));
}

describe('the script that serves', () => {
  it.each<[string, Parameters<typeof collectionWindow>[0], number]>([
    ['by default', {}, sunday + 2 * hour],
    ['over the end of a week', { weekdays: ['sunday'], at: '23:30', minutes: 60 }, sunday + 23.5 * hour],
    ['each day', { weekdays: ['saturday', 'sunday', 'monday'], at: '00:00', minutes: 15 }, sunday],
  ])('is read-only in its window, and collects where every replica is: %s', (_, times, start) => {
    const { seconds, marginSeconds } = collectionWindow(times);
    const around = [
      -7_200,
      -1,
      0,
      1,
      60,
      189,
      190,
      299,
      300,
      301,
      seconds - 301,
      seconds - 300,
      seconds - 1,
      seconds,
      seconds + 190,
      seconds + 7_200,
    ];
    const found = looks(
      script(times),
      around.map((each) => start + each),
      [0, 1, 19],
    );
    for (const { at, ordinal, mode, collects } of found) {
      const passed = at - start;
      if (passed < 0 || passed >= seconds + 190) expect([passed, mode]).toEqual([passed, 'read-write']);
      if (passed >= 190 && passed < seconds) expect([passed, ordinal, mode]).toEqual([passed, ordinal, 'read-only']);
      expect([passed, collects]).toEqual([
        passed,
        passed >= marginSeconds && passed < seconds - marginSeconds ? 'yes' : 'no',
      ]);
      if (collects === 'yes') expect(mode).toBe('read-only');
    }
    expect(found.some(({ collects }) => collects === 'yes')).toBe(true);
  });

  it('has no rest of its template in it, and is a script', () => {
    for (const text of [
      script({}),
      serveScript({
        program: 'registry',
        configFolder: '/c',
        watched: [],
        uploadSecretFile: '/u/secret',
        window: collectionWindow({}),
        daily: { second: 60, script: '/c/backup.sh', args: ['/d', '/e', '14'] },
        before: { script: '/c/restore.sh', args: ['/d', '/e', '2026-11-20'] },
      }),
    ]) {
      expect(text).not.toMatch(/undefined|\[object|NaN/);
      const { status, stderr } = spawnSync('sh', ['-n'], { input: text, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });
});
