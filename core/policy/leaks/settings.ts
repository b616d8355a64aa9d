import { ClusterTarget } from '../../cluster/target';
import { newestVersion } from '../../cluster/version';
import { type Closure, compileClosure, type Frame } from '../expression/closure';
import { nodeOf, plain, type Test, type Value, variable } from '../expression/symbol';
import { isCalledSecret, isPutIn } from './secret-tests';

/** A test of a name and a value, such as rules ask in clusters, as a plain function. */
function functionOf(
  test: (name: Value<string>, value: Value<string>) => Test,
): (name: string, value: string) => boolean {
  let closure: Closure | undefined;
  return (ofName, ofValue) => {
    if (closure === undefined) {
      const [name, value] = [variable('name'), variable('value')];
      closure = compileClosure(nodeOf(test(plain(name), plain(value))), [name, value]);
    }
    return closure(frameOf(ofName, ofValue)) === true;
  };
}

let target: ClusterTarget | undefined;
/** Made when it is first asked for, and once: names are asked about by the thousand. */
const anyTarget = (): ClusterTarget => {
  target ??= ClusterTarget.of(newestVersion);
  return target;
};

/** The tests ask nothing of the target. */
function frameOf(name: string, value: string): Frame {
  return {
    slots: [name, value],
    containers: [],
    target: anyTarget(),
    settings: { registries: [] },
  };
}

/** True where a setting of that name, whose value is one, holds a secret: DB_PASSWORD; not DB_PASSWORD_FILE. */
export const isSecretByName = functionOf((name, value) => isCalledSecret(name, value));

const isPutInAs = functionOf((_, value) => isPutIn(value));

/** True for what is put in at run time, or is no secret whatever its name: a number, a path, a reference. */
export function isPutInLater(value: string): boolean {
  return isPutInAs('', value);
}

/** What is filled in, was cut or is hidden. */
const standIn = /^["']?(?:\{\{|<|…|"?\.\.\.)/;

/** True for a text that is what it says, and not what stands in for it. */
export function isLiteral(value: string): boolean {
  return value !== '' && !standIn.test(value) && !isPutInLater(value);
}
