import type { AppArmorProfile, SeccompProfile } from './security-context';

/** The annotation of a container (its name follows) that gave it an AppArmor profile before Kubernetes 1.30 had a field. */
export const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/** How an annotation says what a profile says. */
export function annotationOf({ type, localhostProfile }: SeccompProfile | AppArmorProfile): string {
  if (type === 'Localhost') return `localhost/${localhostProfile ?? ''}`;
  return type === 'Unconfined' ? 'unconfined' : 'runtime/default';
}
