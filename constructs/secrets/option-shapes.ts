import type { SecretFault } from '../../core/secrets/fault';
import { CommandOnChange, RestartOnChange, SignalOnChange } from '../../core/secrets/on-change';
import { type Shapes, takeProps, value } from '../app/shape';

const onChanges = [RestartOnChange, SignalOnChange, CommandOnChange];

/** What happens once a secret has changed. */
export const onChangeShape = value('what happens on a change, such as RestartOnChange.of()', (given) =>
  onChanges.some((each) => given instanceof each),
);

/** What was given, in the shape that it has to have, and what is wrong with it. */
export interface TakenOptions<T> {
  readonly options: T;
  readonly faults: readonly SecretFault[];
}

/** Reads the options of a mount: those that nothing reads are faults, as are those of another type. */
export function optionTaker<T extends object>(shapes: Shapes<T>): (given: unknown) => TakenOptions<T> {
  return (given) => {
    const { props, faults } = takeProps<T>(shapes, given);
    return {
      options: props,
      faults: faults.map(
        ({ property, message, remedy, ...rest }): SecretFault => ({
          property,
          message,
          remedy,
          ...('value' in rest && { value: rest.value }),
        }),
      ),
    };
  };
}
