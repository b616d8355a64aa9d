import type { Rule } from '../rule';
import { rules } from '../rules';
import type { Framework } from './framework';

const subjects: Readonly<Record<Rule['subject'], string>> = {
  pod: 'Pods, in whatever kind',
  object: 'Other objects, each on its own',
  set: 'All objects together',
  declaration: 'Declarations, and what they become together',
};

/** Our own profile, which is asked where no framework is named: every rule. */
export const bulwark: Framework = {
  id: 'bulwark',
  title: 'Every rule of kube-bulwark',
  url: 'docs/rules/README.md',
  controls: (Object.keys(subjects) as readonly Rule['subject'][]).map((subject) => ({
    id: subject,
    title: subjects[subject],
    rules: rules.filter((rule) => rule.subject === subject).map(({ id }) => id),
  })),
};
