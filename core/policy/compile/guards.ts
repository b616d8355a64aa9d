import { type CelContext, celVariable } from '../expression/cel';
import type { Rule } from '../rule';
import type { CelVariable } from './admission';
import type { CompiledException } from './exceptions';

/** Exceptions within a policy: what is waived of an object, and which containers a loop leaves out. */
export class Guards {
  readonly #used = new Set<CompiledException>();

  /** @param object - what the engine calls the object of a request */
  constructor(
    private readonly exceptions: readonly CompiledException[],
    private readonly object: string,
  ) {}

  /** CEL that takes the containers that the rule is waived for out of a list; empty where there is none. */
  leftContainers(rule: string, container: string): string {
    const waived = this.#of(rule).flatMap((exception) => {
      const selected = exception.selectsContainer?.(container);
      return selected === undefined ? [] : [this.#both(exception, selected)];
    });
    return waived.length === 0 ? '' : `.filter(${container}, !(${waived.join(' || ')}))`;
  }

  /**
   * CEL that an object, or the pod in it as a whole, is waived; undefined where none is.
   * @param ofContainers - whether each container is judged, and left out, on its own
   */
  ofObject(rule: Rule, ofContainers: boolean, context: CelContext): string | undefined {
    const waived = this.#of(rule.id).flatMap((exception) => {
      const { selectsContainer, ofWholePods } = exception;
      if (selectsContainer === undefined) return [this.#variable(exception)];
      if (ofContainers || !ofWholePods || rule.subject !== 'pod') return [];
      context.reads.add('containers');
      const all = `variables.${celVariable.containers}.all(container, ${selectsContainer('container')})`;
      return [`(${this.#both(exception, all)})`];
    });
    return waived.length === 0 ? undefined : waived.join(' || ');
  }

  /** Those that expressions read. */
  variables(): readonly CelVariable[] {
    return [...this.#used].map((exception) => ({
      name: nameOf(exception),
      expression: exception.selectsObject(this.object),
    }));
  }

  #of(rule: string): readonly CompiledException[] {
    return this.exceptions.filter((exception) => exception.rules.includes(rule));
  }

  #both(exception: CompiledException, test: string): string {
    return exception.selectsObject(this.object) === 'true' ? `(${test})` : `${this.#variable(exception)} && ${test}`;
  }

  #variable(exception: CompiledException): string {
    this.#used.add(exception);
    return `variables.${nameOf(exception)}`;
  }
}

function nameOf({ name }: CompiledException): string {
  return `waived_${name.replaceAll('-', '_')}`;
}
