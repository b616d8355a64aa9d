import { Construct } from 'constructs';
import { certificateSpec } from '../../core/certificates/certificate';
import { isDnsLabel } from '../../core/manifest';
import { durationSeconds } from '../../core/secrets/duration';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import { chartOf, type Shapes, scopeOf, takeProps, text, value } from '../app/shape';
import { Issuer } from './issuer';

/** An authority of one's own. */
export interface PrivateAuthorityProps {
  /** Who may ask it: every namespace, or the one that it is in. @default 'cluster' */
  readonly signsFor?: 'cluster' | 'namespace';
  /** What it is called in the certificates that it signs. @default - the construct's id */
  readonly commonName?: string;
  /** How long its certificate is valid; at most ten years. It is renewed when a third of it is left. @default '1825d' */
  readonly duration?: string;
  /** Where cert-manager reads the Secrets of ClusterIssuers: its `--cluster-resource-namespace`. @default 'cert-manager' */
  readonly clusterResourceNamespace?: string;
}

const shapes: Shapes<PrivateAuthorityProps> = {
  signsFor: value("'cluster' or 'namespace'", (given) => given === 'cluster' || given === 'namespace'),
  commonName: text,
  duration: text,
  clusterResourceNamespace: text,
};

const longestYears = 10;
const day = 86_400;

/**
 * An authority that signs certificates of the cluster: a root that signs itself, and the issuer that signs with it. Its key never leaves its
 * Secret, and stays when the root is renewed: what it has signed stays good, and clients trust the old root and the new one.
 *
 * Whoever reads the Secret is every service: create it where nobody but cert-manager may.
 *
 * @see https://cert-manager.io/docs/configuration/ca/
 */
export class PrivateAuthority extends Construct {
  /** For the certificates that it signs. */
  readonly issuer: Issuer;
  /** The namespace of its Secret. */
  readonly namespace: string;
  /** The Secret with its certificate and key. */
  readonly secretName: string;
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: PrivateAuthorityProps = {}) {
    super(scopeOf(scope, id, 'PrivateAuthority'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<PrivateAuthorityProps>(shapes, given ?? {});
    const { signsFor = 'cluster', commonName = id, duration = '1825d' } = props;
    this.namespace = chartOf(this, 'PrivateAuthority').namespace ?? 'default';
    this.secretName = `${id}-authority`;
    // What is no name is a fault of the objects, too.
    const name = isDnsLabel(id) ? id : 'authority';
    this.issuer = signsFor === 'cluster' ? Issuer.cluster(name) : Issuer.local(name);
    this.#faults = [...faults, ...this.#declared(props, signsFor, duration, commonName)];
    const seconds = durationSeconds(duration) ?? 0;
    const self = Issuer.local(`${name}-root`);
    this.#object('Root', 'Issuer', self.reference.name, { selfSigned: {} });
    this.#object(
      'Certificate',
      'Certificate',
      this.secretName,
      certificateSpec({
        secretName: this.secretName,
        commonName,
        duration,
        renewBefore: `${Math.floor(seconds / 3)}s`,
        key: 'ECDSA-P384',
        keepsKey: true,
        uses: 'authority',
        issuer: self.reference,
      }),
    );
    this.#object('Issuer', this.issuer.reference.kind, name, { ca: { secretName: this.secretName } });
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  #object(id: string, kind: string, name: string, spec: object): void {
    const namespaced = kind !== 'ClusterIssuer';
    const metadata = { name };
    new ManifestObject(this, id, {
      apiVersion: 'cert-manager.io/v1',
      kind,
      metadata,
      namespaced,
      body: () => ({ spec }),
    });
  }

  #declared(
    { clusterResourceNamespace: read = 'cert-manager' }: PrivateAuthorityProps,
    signsFor: 'cluster' | 'namespace',
    duration: string,
    commonName: string,
  ): readonly DeclarationFault[] {
    const faults: DeclarationFault[] = [];
    const fault = (property: string, wrong: string, message: string, remedy: string) =>
      faults.push({ rule: 'prop-valid', property, value: wrong, message, remedy });
    const seconds = durationSeconds(duration);
    if (seconds === undefined) fault('duration', duration, `${duration} is no duration`, "write it in days: '1825d'");
    else if (seconds > longestYears * 366 * day || seconds < 30 * day)
      fault('duration', duration, `${duration} is no time for an authority`, 'give from 30d to 3650d');
    if (commonName.length === 0 || commonName.length > 64)
      fault('commonName', commonName, 'it has no name of 1 to 64 characters', "name it: 'internal'");
    if (signsFor === 'cluster' && this.namespace !== read)
      fault(
        'signsFor',
        signsFor,
        `cert-manager reads the key of a ClusterIssuer in the namespace ${read}, and this one is in ${this.namespace}`,
        `create it in ${read}, or declare signsFor: 'namespace'`,
      );
    return faults;
  }
}
