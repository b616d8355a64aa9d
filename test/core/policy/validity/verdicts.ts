import type { KubernetesObject } from '../../../../core/manifest';
import { describeCluster } from '../../../support/control-plane';

/** An object that a real API server is asked about. */
export interface VerdictCase {
  readonly name: string;
  readonly object: KubernetesObject;
  /** The property of the finding; none for what is right. */
  readonly property?: string;
}

/** Asks a real API server about each of them: what is refused, and its like that is accepted. */
export function describeVerdicts(
  what: string,
  { refused, accepted }: { readonly refused: readonly VerdictCase[]; readonly accepted: readonly VerdictCase[] },
): void {
  describeCluster(`what we say of ${what} before the API server does`, (cluster) => {
    let namespace: string;

    beforeAll(async () => {
      namespace = await cluster().namespace(what);
    });

    const ask = async ({ object }: VerdictCase) => {
      const placed = { ...object, metadata: { ...object.metadata, namespace } };
      return (await cluster().client.create(placed, { dryRun: true })).status;
    };

    it.each(refused.map((one) => [one.name, one] as const))('refused: %s', async (_name, given) => {
      expect(await ask(given)).toBe(422);
    });

    it.each(accepted.map((one) => [one.name, one] as const))('accepted: %s', async (_name, given) => {
      expect(await ask(given)).toBe(201);
    });
  });
}
