import { admissionCases } from './cases/admission';
import { testRules } from './rule-cases';

testRules('admission', admissionCases);
