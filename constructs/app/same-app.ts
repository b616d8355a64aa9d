import { Construct, type IConstruct } from 'constructs';
import { isDictionary, isMapping } from '../../core/manifest/plain';
import type { DeclarationFault } from './declaration';

/**
 * Constructs of another app among what a construct was given. Of what stands there nothing is synthesized here, and the other app would be changed from here, perhaps
 * after it has been written: one of two clusters, environments or repositories would name things of the other that it does not have.
 *
 * @param property where they were given
 * @param given a construct, or what holds some
 */
export function foreignFaults(owner: IConstruct, property: string, given: unknown): readonly DeclarationFault[] {
  const { root } = owner.node;
  return [...constructsIn(given, property)].flatMap(([path, construct]): readonly DeclarationFault[] =>
    construct.node.root === root
      ? []
      : [
          {
            rule: 'prop-valid',
            property: path,
            value: construct.node.path,
            message: `${construct.node.path} is of another app, of whose objects this one makes none`,
            remedy:
              'give a construct of this app: for what another app makes, an ExistingNamespace, and an ExternalWorkload in it',
          },
        ],
  );
}

function* constructsIn(given: unknown, path: string): Iterable<readonly [string, IConstruct]> {
  if (Construct.isConstruct(given)) yield [path, given];
  else if (Array.isArray(given)) for (const [i, each] of given.entries()) yield* constructsIn(each, `${path}[${i}]`);
  else if (isMapping(given) && isDictionary(given))
    for (const [key, each] of Object.entries(given)) yield* constructsIn(each, `${path}['${key}']`);
}
