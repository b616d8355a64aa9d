import type { Bucket } from '../bucket';

/** Where a program listens. */
export interface RegistryListener {
  /** `0.0.0.0` */
  readonly address: string;
  readonly port: number;
}

/** Files of the certificate that the registry shows. */
export interface RegistryTls {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How a registry lets in. Anonymous pulls are off in each of them. */
export type RegistryAuthentication =
  | {
      readonly kind: 'htpasswd';
      /** The file with a line of `<user>:<bcrypt>` for each user. */
      readonly file: string;
    }
  | {
      readonly kind: 'token';
      /** Where clients are sent for a token: `https://…`. */
      readonly realm: string;
      /** The audience of the tokens. */
      readonly service: string;
      /** Who issues them. */
      readonly issuer: string;
      /** A file with the certificates, or the keys as a JWKS, that tokens are signed by. */
      readonly trust: { readonly certificates: string } | { readonly jwks: string };
    }
  | {
      readonly kind: 'oidc';
      /** `https://…` */
      readonly issuer: string;
      readonly clientId: string;
      /** The file of the client's secret. */
      readonly clientSecretFile: string;
      readonly scopes: readonly string[];
      /** The claim with the groups of a user. */
      readonly groupsClaim: string;
      /** Of machines, which nobody signs in: a file as with `htpasswd`. @default - there are none */
      readonly file?: string;
    };

/** Who may push and pull what. */
export interface RegistryTeam {
  readonly name: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** Patterns of repositories: `shop/**`. */
  readonly push: readonly string[];
  readonly pull: readonly string[];
}

/** Where blobs are kept. */
export type RegistryStorage = Bucket | { readonly kind: 'volume'; readonly folder: string };

/** A registry elsewhere whose images are kept here once they were pulled. */
export interface RegistryUpstream {
  /** `docker.io` */
  readonly host: string;
  /** Patterns of its repositories: `library/*`. Nothing else is taken from it. */
  readonly allow: readonly string[];
}

/** What a registry is to be, whichever product it is. */
export interface RegistrySettings {
  /** What clients call it: `registry.acme.example`, `registry.acme.example:8443`. */
  readonly host: string;
  readonly listen: RegistryListener;
  /** Of metrics, over plain HTTP. @default - there are none */
  readonly metrics?: RegistryListener;
  readonly tls: RegistryTls;
  readonly authentication: RegistryAuthentication;
  readonly teams: readonly RegistryTeam[];
  /** Patterns of repositories whose tags never change. */
  readonly immutableTags: readonly string[];
  readonly storage: RegistryStorage;
  readonly upstreams: readonly RegistryUpstream[];
}
