import type { Holder, Proof } from './holder';
import type { Place } from './place';
import type { EscalationWorld } from './world';

/** A way from one place to another. */
export interface Step {
  readonly to: Place;
  /** What is done, after "it": `makes a token of ServiceAccount shop/job`. */
  readonly how: string;
  /** The rules that allow it; none where nothing has to. */
  readonly by: readonly Proof[];
}

/** A kind of way to more rights. */
export type Power = (holder: Holder, world: EscalationWorld) => Iterable<Step>;
