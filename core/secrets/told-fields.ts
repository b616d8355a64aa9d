import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath, type Path, valueAt } from '../manifest/path';
import { isMapping } from '../manifest/plain';
import { podTemplateOf } from '../manifest/pod-template';
import { agentPrefixes } from './vault/agent';

/** Fields of an object that are asked for: each of these, and of a mapping each entry but the named ones. */
interface Told {
  readonly path: Path;
  readonly entriesBut?: readonly string[];
}

const fieldsOf = (...names: readonly string[]): readonly Told[] => names.map((name) => ({ path: ['spec', name] }));

const ofOperator = fieldsOf('vaultAuthRef', 'namespace', 'type', 'mount', 'path', 'role', 'version', 'params');
const ofStore = fieldsOf('provider');

const byKind: Readonly<Record<string, readonly Told[]>> = {
  'secrets-store.csi.x-k8s.io/SecretProviderClass': [
    ...fieldsOf('provider'),
    // A rule judges it.
    { path: ['spec', 'parameters'], entriesBut: ['vaultSkipTLSVerify'] },
  ],
  'secrets.hashicorp.com/VaultConnection': fieldsOf('address'),
  'secrets.hashicorp.com/VaultAuth': [{ path: ['spec'], entriesBut: [] }],
  'secrets.hashicorp.com/VaultStaticSecret': ofOperator,
  'secrets.hashicorp.com/VaultDynamicSecret': ofOperator,
  'secrets.hashicorp.com/VaultPKISecret': ofOperator,
  'external-secrets.io/SecretStore': ofStore,
  'external-secrets.io/ClusterSecretStore': ofStore,
  'external-secrets.io/ExternalSecret': fieldsOf('secretStoreRef', 'data', 'dataFrom'),
};

/** Annotations of the injector that say neither what is read nor as whom: rules judge them, or they weaken nothing. */
const ofTheAgentItself =
  /^(?:tls-skip-verify|agent-image|agent-(?:requests|limits)-[a-z]+|log-(?:level|format)|agent-(?:init-)?json-patch|agent-set-security-context|agent-run-as-(?:user|group|same-user)|agent-revoke-(?:on-shutdown|grace)|template-(?:config-exit-on-retry-failure|config-max-connections-per-host|static-secret-render-interval))$/;

/** Whether an annotation tells the injector what is read, from where, as whom, or into which containers. */
export function tellsInjector(annotation: string): boolean {
  const prefix = agentPrefixes.find((each) => annotation.startsWith(`${each}/`));
  return prefix !== undefined && !ofTheAgentItself.test(annotation.slice(prefix.length + 1));
}

/** What an object says of the secrets that are read: which, from where, and as whom. By the property that says it. */
export function toldOfSecrets(object: KubernetesObject): ReadonlyMap<string, unknown> {
  const told = new Map<string, unknown>();
  for (const { path, entriesBut } of byKind[`${apiGroup(object.apiVersion)}/${object.kind}`] ?? []) {
    const value = valueAt(object, path);
    if (entriesBut === undefined || !isMapping(value)) told.set(formatPath(path), value);
    else
      for (const [key, entry] of Object.entries(value))
        if (!entriesBut.includes(key)) told.set(formatPath([...path, key]), entry);
  }
  const template = podTemplateOf(object);
  if (template === undefined || !isMapping(template.metadata.annotations)) return told;
  for (const [key, text] of Object.entries(template.metadata.annotations))
    if (tellsInjector(key)) told.set(formatPath([...template.path, 'metadata', 'annotations', key]), text);
  return told;
}
