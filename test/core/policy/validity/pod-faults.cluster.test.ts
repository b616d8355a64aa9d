import { describeCluster } from '../../../support/control-plane';
import { acceptedPods, type PodCase, refusedPods } from './pod-cases';

describeCluster('what we say of pods before the API server does', (cluster) => {
  let namespace: string;

  beforeAll(async () => {
    namespace = await cluster().namespace('pods');
  });

  const ask = async ({ object }: PodCase) => {
    const placed = { ...object, metadata: { ...object.metadata, namespace } };
    return (await cluster().client.create(placed, { dryRun: true })).status;
  };

  it.each(refusedPods.map((one) => [one.name, one] as const))('refused: %s', async (_name, given) => {
    expect(await ask(given)).toBe(422);
  });

  it.each(acceptedPods.map((one) => [one.name, one] as const))('accepted: %s', async (_name, given) => {
    expect(await ask(given)).toBe(201);
  });
});
