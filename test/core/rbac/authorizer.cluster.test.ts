/** Random roles, bindings and requests: the authorizer answers as a real API server does (SubjectAccessReview). */
import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { Authorizer } from '../../../core/rbac/authorizer';
import type { AccessRequest } from '../../../core/rbac/policy-rule';
import { type Asker, askerOf } from '../../../core/rbac/subject';
import { type ControlPlane, describeCluster, eventually, expectOk, VERSIONS } from '../../support/control-plane';
import { worldArbitrary } from './random';
import { disagreements } from './reviews';

const size = { roles: 30, requests: 1_500 };

for (const version of VERSIONS)
  describeCluster(
    'the authorizer, by chance',
    (cluster) => {
      it.each([1, 2, 3, 4])(
        'says what SubjectAccessReviews say (seed %d)',
        async (seed) => {
          const { objects, answers } = await world(cluster(), seed);
          for (const object of objects) expectOk(await cluster().client.create(object));
          let left: readonly Answer[] = answers;
          // What is written becomes known to the authorizer, and aggregated roles are filled, in their own time.
          await eventually(
            'the API server to answer alike',
            async () => {
              left = await disagreements(cluster().client, left);
              return left.length === 0 ? true : undefined;
            },
            90_000,
          ).catch(() => undefined);
          expect(left.map(([asker, request, own]) => ({ asker, request, own }))).toEqual([]);
          const allowed = answers.filter(([, , own]) => own).length;
          expect(allowed).toBeGreaterThan(size.requests / 20);
          expect(allowed).toBeLessThan((size.requests * 9) / 10);
          await Promise.all(objects.map((object) => cluster().client.delete(object)));
        },
        240_000,
      );
    },
    { version },
  );

type Answer = readonly [Asker, AccessRequest, boolean];

async function world(plane: ControlPlane, seed: number) {
  const prefix = `rbac-${randomBytes(3).toString('hex')}`;
  const namespaces = await Promise.all([0, 1].map(() => plane.namespace(prefix)));
  const names = { prefix, namespaces: namespaces as [string, ...string[]] };
  const [made] = fc.sample(worldArbitrary(names, size), { seed, numRuns: 1 });
  if (made === undefined) throw new Error('nothing was made');
  const { objects, requests } = made;
  // Where there are no controllers, nothing aggregates.
  const isTaken = plane.controllers;
  const kept = objects.filter(({ aggregationRule }) => isTaken || aggregationRule === undefined);
  const authorizer = new Authorizer(kept);
  const answers = requests.map(([subject, request]): Answer => {
    const asker = askerOf(subject);
    return [asker, request, authorizer.decide(asker, request) !== undefined];
  });
  return { objects: kept, answers };
}
