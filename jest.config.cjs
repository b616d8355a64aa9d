const { availableParallelism } = require('node:os');

// The day of every test that gives none, and of the programs that it runs: exceptions and openings in examples end some day, and old commits can be tested for good.
process.env.SOURCE_DATE_EPOCH = String(Date.parse('2026-11-22') / 1000);

/** Two projects: `unit` needs nothing; `cluster` starts one real control plane a run (test/support/control-plane). */
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: {
    '^fast-check$': '<rootDir>/test/support/fast-check.ts',
    '^kube-bulwark$': '<rootDir>/index.ts',
    '^kube-bulwark/core$': '<rootDir>/core/index.ts',
    '^kube-bulwark/rules$': '<rootDir>/core/rules.ts',
    '^kube-bulwark/pulumi$': '<rootDir>/stacks/policy/index.ts',
    '^kube-bulwark/pulumi/stacks$': '<rootDir>/stacks/index.ts',
    '^kube-bulwark/pulumi/vault$': '<rootDir>/stacks/vault/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', '<rootDir>/components/'],
};

module.exports = {
  // Two at least: suites of the cluster mostly wait, for a process to start or to be killed.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // For what hangs. How fast anything is, benches measure: a machine may build a control plane meanwhile.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.cluster\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'cluster',
      testMatch: ['<rootDir>/test/**/*.cluster.test.ts'],
      globalSetup: '<rootDir>/test/support/control-plane/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/control-plane/global-teardown.ts',
    },
  ],
  reporters: ['default', '<rootDir>/test/support/closing-line.cjs'],
};
