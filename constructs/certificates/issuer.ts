import type { IssuerReference } from '../../core/certificates/certificate';
import { isDnsSubdomain } from '../../core/manifest';
import { show } from '../app/shape';

/** Who signs certificates: an Issuer or ClusterIssuer of cert-manager. */
export class Issuer {
  /**
   * One that every namespace may ask.
   * @throws TypeError where it is no name of an object
   */
  static cluster(name: string): Issuer {
    return new Issuer('ClusterIssuer', name);
  }

  /**
   * One of the namespace that the certificate is in. cert-manager asks no Issuer of another.
   * @throws TypeError where it is no name of an object
   */
  static local(name: string): Issuer {
    return new Issuer('Issuer', name);
  }

  /** How a Certificate names it. */
  readonly reference: IssuerReference;

  private constructor(kind: IssuerReference['kind'], name: string) {
    if (typeof name !== 'string' || !isDnsSubdomain(name))
      throw new TypeError(`${show(name)} is no name of an issuer; name one that is there: Issuer.cluster('internal')`);
    this.reference = { group: 'cert-manager.io', kind, name };
  }
}
