/** Imports go one way: core <- constructs <- stacks <- cli. Core is pure: no I/O, no cdk8s, no Pulumi. */
const room = (name) => `^${name}/`;
const rooms = ['core', 'constructs', 'stacks', 'cli'];

module.exports = {
  forbidden: [
    ...rooms.slice(0, -1).map((name, i) => ({
      name: `${name}-imports-downwards-only`,
      severity: 'error',
      from: { path: room(name) },
      to: { path: [...rooms.slice(i + 1).map(room), '^index\\.ts$'] },
    })),
    {
      name: 'core-is-pure',
      comment: 'core takes plain data and returns plain data',
      severity: 'error',
      from: { path: room('core') },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-peer', 'npm-dev', 'npm-no-pkg', 'unknown'],
        pathNot: 'node_modules/yaml/',
      },
    },
    {
      name: 'leaks-know-no-rules',
      comment: 'rules ask what a secret looks like; what it looks like is no matter of rules',
      severity: 'error',
      from: { path: '^core/policy/leaks/' },
      to: { path: '^core/policy/rules/' },
    },
    {
      name: 'parser-is-loaded-late',
      comment:
        'the library that reads YAML takes longer to load than most programs take: core/manifest/yaml/whole-parser.ts gets it',
      severity: 'error',
      from: { path: rooms.map(room), pathNot: '^core/manifest/yaml/(?:parse|tree|whole-parser)\\.ts$' },
      to: {
        path: ['node_modules/yaml/', '^core/manifest/yaml/(?:parse|tree)\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: rooms.map(room) },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer', 'type-only'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  },
};
