import type { DeclaredRule } from '../../rule';

export const secretMount = {
  id: 'secret-mount',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'A mounted secret can be delivered, and read',
  severity: 'error',
  waivable: false,
  why:
    'A secret that does not arrive is put into an environment variable by the next one who is in a hurry; a path that stands for many ' +
    'secrets hands over those that come later.',
  fix: 'Name one secret by its whole path, the file it becomes, and a delivery that the cluster has.',
} as const satisfies DeclaredRule;
