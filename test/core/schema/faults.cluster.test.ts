import fc from 'fast-check';
import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesVersion } from '../../../core/cluster/version';
import { formatPath, type KubernetesObject } from '../../../core/manifest';
import { kindSchemas, type SchemaFaultCause, schemaFaults } from '../../../core/schema';
import { schemaObject } from '../../support/arbitrary/schema-object';
import { type ControlPlane, describeCluster, VERSIONS } from '../../support/control-plane';

const runs = Number(process.env.KUBE_BULWARK_RUNS ?? 300);
const seed = Number(process.env.KUBE_BULWARK_SEED ?? 20_261_121);

const decoding: ReadonlySet<SchemaFaultCause> = new Set(['unknown', 'version', 'type']);
const unknown: ReadonlySet<SchemaFaultCause> = new Set(['unknown', 'version']);

/** What the server says of an object when it decodes it: undefined where it does decode, whatever comes after. */
async function decodingError({ client }: ControlPlane, object: KubernetesObject): Promise<string | undefined> {
  const { status, message } = await client.create(object, { dryRun: true });
  if (status === 405 || /could not find the requested resource|serves no/.test(message))
    throw new Error(`${object.apiVersion} ${object.kind}: ${message}`);
  return status === 400 && /cannot be handled as a|strict decoding error|couldn't get version/.test(message)
    ? message
    : undefined;
}

/** Kinds that this version serves, and that can be created. */
function servedKinds(version: string): readonly { readonly apiVersion: string; readonly kind: string }[] {
  const target = ClusterTarget.of(version as KubernetesVersion);
  return [...kindSchemas().keys()]
    .map((name) => name.replace(/^\//, '').split(' '))
    .map(([apiVersion = '', kind = '']) => ({ apiVersion, kind }))
    .filter(({ apiVersion, kind }) => kind !== 'ComponentStatus' && target.serves(apiVersion, kind).supported);
}

describe.each(VERSIONS)('the faults of decoding', (server) => {
  describeCluster(
    'the faults of decoding',
    (cluster) => {
      const { version } = ClusterTarget.of(server);

      it(`are those that the server finds (seed ${seed})`, async () => {
        const namespace = await cluster().namespace('schema');
        const kinds = servedKinds(server);
        expect(kinds.length).toBeGreaterThan(50);
        const objects = fc
          .constantFrom(...kinds)
          .chain(({ apiVersion, kind }) => schemaObject(apiVersion, kind, version, { name: 'sample', namespace }));
        const seen = { refused: 0, accepted: 0 };
        await fc.assert(
          fc.asyncProperty(objects, async (object) => {
            const message = await decodingError(cluster(), object);
            const faults = schemaFaults(object, version).filter(({ cause }) => decoding.has(cause));
            expect({ object, message, refused: faults.length > 0 }).toEqual({
              object,
              message,
              refused: message !== undefined,
            });
            seen[message === undefined ? 'accepted' : 'refused']++;
            if (!message?.includes('strict decoding error') || faults.some(({ cause }) => !unknown.has(cause))) return;
            const named = [...message.matchAll(/unknown field "([^"]+)"/g)].map(([, path = '']) =>
              path.replace(/^\./, ''),
            );
            expect(
              faults
                .map(({ path }) =>
                  formatPath(path)
                    .replace(/\["([^"]+)"\]/g, '.$1')
                    .replace(/^\./, ''),
                )
                .sort(),
            ).toEqual(named.sort());
          }),
          { numRuns: runs, seed },
        );
        expect(Math.min(seen.refused, seen.accepted)).toBeGreaterThan(runs / 20);
      }, 600_000);
    },
    { version: server },
  );
});
