import { setCases } from './cases/set';
import { testRules } from './rule-cases';

testRules('set', setCases);
