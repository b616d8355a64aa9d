import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PodRule, Rule } from '../../../../core/policy/rule';
import { nearestRuleId, type RuleId, ruleById, rules, setRules } from '../../../../core/policy/rules';
import { rulesIn } from './rule-cases';

const over = (subject: Rule['subject']) => (rules as readonly Rule[]).filter((rule) => rule.subject === subject);
const podRules = over('pod');
const objectRules = over('object');

const folders = readdirSync(join(__dirname, '../../../../core/policy/rules'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the index', () => {
  it('holds every rule of every folder once, and nothing else', () => {
    expect(rules.map(({ id }) => id).sort()).toEqual(folders.flatMap(rulesIn).sort());
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it('has a test of its own for every folder', () => {
    const tests = readdirSync(__dirname);
    for (const folder of folders) expect(tests).toContain(`${folder}.test.ts`);
  });

  it('tells of every rule what it is, why, and what to do', () => {
    for (const { id, title, why, fix } of rules) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(why).toMatch(/^[A-Z].{40,}\.$/s);
      expect(fix).toMatch(/^[A-Z].{8,}\.$/s);
    }
    expect(new Set(rules.map(({ why }) => why)).size).toBe(rules.length);
    expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
  });

  it('lets anyone waive a rule over objects but those that the API server enforces itself', () => {
    const pinned = [...podRules, ...objectRules, ...setRules]
      .filter(({ waivable }) => waivable === false)
      .map(({ id }) => id);
    expect(pinned).toEqual([
      'duplicate-port',
      'ephemeral-containers',
      'target-field',
      'image-valid',
      'identity-unique',
    ]);
  });

  it('takes every rule over objects for an error but these', () => {
    const weights = [...podRules, ...objectRules, ...setRules].filter(({ severity }) => severity !== 'error');
    expect(weights.map(({ id, severity }) => `${id}: ${severity}`)).toEqual([
      'run-as-group: warning',
      'high-ids: info',
      'explicit-ids: warning',
      'assigned-ids: warning',
      'service-account-alias: info',
      'host-aliases: warning',
      'pre-stop: info',
      'named-ports: warning',
      'privileged-port: info',
      'ssh-port: warning',
      'naked-pod: warning',
      'admin-tools: warning',
      'image-deprecated-registry: warning',
      'secret-volume: warning',
      'ingress-nginx-retired: warning',
      'namespace-default: warning',
      'storage-encryption: warning',
      'network-cluster-address: warning',
      'admin-interface: warning',
      'ingress-tls: warning',
      'gateway-routes: warning',
      'gateway-tls: warning',
      'rbac-nodes: warning',
      'rbac-config-maps: warning',
      'rbac-roles: warning',
      'rbac-workloads: warning',
      'rbac-deletion: warning',
      'rbac-traffic: warning',
      'rbac-events: warning',
      'webhook-url: warning',
      'webhook-secrets: warning',
      'pdb-keeps-all: warning',
      'namespace-network-isolation: warning',
      'network-policy-coverage: warning',
      'network-policy-unused: warning',
      'network-peer-unknown: info',
      'network-connection-blocked: warning',
      'network-port-unused: info',
      'network-policy-redundant: info',
      'service-target-port: warning',
      'resource-quota: warning',
      'limit-range: warning',
    ]);
  });

  it('parts the rules by subject', () => {
    const declared = rules.filter(({ subject }) => subject === 'declaration');
    expect(podRules.length + objectRules.length + setRules.length + declared.length).toBe(rules.length);
    expect(podRules.map(({ id }) => id)).toContain('privileged');
    expect(objectRules.map(({ id }) => id)).toContain('rbac-wildcard');
  });

  it('types ids as literals', () => {
    const known: RuleId = 'privileged';
    // @ts-expect-error no rule has this id
    const unknown: RuleId = 'priviledged';
    expect([ruleById(known)?.id, ruleById(unknown as string)]).toEqual(['privileged', undefined]);
  });

  it('finds a rule by its id', () => {
    const rule: PodRule = rules.find(({ id }) => id === 'privileged') as PodRule;
    expect(ruleById('privileged')).toBe(rule);
    expect(ruleById('toString')).toBeUndefined();
  });
});

describe('nearestRuleId', () => {
  it.each([
    ['priviledged', 'privileged'],
    ['image-digests', 'image-digest'],
    ['imageDigest', 'image-digest'],
    ['RUN_AS_NON_ROOT', 'run-as-non-root'],
    ['run as user', 'run-as-user'],
    ['readonly-root-filesystem', 'read-only-root-filesystem'],
    ['rbca-secrets', 'rbac-secrets'],
    ['memory-limits', 'memory-limit'],
    ['', undefined],
    ['something entirely different', undefined],
    ['x'.repeat(10_000), undefined],
  ])('takes %j for %j', (text, id) => {
    expect(nearestRuleId(text)).toBe(id);
  });

  it('takes every id for itself', () => {
    for (const { id } of rules) expect(nearestRuleId(id)).toBe(id);
  });
});
