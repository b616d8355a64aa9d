import { nearest } from '../../core/nearest';

describe('nearest', () => {
  const keys = ['kubernetesVersion', 'failOn', 'pod-template', 'exclude'];

  it.each([
    ['kubernetesVerson', 'kubernetesVersion'],
    ['kubernetes_version', 'kubernetesVersion'],
    ['fail-on', 'failOn'],
    ['podTemplate', 'pod-template'],
    ['Excludes', 'exclude'],
    ['unlike all', undefined],
  ])('of %j is %j, whichever way either is written', (text, expected) => {
    expect(nearest(text, keys)).toBe(expected);
  });
});
