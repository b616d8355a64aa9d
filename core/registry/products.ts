import type { RegistryFault } from './fault';

/** What a registry may be made with. */
export const registryProducts = ['distribution', 'zot', 'harbor'] as const;

export type RegistryProduct = (typeof registryProducts)[number];

/** What one product has and another has not. */
export type RegistryFeature =
  | 'htpasswd'
  | 'token'
  | 'oidc'
  | 'teams'
  | 'immutableTags'
  | 'upstreams'
  | 'onlineCollection'
  | 'window'
  | 'keepsMoved'
  | 'replicas'
  | 'copies'
  | 'dashboard'
  | 'blocksUnscanned';

interface FeatureRow {
  readonly what: string;
  readonly has: Readonly<Record<RegistryProduct, boolean>>;
}

/** Which product has what. The page of the stack prints it. */
export const registryFeatures: Readonly<Record<RegistryFeature, FeatureRow>> = {
  htpasswd: {
    what: 'users and passwords of its own, as htpasswd',
    has: { distribution: true, zot: true, harbor: false },
  },
  token: {
    what: 'tokens of a service of yours, whose issuer and audience are checked',
    has: { distribution: true, zot: false, harbor: false },
  },
  oidc: {
    what: 'login by an OpenID provider',
    has: { distribution: false, zot: true, harbor: true },
  },
  teams: {
    what: 'rights of a team on its repositories',
    has: { distribution: false, zot: true, harbor: true },
  },
  immutableTags: {
    what: 'tags that never change',
    has: { distribution: false, zot: true, harbor: true },
  },
  upstreams: {
    what: 'a pull-through cache with an allow-list, beside pushes',
    has: { distribution: false, zot: true, harbor: true },
  },
  onlineCollection: {
    what: 'garbage collection while pushes run',
    has: { distribution: false, zot: true, harbor: true },
  },
  window: {
    what: 'garbage collection at a time that is told',
    has: { distribution: true, zot: false, harbor: false },
  },
  keepsMoved: {
    what: 'what a tag was at before it moved is still there, by its digest',
    has: { distribution: true, zot: false, harbor: true },
  },
  replicas: {
    what: 'more than one replica over a bucket',
    has: { distribution: true, zot: false, harbor: true },
  },
  copies: {
    what: 'a daily copy of its volume, and the way back',
    has: { distribution: true, zot: false, harbor: false },
  },
  dashboard: {
    what: 'a dashboard for Grafana that comes with it',
    has: { distribution: true, zot: false, harbor: false },
  },
  blocksUnscanned: {
    what: 'refuses the pull of an image that was not scanned',
    has: { distribution: false, zot: false, harbor: true },
  },
};

/** The products that have it. */
export function productsWith(feature: RegistryFeature): readonly RegistryProduct[] {
  const { has } = registryFeatures[feature];
  return registryProducts.filter((product) => has[product]);
}

/** What is wrong with asking a product for something, by the argument that asks for it. */
export function featureFaults(
  product: RegistryProduct,
  asked: readonly { readonly key: string; readonly feature: RegistryFeature }[],
): readonly RegistryFault[] {
  return asked
    .filter(({ feature }) => !registryFeatures[feature].has[product])
    .map(({ key, feature }) => ({
      key,
      message: `${product} does not have it: ${registryFeatures[feature].what}`,
      remedy: `leave it out, or use the product ${productsWith(feature).join(' or ')}`,
    }));
}
