/** What a line sets by the name of a secret, anywhere in it. */
import * as fc from 'fast-check';
import { settingsInLine } from '../../../../core/policy/leaks/line-settings';

describe('settings in a line', () => {
  it.each([
    ['cache:6379,password=hunter2-canary', 'hunter2-canary'],
    ['it logs in with "db_password": "hunter2-canary"', 'hunter2-canary'],
    ['password: hunter2-canary', 'hunter2-canary'],
    ['password==hunter2-canary', '=hunter2-canary'],
  ])('are found: %s', (line, value) => {
    expect(settingsInLine(line)).toEqual([value]);
  });

  it.each(['sum:dGhl/adminPw==', '[sum:dGhl/adminPw==]', '(dGhl/dbToken=)', 'if (password==) {'])(
    'are not the padding of base64, nor what closes a bracket: %s',
    (line) => {
      expect(settingsInLine(line)).toEqual([]);
    },
  );

  it('are none in base64, whatever it says by chance', () => {
    const base64 = fc.uint8Array({ minLength: 1, maxLength: 24 }).map((bytes) => Buffer.from(bytes).toString('base64'));
    const names = fc.constantFrom('pw', 'Password', 'dbToken', 'api_key', 'auth');
    const padding = fc.constantFrom('=', '==');
    fc.assert(
      fc.property(base64, names, padding, (text, name, end) => {
        const line = `sum:${text.replace(/=+$/, '')}/${name}${end}, and more`;
        expect([line, settingsInLine(line)]).toEqual([line, []]);
      }),
      { numRuns: 2_000 },
    );
  });
});
