/** The stacks that the program composes, in their order: each may take what earlier ones put out. */
export const stackIds = ['audit-logging', 'log-pipeline', 'private-registry'] as const;

/** {@link stackIds} */
export type StackId = (typeof stackIds)[number];
