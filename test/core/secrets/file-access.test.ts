import { durationSeconds } from '../../../core/secrets/duration';
import { canRead } from '../../../core/secrets/file-access';
import { isImageFolder } from '../../../core/secrets/image-folders';
import {
  CommandOnChange,
  changeCommand,
  processName,
  RestartOnChange,
  SignalOnChange,
} from '../../../core/secrets/on-change';

describe('whether a file can be read', () => {
  const file = (mode: number) => ({ user: 0, group: 2000, mode });

  it.each([
    ['its owner, by the owner bits', { user: 65532, group: 1, mode: 0o400 }, 65532, [1], true],
    ['its owner, whom only others may read', { user: 65532, group: 1, mode: 0o004 }, 65532, [1], false],
    ['one of its group, by the group bits', file(0o440), 65532, [65532, 2000], true],
    ['one of its group, whom only others may read', file(0o404), 65532, [65532, 2000], false],
    ['anybody, by the last bits', file(0o444), 65532, [65532], true],
    ['anybody, where only the group may', file(0o440), 65532, [65532], false],
    ['root', file(0o000), 0, [0], true],
  ] as const)('by %s', (_, owned, user, groups, expected) => {
    expect(canRead(owned, { user, groups })).toBe(expected);
  });
});

it.each([
  ['90s', 90],
  ['24h', 86_400],
  ['1h30m', 5_400],
  ['32d', 2_764_800],
  ['', undefined],
  ['1 hour', undefined],
  ['-1h', undefined],
  ['3600', undefined],
] as const)('the duration %p', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

it.each(['/etc', '/usr', '/usr/lib', '/etc/ssl/certs', '/var/run', '/tmp', '/proc/1', '/sys/kernel', '/dev/shm'])(
  '%s is what an image needs',
  (folder) => expect(isImageFolder(folder)).toBe(true),
);

it.each(['/etc/payments', '/run/payments', '/var/run/payments', '/vault/secrets', '/processed'])(
  '%s is free',
  (folder) => expect(isImageFolder(folder)).toBe(false),
);

describe('what happens on a change', () => {
  it('is a command that never fails, since the init container runs it before there is a program', () => {
    expect(changeCommand(RestartOnChange.of('orders'))).toBe(
      'killall -q -TERM orders || pkill -TERM -x orders || true',
    );
    expect(changeCommand(SignalOnChange.of('SIGHUP', 'nginx'))).toBe(
      'killall -q -HUP nginx || pkill -HUP -x nginx || true',
    );
    expect(changeCommand(undefined)).toBeUndefined();
  });

  it('is a command whose words no shell reads as anything else', () => {
    expect(changeCommand(CommandOnChange.of('/bin/touch', '/run/re load', "it's", '$(id)'))).toBe(
      `/bin/touch '/run/re load' 'it'\\''s' '$(id)'`,
    );
  });

  it.each(['a; id', '$(id)', '', '-1', 'sixteen-letters-', 'a b'])('finds no program called %p', (name) => {
    expect(processName.test(name)).toBe(false);
  });
});
