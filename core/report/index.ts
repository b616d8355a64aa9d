export type { InputError } from './check-report';
export { describeFindings } from './findings';
export { type MadeBySynthesis, type NextStep, nextSteps } from './next-steps';
export { describeSummary, type SynthesisSummary } from './summary';
