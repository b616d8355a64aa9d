let loaded: typeof import('./parse') | undefined;

/** The whole parser, which is loaded for the first text that needs it: most programs read plain block style alone, or nothing. */
export function wholeParser(): typeof import('./parse') {
  loaded ??= require('./parse') as typeof import('./parse');
  return loaded;
}
