import { writtenCredential } from '../../../../core/policy/leaks/written-credentials';

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
])('takes %j', (text) => {
  expect(writtenCredential(text)).toBeUndefined();
});

it('reads a megabyte without going back', () => {
  const started = performance.now();
  for (const chunk of ['user a ', 'identified with ', 'authorization ', 'password ', ' \n', 'user\t>'])
    writtenCredential(chunk.repeat(Math.ceil(1_000_000 / chunk.length)));
  expect(performance.now() - started).toBeLessThan(10_000);
});
