import type { IConstruct } from 'constructs';
import type { Note } from '../../core/hardening';
import type { DeclaredRuleId, RuleIdOf, SetRule } from '../../core/policy';

/** A fault in what was declared, found before or beside the objects it becomes. */
export interface DeclarationFault {
  readonly rule: DeclaredRuleId | RuleIdOf<SetRule>;
  /** The prop or method it concerns. */
  readonly property: string;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
  /** The container it concerns, for exceptions that name one. */
  readonly container?: string;
  /** @default - the rule's own */
  readonly severity?: 'error' | 'warning' | 'info';
}

/** A note of hardening as a fault of the declaration that it concerns. */
export function noteFault({ rule, path, message, remedy }: Note): DeclarationFault {
  return { rule, property: path.join('.'), message, remedy };
}

const marker = Symbol.for('kube-bulwark.Declaring');

/** A construct that can say what is wrong with its own declaration. */
export interface Declaring extends IConstruct {
  /** Every fault, at once. Asked at each synthesis. */
  declarationFaults(): readonly DeclarationFault[];
}

/** Marks a construct as one that can say what is wrong with it. */
export function markDeclaring(construct: Declaring): void {
  Object.defineProperty(construct, marker, { value: true });
}

/** Whether a construct can say what is wrong with it. */
export function isDeclaring(construct: IConstruct): construct is Declaring {
  return marker in construct;
}
