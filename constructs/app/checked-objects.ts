import type { App } from 'cdk8s';
import type { KubernetesObject } from '../../core/manifest';
import type { Finding } from '../../core/policy';
import { errorsIn, type InspectedObject, type Inspection, inspect, unwritable } from './inspection';
import { declaredDependencies, orderedObjects } from './ordering';
import { platformOf } from './platform-of';
import { SynthesisError } from './synthesis-error';

/** An object of an app that has been checked. */
export interface CheckedObject {
  readonly object: KubernetesObject;
  /** The path of the construct that it is from. */
  readonly construct: string;
  /** The positions of the objects that it was made to depend on (`node.addDependency`). All stand before it. */
  readonly dependsOn: readonly number[];
}

/** What an app holds, once no rule refuses it. */
export interface CheckedApp {
  /** In the order in which they are applied. Do not change them. */
  readonly objects: readonly CheckedObject[];
  /** What was found and stops nothing: warnings, notes, and what exceptions waive. */
  readonly findings: readonly Finding[];
}

/**
 * Everything in an app as plain data, for whoever applies it by other means than files. Checked as a synthesis checks it.
 * @throws SynthesisError where a rule is broken that no exception waives
 */
export function checkedObjects(app: App): CheckedApp {
  const { objects, findings } = passed(app);
  const faults = unwritable(objects);
  if (faults.length > 0) throw new SynthesisError(faults);
  const places = new Map<KubernetesObject, number>(orderedObjects(objects).map((object, place) => [object, place]));
  const placeOf = (position: number): number => places.get((objects[position] as InspectedObject).object) ?? 0;
  const dependencies = declaredDependencies(objects);
  const checked: CheckedObject[] = [];
  objects.forEach(({ object, construct }, position) => {
    const dependsOn = (dependencies.get(position) ?? []).map(placeOf).sort((a, b) => a - b);
    checked[placeOf(position)] = { object, construct, dependsOn };
  });
  return { objects: checked, findings };
}

/** The app, inspected anew. @throws SynthesisError with every error in it */
export function passed(app: App): Inspection {
  platformOf(app).touch();
  const inspection = inspect(app);
  const errors = errorsIn(inspection);
  if (errors.length > 0) throw new SynthesisError(errors);
  return inspection;
}
