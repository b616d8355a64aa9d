import type { Finding } from '../../../core/policy';
import { describeFindings } from '../../../core/report';

const finding: Finding = {
  rule: 'image-digest',
  severity: 'warning',
  construct: 'shop/api',
  object: 'Deployment.apps shop/api',
  property: 'spec.template.spec.containers[0].image',
  value: 'registry.example/api:1',
  message: 'the tag may move',
  remedy: 'pin the digest',
};

describe('describeFindings', () => {
  it('says where, what was found, what is wrong and how to mend it', () => {
    expect(describeFindings([finding])).toBe(
      [
        'shop/api',
        '  warning image-digest: Deployment.apps shop/api spec.template.spec.containers[0].image = "registry.example/api:1"',
        '    the tag may move',
        '    -> pin the digest',
      ].join('\n'),
    );
  });

  it('says nothing of nothing', () => {
    expect(describeFindings([])).toBe('');
  });

  it('groups by construct, in the order in which they were found; what has none is of the app', () => {
    const bare = (construct: string | undefined, rule: string): Finding => ({
      rule,
      severity: 'error',
      ...(construct !== undefined && { construct }),
      message: `message of ${rule}`,
      remedy: `remedy of ${rule}`,
    });
    const text = (rule: string) => `  error ${rule}\n    message of ${rule}\n    -> remedy of ${rule}`;
    const given = [bare('b', 'r1'), bare(undefined, 'r2'), bare('a', 'r3'), bare('b', 'r4'), bare('', 'r5')];
    expect(describeFindings(given)).toBe(
      `b\n${text('r1')}\n${text('r4')}\n\n(app)\n${text('r2')}\n${text('r5')}\n\na\n${text('r3')}`,
    );
  });

  it.each([
    [{ object: undefined }, 'spec.template.spec.containers[0].image = "registry.example/api:1"'],
    [{ property: undefined }, 'Deployment.apps shop/api = "registry.example/api:1"'],
    [{ property: '' }, 'Deployment.apps shop/api = "registry.example/api:1"'],
    [{ value: undefined }, 'Deployment.apps shop/api spec.template.spec.containers[0].image'],
    [{ object: 'o', property: 'p', value: null }, 'o p = null'],
    [{ object: 'o', property: 'p', value: false }, 'o p = false'],
    [{ object: 'o', property: 'p', value: 0 }, 'o p = 0'],
    [{ object: 'o', property: 'p', value: '' }, 'o p = ""'],
    [{ object: 'o', property: 'p', value: { a: [1] } }, 'o p = {"a":[1]}'],
    [{ object: 'o', property: 'p', value: Symbol('s') }, 'o p = Symbol(s)'],
    [{ object: 'o', property: 'p', value: 'x'.repeat(118) }, `o p = "${'x'.repeat(118)}"`],
    [{ object: 'o', property: 'p', value: 'x'.repeat(119) }, `o p = "${'x'.repeat(116)}...`],
  ])('leaves out what is not there, and shortens what is long: %j', (more, where) => {
    expect(describeFindings([{ ...finding, ...more }]).split('\n')[1]).toBe(`  warning image-digest: ${where}`);
  });
});
