import type { LabelSelector } from '../../../core/manifest/pod-common';
import { isEmptySelector, selectsEveryNamespace } from '../../../core/network/selectors';

it.each<[LabelSelector | null | undefined, boolean]>([
  [undefined, true],
  [null, true],
  [{}, true],
  [{ matchLabels: {}, matchExpressions: [] }, true],
  [{ matchLabels: { a: 'b' } }, false],
  [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, false],
])('isEmptySelector(%j) is %s', (selector, expected) => {
  expect(isEmptySelector(selector)).toBe(expected);
});

const name = 'kubernetes.io/metadata.name';
it.each<[LabelSelector, boolean]>([
  [{}, true],
  [{ matchLabels: { [name]: 'shop' } }, false],
  [{ matchExpressions: [{ key: name, operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: name, operator: 'DoesNotExist' }] }, false],
  [{ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }, true],
  [{ matchExpressions: [{ key: 'team', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: name, operator: 'NotIn', values: ['x'] }] }, false],
])('selectsEveryNamespace(%j) is %s', (selector, expected) => {
  expect(selectsEveryNamespace(selector)).toBe(expected);
});
