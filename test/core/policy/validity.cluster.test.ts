import { ClusterTarget } from '../../../core/cluster';
import { podTemplateOf } from '../../../core/manifest';
import { describeCluster } from '../../support/control-plane';
import { PodSecurityOracle } from '../../support/pod-security';
import { accepted, refused, type ValidityCase } from './validity-cases';

const target = ClusterTarget.of('1.36');

describeCluster('what we say of pods before the API server does', (cluster) => {
  let oracle: PodSecurityOracle;

  beforeAll(() => {
    oracle = new PodSecurityOracle(cluster());
  });

  const ask = ({ pod }: Pick<ValidityCase, 'pod'>) => {
    const { metadata, spec } = podTemplateOf(pod)!;
    return oracle.judge({ target, template: { metadata, spec }, level: 'privileged' });
  };

  it.each(refused.map((one) => [one.name, one] as const))('refused: %s', async (_name, given) => {
    expect(await ask(given)).toEqual({ verdict: 'refused', message: expect.stringMatching(/^(400|403|422) /) });
  });

  it.each(accepted.map((one) => [one.name, one] as const))('accepted: %s', async (_name, given) => {
    expect(await ask(given)).toEqual({ verdict: 'accepted', message: '' });
  });
});
