import { volumes } from '../../clause';
import { podRule } from '../../define';
import { isAbove, text } from '../../expression/operators';

/** Seconds: a day. A token that leaks is worthless the day after. */
const longest = 86_400;
/** Seconds: the API server refuses less. */
const shortest = 600;

const remedy = `set expirationSeconds to ${shortest} at least and ${longest} at most; the kubelet renews the token in time`;

const sources = volumes.each(({ projected }) => projected.sources);

/** Where nothing is said, the API server sets an hour. */
export const tokenLifetime = podRule({
  id: 'token-lifetime',
  title: 'Projected tokens live for a day at most',
  severity: 'error',
  why:
    'A stolen token works until it expires, from wherever the attacker is. The kubelet renews a projected token long before its end, ' +
    'so that a long life buys nothing but a longer theft.',
  fix: 'Set expirationSeconds between 600 (the least that the API server takes) and 86400, or leave it out for an hour.',
  clauses: [
    sources.violation({
      when: ({ serviceAccountToken }) => isAbove(serviceAccountToken.expirationSeconds, longest),
      at: ({ serviceAccountToken }) => serviceAccountToken.expirationSeconds,
      message: ({ serviceAccountToken }, volume) =>
        text`${volume} projects a token that lives for ${serviceAccountToken.expirationSeconds} seconds, more than a day`,
      remedy,
      fix: { set: longest },
    }),
  ],
});
