import { pods, volumes } from '../../clause';
import { podRule } from '../../define';
import { and, has, is, isEmpty, matches, not, or, text } from '../../expression/operators';

/** The volume in which a workload that was granted access to the API has its token. */
const grantedVolume = 'api-credentials';
const apiServer = /^(?:https:\/\/)?kubernetes\.default(?:\.svc(?:\.[\w.-]+)?)?\/?$/;

export const serviceAccountToken = podRule({
  id: 'service-account-token',
  title: 'No token is mounted unasked',
  severity: 'error',
  why:
    'The token that is mounted by default lets an attacker in the container speak to the API server as the workload, and list what its account may see. ' +
    'Source: CIS Kubernetes Benchmark 5.1.6.',
  fix: 'Set automountServiceAccountToken: false on the pod; mount a projected token with an audience and an expiry if the application calls an API.',
  clauses: [
    pods.violation({
      when: ({ spec }) => not(is(spec.automountServiceAccountToken, false)),
      at: ({ spec }) => spec.automountServiceAccountToken,
      message: 'the token of the ServiceAccount is mounted into every container of the pod',
      remedy: 'set automountServiceAccountToken to false; project a token where the application needs one',
    }),
    volumes
      .each(({ projected }) => projected.sources)
      .violation({
        when: ({ serviceAccountToken: token }, { name }) =>
          and(
            has(token),
            or(isEmpty(token.audience), matches(token.audience, apiServer)),
            not(is(name, grantedVolume)),
          ),
        at: ({ serviceAccountToken }) => serviceAccountToken.audience,
        message: (_source, volume) => text`${volume} projects a token for the API server`,
        remedy: 'name the audience that it is for; only what calls the API server needs a token for it',
        severity: 'warning',
      }),
  ],
});
