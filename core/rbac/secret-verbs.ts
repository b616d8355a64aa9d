/**
 * Every verb whose answer holds the values of Secrets: an empty patch is answered with the whole of one, and so is a dry run of a deletion that
 * leaves its dependents; a dry run of deletecollection lists them all.
 */
export const secretReadingVerbs = ['get', 'list', 'watch', 'patch', 'delete', 'deletecollection'] as const;
