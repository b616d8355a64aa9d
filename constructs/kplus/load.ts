import type * as kplus from 'cdk8s-plus-28';

/**
 * Loads cdk8s-plus-28 on first use: its generated API costs every program start, and most programs need nothing that must
 * be a cdk8s-plus object. Everything else here takes its types alone.
 */
export function loadKplus(): typeof kplus {
  return require('cdk8s-plus-28');
}
