import { secretInConfig } from './secrets/secret-in-config';
import { secretInManifest } from './secrets/secret-in-manifest';
import { literalsIn, secretLeak } from './secrets/secret-leak';
import { secretLiteral } from './secrets/secret-literal';

export { literalsIn };

/** The rules that find secrets which are written down. */
export const literalRules: ReadonlySet<string> = new Set(
  [secretLiteral, secretInConfig, secretInManifest, secretLeak].map(({ id }) => id),
);
