import { namespacePeer, podsPeer } from '../../../core/network/peer';

const labels = { app: 'api' };
const pods = { podSelector: { matchLabels: labels } };
const inShop = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };

describe('podsPeer', () => {
  it.each([
    ['shop', 'front', { ...inShop, ...pods }],
    ['shop', undefined, { ...inShop, ...pods }],
    ['shop', 'shop', pods],
    [undefined, undefined, pods],
    [undefined, 'front', pods],
  ])('of namespace %s, seen from %s', (namespace, seenFrom, expected) => {
    expect(podsPeer(labels, namespace, seenFrom)).toEqual(expected);
  });

  it('keeps labels of its own', () => {
    expect(podsPeer(labels, 'shop', 'shop').podSelector?.matchLabels).not.toBe(labels);
  });
});

it('namespacePeer is every pod of the namespace, and of no other', () => {
  expect(namespacePeer('shop')).toEqual(inShop);
});
