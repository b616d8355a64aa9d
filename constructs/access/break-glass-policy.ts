import { Construct } from 'constructs';
import { longestBreakGlass } from '../../core/rbac/break-glass';
import { breakGlassPolicy } from '../../core/rbac/break-glass-policy';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import { clusterScopeOf, number, type Shapes, takeProps } from '../app/shape';

/** How long access for an emergency may last. */
export interface BreakGlassPolicyProps {
  /** Hours after it was made within which a binding has to end, from 1 to 24. @default 24 */
  readonly maxHours?: number;
}

const shapes: Shapes<BreakGlassPolicyProps> = { maxHours: number };

/**
 * A ValidatingAdmissionPolicy (Kubernetes 1.30) for the whole cluster: a binding to a role called `break-glass-…` says when it ends, ends soon, and cannot be made once
 * that moment has come, whoever applies it. It belongs to an app of the cluster's administrators.
 */
export class BreakGlassPolicy extends Construct {
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: BreakGlassPolicyProps = {}) {
    super(clusterScopeOf(scope, id, 'BreakGlassPolicy'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<BreakGlassPolicyProps>(shapes, given ?? {});
    const { maxHours = longestBreakGlass } = props;
    this.#faults = [...faults, ...hourFaults(maxHours)];
    if (this.#faults.length > 0) return;
    for (const { apiVersion, kind, metadata = {}, ...body } of breakGlassPolicy(maxHours)) {
      const { name = '' } = metadata;
      new ManifestObject(this, kind, { apiVersion, kind, metadata: { name }, namespaced: false, body: () => body });
    }
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }
}

function hourFaults(maxHours: number): readonly DeclarationFault[] {
  if (Number.isInteger(maxHours) && maxHours >= 1 && maxHours <= longestBreakGlass) return [];
  const message = 'an emergency does not last that long';
  const remedy = `give a whole number from 1 to ${longestBreakGlass}`;
  return [{ rule: 'prop-valid', property: 'maxHours', value: maxHours, message, remedy }];
}
