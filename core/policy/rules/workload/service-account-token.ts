import type { PodRule } from '../../rule';
import { eachVolume, isAbsent, violation, volumeAt } from '../support';

/** The volume in which a workload that was granted access to the API has its token. */
const grantedVolume = 'api-credentials';
const apiServer = /^(?:https:\/\/)?kubernetes\.default(?:\.svc(?:\.[\w.-]+)?)?\/?$/;

const projected = eachVolume((volume, index, pod) => {
  const sources = volume.projected?.sources;
  if (volume.name === grantedVolume || isAbsent(sources)) return undefined;
  const at = sources.findIndex((source) => {
    const token = source?.serviceAccountToken;
    return !isAbsent(token) && (!token.audience || apiServer.test(token.audience));
  });
  if (at < 0) return undefined;
  return violation(volumeAt(pod, index, volume), ['projected', 'sources', at, 'serviceAccountToken', 'audience'], {
    severity: 'warning',
    value: sources[at]?.serviceAccountToken?.audience ?? undefined,
    message: `volume "${volume.name}" projects a token for the API server`,
    remedy: 'name the audience that it is for; what calls the API server is given access to it by grantApiAccess',
  });
});

export const serviceAccountToken = {
  id: 'service-account-token',
  subject: 'pod',
  title: 'No token is mounted unasked',
  severity: 'error',
  why:
    'The token that is mounted by default lets an attacker in the container speak to the API server as the workload, and list what its account may see. ' +
    'Source: CIS Kubernetes Benchmark 5.1.6.',
  fix: 'Set automountServiceAccountToken: false on the pod; mount a projected token with an audience and an expiry if the application calls an API.',
  check: (pod, context) => {
    const value = pod.spec.automountServiceAccountToken;
    const more = projected(pod, context);
    if (value === false) return more;
    return [
      violation(pod, ['automountServiceAccountToken'], {
        value: value ?? undefined,
        message: 'the token of the ServiceAccount is mounted into every container of the pod',
        remedy: 'set automountServiceAccountToken to false; project a token where the application needs one',
      }),
      ...more,
    ];
  },
} as const satisfies PodRule;
