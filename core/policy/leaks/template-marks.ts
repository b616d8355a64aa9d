/** An action of a template: a field of a secret, or what else a program puts in. */
export const action = /\{\{.*?\}\}/gs;

/** What Helm, a shell, kro or Crossplane fills in. */
export const filledIn = /\{\{|\$\{/;
