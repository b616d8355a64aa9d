import { describeCluster } from '../../../support/control-plane';
import { acceptedWorkloads, refusedWholes, refusedWorkloads, type WorkloadCase } from './workload-cases';

describeCluster('what we say of workloads before the API server does', (cluster) => {
  let namespace: string;

  beforeAll(async () => {
    namespace = await cluster().namespace('workloads');
  });

  const ask = async ({ object }: WorkloadCase) => {
    const placed = { ...object, metadata: { ...object.metadata, namespace } };
    return (await cluster().client.create(placed, { dryRun: true })).status;
  };

  it.each([...refusedWorkloads, ...refusedWholes].map((one) => [one.name, one] as const))(
    'refused: %s',
    async (_name, given) => {
      expect(await ask(given)).toBe(422);
    },
  );

  it.each(acceptedWorkloads.map((one) => [one.name, one] as const))('accepted: %s', async (_name, given) => {
    expect(await ask(given)).toBe(201);
  });
});
