/**
 * What stands for a secret of the configuration that nobody can decrypt here, or should. A program may look for it; everywhere else it is a
 * secret as any other.
 */
export const withheldSecret = 'kube-bulwark: withheld';
