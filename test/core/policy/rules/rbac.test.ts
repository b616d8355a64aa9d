import { rbacCases } from './cases/rbac';
import { testRules } from './rule-cases';

testRules('rbac', rbacCases);
