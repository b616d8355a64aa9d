import { writtenCredential } from '../../../../core/policy/leaks/written-credentials';
import { cpuTime } from '../../../support/cpu-time';

it.each([
  ["CREATE USER x WITH PASSWORD 'hunter2'; -- {{ .password }}", /SQL/],
  ["ALTER ROLE x WITH ENCRYPTED PASSWORD 'hunter2'", /SQL/],
  ["create user x identified by 'hunter2'", /SQL/],
  ["CREATE USER 'x'@'%' IDENTIFIED WITH mysql_native_password BY 'hunter2'", /SQL/],
  ['Authorization: Bearer hunter2\n{{ .p }}', /header/],
  ['proxy_set_header Authorization "Basic hunter2";', /header/],
  ['user a on >hunter2\nuser b >{{ .password }}', /list of users/],
  ['user b >{{ .password }}\nuser a >hunter2', /list of users/],
  ['bindpw hunter2', /directive/],
  ['requirepass "hunter2"', /directive/],
  ["CREATE USER x IDENTIFIED BY PASSWORD '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29'", /SQL/],
  ['{{ .user }}:hunter2@db.example.com:5432', /before an address/],
  ['shop:hunter2@db.example.com:5432/orders', /before an address/],
  ['url = shop:hunter2@db.example.com/orders', /before an address/],
  ['postgres://shop:hunter2@db.example.com', /before an address/],
  ['dsn="postgres://{{ .user }}:hunter2@10.0.0.1"', /before an address/],
  ['shop:hunter2@db', /before an address/],
  ['shop:hunter2@{{ .host }}', /before an address/],
  ['mysql -u shop --password hunter2', /behind an option/],
  ['  --password=hunter2 # as ever', /behind an option/],
  ['# how it is called\n\t--password hunter2', /behind an option/],
  ['-- mysql --password hunter2', /behind an option/],
  ['--passwd "<hunter2"', /behind an option/],
  ['--password *hunter2', /behind an option/],
  ['--password 50%off', /behind an option/],
  ['machine x login shop password hunter2', /of a machine/],
])('finds what is written in %j', (text, because) => {
  expect(writtenCredential(text)).toMatch(because);
});

it.each([
  "CREATE USER x WITH PASSWORD '{{ .password }}'",
  "CREATE USER x IDENTIFIED BY '$PASSWORD'",
  "CREATE USER x PASSWORD ''",
  'Authorization: Bearer {{ .token }}',
  'Authorization: Bearer $TOKEN',
  'Authorization: Bearer <your token>',
  'user a on nopass ~* +@all',
  'user default off',
  'user cart on >{{ .password }} ~* +@all',
  'the user may see >3 things',
  'bindpw {{ .password }}',
  'requirepass $PASSWORD',
  'from:ops@example.com',
  'To: a, from:ops@example.com\n{{ .password }}',
  'mailto:ops@example.com/x',
  'npm:react@18.2.0',
  'import "npm:react@18.2.0/jsx-runtime"',
  'shop@sha256:0123',
  'shop:1.2.3@sha256:0123',
  'user:*****@host',
  'https://user:***@db.example.com',
  'shop:%PW%@db:5432',
  'shop:$PW@db:5432',
  'shop:{{ .password }}@db:5432',
  '# --password is read from a file',
  '  # pass --password hunter2',
  '// --password is read from a file',
  'x --password %PW%',
  'x --password=%(password)s',
  'x --password < file',
  'x --password <file',
  'x --password `cat file`',
  'x --password "`cat file`"',
  'x --password @/run/secrets/password',
  'x --password ******',
  'x --password <your password>',
  'x --password "$PW"',
  'x --password --verbose',
  'x --password-file /run/secrets/password',
  'machine x login shop password {{ .password }}',
])('takes %j', (text) => {
  expect(writtenCredential(text)).toBeUndefined();
});

it('reads a megabyte without going back', () => {
  const started = cpuTime();
  for (const chunk of [
    'user a ',
    'identified with ',
    'authorization ',
    'password ',
    ' \n',
    'user\t>',
    'a:bcd@',
    '//a:bcde@b.',
    ' --password',
    '--password  ',
  ])
    writtenCredential(chunk.repeat(Math.ceil(1_000_000 / chunk.length)));
  expect(cpuTime() - started).toBeLessThan(10_000);
});
