import type { Violation } from '../../finding';
import type { PodRule } from '../../rule';
import { isAbsent, NONE, violation, volumeAt } from '../support';

/** Seconds: a day. A token that leaks is worthless the day after. */
const longest = 86_400;
/** Seconds: the API server refuses less. */
const shortest = 600;

export const tokenLifetime = {
  id: 'token-lifetime',
  subject: 'pod',
  title: 'Projected tokens live for a day at most',
  severity: 'error',
  why:
    'A stolen token works until it expires, from wherever the attacker is. The kubelet renews a projected token long before its end, ' +
    'so that a long life buys nothing but a longer theft.',
  fix: 'Set expirationSeconds between 600 (the least that the API server takes) and 86400, or leave it out for an hour.',
  check: (pod) => {
    const volumes = pod.spec.volumes;
    if (isAbsent(volumes)) return NONE;
    let found: Violation[] | undefined;
    for (let i = 0; i < volumes.length; i++) {
      const volume = volumes[i];
      const sources = volume?.projected?.sources;
      if (isAbsent(volume) || isAbsent(sources)) continue;
      for (let j = 0; j < sources.length; j++) {
        const token = sources[j]?.serviceAccountToken;
        if (isAbsent(token)) continue;
        const seconds = token.expirationSeconds;
        // Less than the shortest is refused by the API server: see pod-valid.
        if (isAbsent(seconds) || seconds <= longest) continue;
        found ??= [];
        found.push(
          violation(volumeAt(pod, i, volume), ['projected', 'sources', j, 'serviceAccountToken', 'expirationSeconds'], {
            value: seconds,
            message: `volume "${volume.name}" projects a token that lives for ${seconds} seconds, more than a day`,
            remedy: `set expirationSeconds to ${shortest} at least and ${longest} at most; the kubelet renews the token in time`,
          }),
        );
      }
    }
    return found ?? NONE;
  },
} as const satisfies PodRule;
