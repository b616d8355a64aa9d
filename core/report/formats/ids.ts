/** The forms of a report. */
export const formatIds = ['text', 'json', 'sarif', 'junit', 'markdown', 'policyreport'] as const;

/** The name of a form. */
export type FormatId = (typeof formatIds)[number];
