import { namespaceCases } from './cases/namespace';
import { testRules } from './rule-cases';

testRules('namespace', namespaceCases);
