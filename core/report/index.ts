export { describeFindings } from './findings';
export { describeSummary, type SynthesisSummary } from './summary';
