import { objects } from '../../clause';
import { objectRule } from '../../define';
import { is } from '../../expression/operators';
import type { Sym, Value } from '../../expression/symbol';

interface Typed {
  readonly type?: string;
}

interface Template {
  readonly template?: Typed;
}

/** What a Secret is, or what has somebody make one: each kind says its type in a place of its own. */
interface Maker extends Typed {
  readonly spec?: Template & {
    /** ExternalSecret. */
    readonly target?: Template;
    /** ClusterExternalSecret. */
    readonly externalSecretSpec?: { readonly target?: Template };
    /** Vault Secrets Operator. */
    readonly destination?: Typed;
    /** SecretProviderClass. */
    readonly secretObjects?: readonly Typed[];
  };
}

const remedy = 'remove it; project a token into the pod, or use `kubectl create token` outside the cluster';

const violation = <T>(of: (thing: Sym<T>) => Value<string>, message: string) => ({
  when: (thing: Sym<T>) => is(of(thing), 'kubernetes.io/service-account-token'),
  at: of,
  message,
  remedy,
});

/** Where a kind says the type of the Secret that is made of it. */
const places: readonly ((maker: Sym<Maker>) => Value<string>)[] = [
  ({ spec }) => spec.template.type,
  ({ spec }) => spec.target.template.type,
  ({ spec }) => spec.externalSecretSpec.target.template.type,
  ({ spec }) => spec.destination.type,
];

const made = 'the Secret that is made of it asks for a ServiceAccount token that never expires';

export const tokenSecret = objectRule({
  id: 'token-secret',
  kinds: [
    '/Secret',
    'bitnami.com/SealedSecret',
    'external-secrets.io/ExternalSecret',
    'external-secrets.io/ClusterExternalSecret',
    'secrets.hashicorp.com/VaultStaticSecret',
    'secrets.hashicorp.com/VaultDynamicSecret',
    'secrets.hashicorp.com/VaultPKISecret',
    'secrets.hashicorp.com/HCPVaultSecretsApp',
    'secrets-store.csi.x-k8s.io/SecretProviderClass',
  ],
  title: 'No Secret holds a token that never expires',
  severity: 'error',
  why:
    'The controller fills a Secret of this type with a ServiceAccount token that has no end and no audience: ' +
    'stolen once, it works until someone deletes the Secret.',
  fix: 'Project a token with an audience and an expiry into the pod, or ask for one with `kubectl create token`.',
  clauses: [
    objects<Maker>().violation(
      violation(({ type }) => type, 'the Secret asks for a ServiceAccount token that never expires'),
    ),
    ...places.map((place) => objects<Maker>().violation(violation(place, made))),
    objects<Maker>()
      .each(({ spec }) => spec.secretObjects)
      .violation(violation(({ type }) => type, made)),
  ],
});
