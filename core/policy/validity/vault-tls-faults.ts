import { apiGroup } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { type Path, valueAt } from '../../manifest/path';
import type { PodTemplate } from '../../manifest/pod-template';
import { injectorsOf, isTrueText } from '../../secrets/vault/injector';

/** A way to Vault that is in the clear, or open to whoever answers. */
export interface VaultTlsFault {
  readonly path: Path;
  readonly value: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** Where an object says how Vault is reached: its address, and whether anybody's certificate will do. */
interface VaultFields {
  readonly address: Path;
  readonly skips?: Path;
}

const ofStore: VaultFields = { address: ['spec', 'provider', 'vault', 'server'] };

/** Vault Secrets Operator, the CSI driver of the Secrets Store with the providers of Vault and OpenBao, External Secrets Operator. */
const fieldsByKind: Readonly<Record<string, VaultFields>> = {
  'secrets.hashicorp.com/VaultConnection': { address: ['spec', 'address'], skips: ['spec', 'skipTLSVerify'] },
  'secrets-store.csi.x-k8s.io/SecretProviderClass': {
    address: ['spec', 'parameters', 'vaultAddress'],
    skips: ['spec', 'parameters', 'vaultSkipTLSVerify'],
  },
  'external-secrets.io/SecretStore': ofStore,
  'external-secrets.io/ClusterSecretStore': ofStore,
};

const none: readonly VaultTlsFault[] = [];

/** What of an object, or of the annotations of its pods, has Vault reached without TLS. */
export function vaultTlsFaults(object: KubernetesObject, template: PodTemplate | undefined): readonly VaultTlsFault[] {
  const fields = fieldsByKind[`${apiGroup(object.apiVersion)}/${object.kind}`];
  if (fields !== undefined) return faultsOf(object, fields);
  if (template === undefined) return none;
  return injectorsOf(template.metadata.annotations).flatMap(({ key }) => {
    const at = (name: string): Path => [...template.path, 'metadata', 'annotations', key(name)];
    return faultsOf(object, { address: at('service'), skips: at('tls-skip-verify') });
  });
}

function faultsOf(object: KubernetesObject, { address, skips }: VaultFields): readonly VaultTlsFault[] {
  const found: VaultTlsFault[] = [];
  const server = valueAt(object, address);
  if (isInTheClear(server))
    found.push({
      path: address,
      value: server,
      message: `${server} is reached without TLS: tokens and secrets cross the network in the clear`,
      remedy: 'name it by https://, and the Secret of its CA; or give an exception with its reason',
    });
  const skipping = skips === undefined ? undefined : valueAt(object, skips);
  if (skips !== undefined && (skipping === true || isTrueText(skipping)))
    found.push({
      path: skips,
      value: skipping,
      message:
        "nobody checks Vault's certificate: whoever answers in its place is given the token, and says what the secrets are",
      remedy: 'leave it out, and name the CA that signed the certificate',
    });
  return found;
}

/** On loopback nothing crosses the network. */
function isInTheClear(address: unknown): address is string {
  return (
    typeof address === 'string' &&
    /^\s*http:/i.test(address) &&
    !/^\s*http:\/\/(?:127(?:\.\d+){3}|localhost|\[::1\])(?:[:/]|\s*$)/i.test(address)
  );
}
