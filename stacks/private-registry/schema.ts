import { bucket, group, labels, number, ruleForms, text, texts, yes } from '../config-forms';

const user = group('Somebody who pulls and pushes by a password.', { name: text('As they log in.') }, ['name']);

const team = group(
  "A team's rights.",
  {
    name: text('What it is called.'),
    push: texts('Repositories that it may push to: shop/**.'),
    pull: texts('Repositories that it may pull from besides. Default: what it may push to.'),
    users: texts('Its users. Default: none.'),
    groups: texts('Its groups at the OpenID provider. Default: none.'),
  },
  ['name', 'push'],
);

const upstream = group(
  'A registry elsewhere.',
  {
    host: text('As docker.io.'),
    allow: texts('Its repositories that may be pulled: library/*.'),
    cidrs: texts('Addresses of the upstream, or of a proxy to it.'),
  },
  ['host', 'allow'],
);

const pullSecret = group(
  'A namespace whose pods pull by a user of the registry.',
  { namespace: text('The namespace, which is there.'), user: text('One of authentication.users.') },
  ['namespace', 'user'],
);

const identity = group(
  'Who proves an identity while signing. One of subject and matches.',
  {
    issuer: text('Who vouches for it: https://token.actions.githubusercontent.com.'),
    subject: text('The identity, exactly.'),
    matches: text('The identity as a regular expression, anchored at both ends.'),
  },
  ['issuer'],
);

const signers = {
  keys: texts('Public keys of cosign, as PEM.'),
  identities: { type: 'array' as const, description: 'Who signs without a key.', items: identity },
};

const unsigned = group(
  'Images from elsewhere that run unsigned, for a while.',
  {
    patterns: texts('As registry.k8s.io/**.'),
    reason: text('Why.'),
    expires: text('The last day: 2027-03-01.'),
  },
  ['patterns', 'reason', 'expires'],
);

/** The plain arguments of the stack private-registry: passwords are not among them. */
export const privateRegistrySchema = group(
  'The stack private-registry. It is deployed where this is set.',
  {
    product: text('distribution, zot or harbor. Default: distribution.'),
    images: group('The images, with their registries and digests.', { registry: text('That of the product.') }, [
      'registry',
    ]),
    registries: texts(
      "Registries that images may come from: the registry's own image comes from another than this one.",
    ),
    issuer: text('The ClusterIssuer of cert-manager whose authority nodes trust.'),
    host: text('What clients call it: registry.acme.example, without scheme and path.'),
    authentication: group(
      'How the registry lets in. Nobody is let in without.',
      {
        kind: text('htpasswd, token or oidc.'),
        users: {
          type: 'array',
          description: 'With htpasswd: who is let in. With oidc and zot: machines.',
          items: user,
        },
        realm: text('With token: where clients are sent for one.'),
        service: text('With token: the audience that tokens name.'),
        issuer: text('With token, who issues them; with oidc, the provider.'),
        certificates: text('With token: the certificates that tokens are signed by, as PEM. This or jwks.'),
        jwks: text('With token: the keys that tokens are signed by, as JSON. This or certificates.'),
        clientId: text('With oidc: the client at the provider.'),
        secretName: text('With oidc: a Secret that somebody else makes, with the key that the product reads.'),
        scopes: texts('With oidc. Default: openid, profile, email, groups.'),
        groupsClaim: text('With oidc: the claim with the groups of a user. Default: groups.'),
        cidrs: texts('With oidc: addresses of the provider.'),
      },
      ['kind'],
    ),
    teams: {
      type: 'array',
      description: 'Rights of teams. Default: whoever is let in may do everything.',
      items: team,
    },
    immutableTags: texts('Repositories whose tags never change. Default: none.'),
    bucket: bucket(
      'the registry',
      'Where blobs are kept, reached by the identity of the ServiceAccount: there is no key. Default: a volume.',
    ),
    volume: group('The volume, where there is no bucket.', {
      gibibytes: number('Default: from the load.'),
      storageClass: text("Default: the cluster's."),
    }),
    harbor: group(
      'With harbor: what it needs besides.',
      {
        images: labels('The images of its other parts, by their names.'),
        database: group(
          'PostgreSQL, over TLS.',
          {
            host: text('Where it is.'),
            port: number('Default: 5432.'),
            name: text('Default: registry.'),
            user: text('Who Harbor is to it.'),
            cidrs: texts('Addresses of it.'),
            authoritySecret: text('A Secret with the key ca.crt. Default: the authorities of the images.'),
          },
          ['host', 'user', 'cidrs'],
        ),
        scanner: group(
          'What it looks for vulnerabilities by.',
          {
            databases: texts("Repositories of trivy's database."),
            javaDatabases: texts('Those of what it knows of Java.'),
            cidrs: texts('Addresses of these, and of registries that Harbor copies from.'),
            gibibytes: number('The volume of the databases. Default: 10.'),
          },
          ['databases', 'javaDatabases', 'cidrs'],
        ),
        chart: text('A folder, or an address of an OCI registry. Default: https://helm.goharbor.io.'),
      },
      ['images', 'database', 'scanner'],
    ),
    replicas: number('More than one needs a bucket. Default: 2 with a bucket, 1 without.'),
    secretsElsewhere: yes(
      'Whether somebody else makes the Secrets, such as External Secrets: no password is given then, and the program can be rendered. Default: false.',
    ),
    upstreams: { type: 'array', description: 'Registries whose images are kept here once pulled.', items: upstream },
    signatures: group(
      'Whose images the cluster runs, as a policy of Kyverno. Default: nobody has to sign.',
      {
        ...signers,
        scan: group(
          'A fresh scan that has to be attested. Default: none is asked for.',
          {
            ...signers,
            scanner: text('What has scanned, as the attestation names it: pkg:github/aquasecurity/trivy.'),
            report: text('trivy or grype. Default: trivy.'),
            maxAgeHours: number('How old a scan may be. Default: 72.'),
            refuseFrom: text('The least severity that is refused. Default: high.'),
          },
          ['scanner'],
        ),
        unsigned: { type: 'array', description: 'Default: nothing.', items: unsigned },
        excludeNamespaces: texts("Namespaces where nothing is verified, beside the registry's own. Default: none."),
        pullSecrets: texts("Secrets in Kyverno's namespace, by which it reads signatures."),
      },
      ['pullSecrets'],
    ),
    garbageCollection: group('When what nothing refers to any more is deleted.', {
      weekdays: texts('Days of the week. Default: sunday.'),
      at: text('When it begins, in UTC. Default: 02:00.'),
      minutes: number('How long it may take, and pushes are refused. Default: 60.'),
    }),
    backup: group(
      "A copy of the registry's volume on another one. Default: there is none.",
      {
        at: text('When it is made each day, in UTC. Default: 00:30.'),
        gibibytes: number("Default: that of the registry's."),
        storageClass: text("Another than that of the registry's volume, on other disks."),
        days: number('How many days can be gone back to. Default: 14.'),
        restore: text('The day of the copy that an empty volume is filled from. Default: none is.'),
      },
      ['storageClass'],
    ),
    pullSecrets: { type: 'array', description: 'Who pulls. Default: nobody is given a Secret.', items: pullSecret },
    load: group('What the registry has to carry: its size follows from it.', {
      pullsPerSecond: {
        type: 'number',
        description: 'Images that nodes pull in a second, at the busiest. Default: 1.',
      },
      imageGibibytes: { type: 'number', description: 'What is kept, in GiB. Default: 50.' },
    }),
    gatewayNamespace: text('The namespace of the gateway that hands connections on as they are (TLS passthrough).'),
    prometheusNamespace: text('The namespace of Prometheus, which may ask for metrics. Default: none may.'),
    metricsUser: text('With zot: the one of authentication.users that Prometheus asks as. Default: none may.'),
    namespace: text('The namespace that is made. Default: registry.'),
    alerts: yes(
      'Whether there are alerts: the cluster has the Prometheus operator. Default: where Prometheus may ask.',
    ),
    dashboard: yes(
      'Whether there is a dashboard, for the sidecar of Grafana: distribution has one. Default: where Prometheus may ask.',
    ),
    ...ruleForms,
  },
  ['images', 'registries', 'issuer', 'host', 'authentication', 'gatewayNamespace'],
);
