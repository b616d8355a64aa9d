import { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue } from '../../core/manifest';
import { isMapping } from '../../core/manifest/plain';
import { cidrFault } from '../../core/network/cidr';
import {
  type VaultAgentOptions,
  type VaultAgentResources,
  type VaultOperatorCache,
  type VaultServer,
  type VaultSoftware,
  vaultDeliveryIds,
} from '../../core/secrets/vault/server';
import {
  addressFault,
  audienceFault,
  authMountFault,
  placeFault,
  type ServerFault,
} from '../../core/secrets/vault/server-faults';
import { judged, list, oneOf, record, required, type Shape, type Shapes, show, text } from './shape';

function named(what: string, isName: (text: string) => boolean): Shape {
  const refuse = (given: unknown): ServerFault | undefined =>
    typeof given === 'string' && isName(given)
      ? undefined
      : { message: `${show(given)} is not ${what}`, remedy: `give ${what}` };
  return judged(what, refuse);
}

const caShapes: Shapes<NonNullable<VaultServer['ca']>> = {
  secret: required(named("the name of a Secret, such as 'vault-ca'", isDnsSubdomain), "'vault-ca'"),
  key: named(
    "a key of a Secret, such as 'ca.crt'",
    (key) => /^[-._a-zA-Z0-9]{1,253}$/.test(key) && !/^\.\.?$/.test(key),
  ),
};

const example = { 'app.kubernetes.io/name': 'vault' };
const labels = judged('labels', (given) => {
  const remedy = "give those that Vault's pods have, and no others: { 'app.kubernetes.io/name': 'vault' }";
  if (!isMapping(given)) return { message: `${show(given)} is no object of labels`, remedy };
  const all = Object.entries(given);
  if (all.length === 0) return { message: 'no label is every pod of the namespace', remedy };
  const wrong = all.find(([key, each]) => !isLabelKey(key) || typeof each !== 'string' || !isLabelValue(each));
  return wrong && { message: `${JSON.stringify(wrong[0])} is no label, or its value is none`, remedy };
});
const podsShapes: Shapes<NonNullable<VaultServer['pods']>> = {
  namespace: required(named("the name of a namespace, such as 'vault'", isDnsLabel), "'vault'", 'vault'),
  labels: required(labels, "{ 'app.kubernetes.io/name': 'vault' }", example),
};

const quantity = named("an amount such as '50m' or '64Mi'", (amount) =>
  /^\d+(?:\.\d+)?(?:m|[kMGT]i?|Ki)?$/.test(amount),
);
const resourceShapes: Shapes<VaultAgentResources> = { cpu: quantity, memory: quantity, ephemeralStorage: quantity };
/** The rules about images judge which it is. */
const agentShapes: Shapes<VaultAgentOptions> = {
  image: required(text, "'registry.acme.example/vault@sha256:…'"),
  resources: record(resourceShapes),
};
const cacheShapes: Shapes<VaultOperatorCache> = {
  key: required(text, "'transit/keys/vso-client-cache'"),
  namespace: text,
  serviceAccountName: text,
};
const softwares = ['vault', 'openbao'] as const satisfies readonly VaultSoftware[];

const vaultShapes: Shapes<VaultServer> = {
  address: required(judged('a URL', addressFault), "'https://vault.vault.svc:8200'", 'https://vault.invalid:8200'),
  ca: record(caShapes),
  pods: record(podsShapes),
  cidrs: list(judged('a CIDR', cidrFault)),
  authMount: judged('the path of a mount', authMountFault),
  audience: judged('an audience', audienceFault),
  namespace: judged('a namespace of Vault', placeFault),
  software: oneOf(softwares),
  agent: record(agentShapes),
  refresh: text,
  maxTtl: text,
  delivery: oneOf(vaultDeliveryIds),
  operatorCache: record(cacheShapes),
};

/** The Vault of an app. */
export const vaultShape: Shape = record(vaultShapes);
