import { apiGroup } from '../../manifest/identity';
import { lastApplied } from '../../manifest/last-applied';
import type { KubernetesObject } from '../../manifest/object';
import { formatPath, type Path } from '../../manifest/path';
import { isMapping } from '../../manifest/plain';
import { remembering } from '../../manifest/remembering';
import { isSealed } from '../../secrets/encryption/sealed-secret';
import { isRandomSecret, mayBeSettingOfToken, mayHoldToken, SHORTEST, tokenIn } from '../../secrets/leaks/scan';
import { isOwnKind } from '../embedded-templates';
import { leakInAnnotation, maySetSecret } from './annotation-leaks';
import { commandsOf, mayTakeSecret, secretArguments, secretInLine } from './commands';
import { leakInLabel } from './label-leaks';
import { settingsInLine } from './line-settings';
import { DEEPEST, isNamedSecretValue, visitSettings } from './named-secrets';
import { secretsWithin } from './nested-secrets';
import { isLiteral } from './settings';
import { type Leak, leakInAssignments, leakInText } from './text-leaks';
import { mayHaveSettings } from './text-settings';

/** A secret in an object, without its value. */
export interface ObjectLeak extends Leak {
  readonly path: Path;
}

/** What is no part of what somebody wrote. */
const unwritten = new Set(['status']);
/** Where SOPS says how an object is encrypted: of every kind, beside its metadata. */
const ofSops = 'sops';

/** Parameters of drivers, in Kubernetes' own kinds: they are theirs to name. */
const ofDrivers = new Set(['parameters', 'volumeAttributes', 'options']);

/** Groups whose objects say where secrets are and what they become. */
const ofLocations = new Set(['external-secrets.io', 'secrets-store.csi.x-k8s.io', 'secrets.hashicorp.com']);
/** Of their fields, those that are called as secrets are, and hold what one is called. */
const namesThere = new Set([
  'secretKey',
  'remoteKey',
  'secretName',
  'secretRef',
  'secrets',
  'objectName',
  'objectAlias',
]);
/** Those that hold what the field above them is called: `templates.password.text`, `clientSecret.value`. */
const unnamedThere = new Set(['text', 'value']);

/** What a setting of such an object is called. */
function nameThere(name: string, path: Path): string {
  if (namesThere.has(name)) return 'name';
  return unnamedThere.has(name) ? String(path.at(-2)) : name;
}

/**
 * Every secret in an object, by the path of the text that holds it: nearly always none. By its form it is found anywhere, by what is around it in
 * arguments, variables, addresses and mount options. By its name it is found in every field of a kind of others; in Kubernetes' own kinds, whose
 * fields are known, in labels, in annotations and in what drivers are told (variables, ConfigMaps and Secrets have rules of their own).
 */
export function objectLeaks(object: KubernetesObject): readonly ObjectLeak[] {
  const isOwn = isOwnKind(object);
  if (isOwn && !isSuspect(object, 0)) return none;
  const leaks: ObjectLeak[] = [];
  const isSecret = object.apiVersion === 'v1' && object.kind === 'Secret';
  const isOfLocations = ofLocations.has(apiGroup(object.apiVersion));
  const isConfig = object.apiVersion === 'v1' && object.kind === 'ConfigMap';
  const isMadeUp = isOfFakeStore(object);
  const isSealedSecret = object.kind === 'SealedSecret' && apiGroup(object.apiVersion) === 'bitnami.com';
  for (const [field, tree] of Object.entries(object)) {
    if (unwritten.has(field) || field === ofSops || (isSecret && field !== 'metadata')) continue;
    visitSettings(tree, (name, value, below) => {
      const path = [field, ...below];
      if (isLeftOut(path)) return;
      if (isSealedSecret && isOfSealed(path)) {
        if (!isSealed(value) && value !== '' && !value.includes('{{')) leaks.push({ path, ...inTheClear });
        return;
      }
      const isNamed = isOwn ? isOwnSetting(path) || (isConfig && field === 'data') : field !== 'metadata';
      const calledAs = isOfLocations ? nameThere(name, path) : name;
      const leak =
        leakIn(isNamed ? calledAs : '', value, {
          byName: isOwn ? path.some(isOfDriver) : isNamed,
          ...(isOfLocations && { names: namesThere }),
        }) ??
        leakInAnnotation(path, value) ??
        leakInLabel(path, value) ??
        (isMadeUp(path) && isLiteral(value) ? { because: 'is given out as a secret' } : undefined) ??
        (isArgument(path) || (isOwn && path.at(-1) === 'value') ? leakInSettings(value) : undefined) ??
        leakInLine(path, value);
      if (leak !== undefined) leaks.push({ path, ...leak });
    });
  }
  const nested = isOwn ? none : secretsWithin(object).filter(({ path }) => path[0] !== 'status');
  return [...leaks, ...nested, ...leaksInCommands(object, leaks)];
}

/** Passwords that the words around them give away. */
function leaksInCommands(object: KubernetesObject, known: readonly ObjectLeak[]): readonly ObjectLeak[] {
  const paths = new Set(known.map(({ path }) => formatPath(path)));
  return commandsOf(object).flatMap(({ words }) =>
    [...secretArguments(words.map(({ text }) => text))].flatMap(([i, because]) => {
      const path = words[i]?.path ?? [];
      return paths.has(formatPath(path)) ? [] : [{ path, because }];
    }),
  );
}

/** What a container is started with, or what is run in it. */
const ofCommands = new Set<string | number | undefined>(['command', 'args']);
const isArgument = (path: Path): boolean => typeof path.at(-1) === 'number' && ofCommands.has(path.at(-2));

/** An argument, or a variable: it may be a file, a line that sets something, or more arguments. */
function leakInSettings(value: string): Leak | undefined {
  const inText = mayHaveSettings(value) ? leakInText(value) : undefined;
  if (inText !== undefined) return inText;
  const because = secretInLine(value);
  return because === undefined ? leakInAssignments(value) : { because };
}

/** Which fields hold what a store, or a generator, of External Secrets makes up: no store is asked, and the manifest has it. */
function isOfFakeStore({ apiVersion, kind }: KubernetesObject): (path: Path) => boolean {
  const group = apiGroup(apiVersion);
  if (group === 'external-secrets.io')
    return ([, provider, fake, data, , field]) =>
      provider === 'provider' && fake === 'fake' && data === 'data' && (field === 'value' || field === 'valueMap');
  const isGenerator = group === 'generators.external-secrets.io' && kind === 'Fake';
  return ([spec, data]) => isGenerator && spec === 'spec' && data === 'data';
}

const none: readonly never[] = [];

const isOfDriver = (step: string | number): boolean => ofDrivers.has(String(step));

/** Lists of `name=value`: of a volume, and of what Kustomize generates. */
const ofLines = new Set(['mountOptions', 'literals']);

/** An address, from where it says whose it is. */
const address = /:\/\/[^\s"'<>]{1,4000}/g;

/** What addresses in a text ask for, after their paths. */
function queriesIn(text: string): readonly string[] {
  if (!text.includes('://') || !text.includes('?')) return none;
  return [...text.matchAll(address)].flatMap(([found]) => {
    const start = found.indexOf('?');
    return start < 0 ? [] : [found.slice(start + 1).replace(/#.*$/s, '')];
  });
}

/** What a probe or a hook asks for, a mount option, a literal of Kustomize, an address: it may set a secret in the midst of it. */
function leakInLine(path: Path, value: string): Leak | undefined {
  const [last, above] = [path.at(-1), path.at(-2)];
  const isLine = (last === 'path' && above === 'httpGet') || (typeof last === 'number' && ofLines.has(String(above)));
  const lines = isLine ? [value] : queriesIn(value);
  return lines.some((line) => settingsInLine(line).length > 0) ? { because: 'sets a secret by its name' } : undefined;
}

/** Environment variables, headers, parameters of drivers. */
function isOwnSetting(path: Path): boolean {
  return path.at(-1) === 'value' || path.some(isOfDriver);
}

const isOfSealed = ([field, kind]: Path): boolean => field === 'spec' && kind === 'encryptedData';
const inTheClear = { because: 'is not what kubeseal writes' };

function isLeftOut(path: Path): boolean {
  return path[1] === 'managedFields' || path.at(-1) === lastApplied;
}

/** Why the value is taken for a secret. */
function leakIn(
  name: string,
  value: string,
  { byName, names }: { readonly byName: boolean; readonly names?: ReadonlySet<string> },
): Leak | undefined {
  const token = tokenIn(value, name);
  if (token !== undefined) return { because: `looks like ${token}` };
  if (name === '') return undefined;
  if (byName && isNamedSecretValue(name, value)) return { because: 'holds a secret by its name' };
  if (byName && mayHaveSettings(value)) {
    const inText = leakInText(value, names);
    if (inText !== undefined) return inText;
  }
  const assigned = byName ? leakInAssignments(value) : undefined;
  if (assigned !== undefined) return assigned;
  return isRandomSecret(name, value) ? random : undefined;
}

const random = { because: 'is random, and called as secrets are', severity: 'warning' } as const;

/** Whether what a field holds asks for a closer look. */
type Look = (value: unknown, holder: Readonly<Record<string, unknown>>) => boolean;

const isTellingName = remembering((name) => mayBeSettingOfToken(name) || /pass|pwd/i.test(name));
const tellsByNames: Look = (value) => isMapping(value) && Object.keys(value).some(isTellingName);
const takesSecrets: Look = (value) => Array.isArray(value) && value.some((word) => mayTakeSecret.test(String(word)));

/** What is looked for in a field of that name, besides the forms of secrets. */
const looks: ReadonlyMap<string, Look> = new Map<string, Look>([
  [
    'value',
    (value, { name }) =>
      typeof value === 'string' &&
      ((value.length >= SHORTEST && typeof name === 'string' && isTellingName(name)) || mayTakeSecret.test(value)),
  ],
  ['command', takesSecrets],
  ['args', takesSecrets],
  [
    'annotations',
    (value) => isMapping(value) && (Object.values(value).some(maySetSecret) || Object.keys(value).some(isTellingName)),
  ],
  ['labels', tellsByNames],
  ['mountOptions', () => true],
  ['path', (value) => typeof value === 'string' && value.includes('=')],
  ['data', tellsByNames],
  ...[...ofDrivers].map((name): [string, Look] => [name, tellsByNames]),
]);

const nowhere: Look = () => false;

/**
 * Fields of Kubernetes' own kinds that hold names, references, selectors, numbers and words of an enumeration: the API server takes no secret
 * there, and they are most of what is written. An image may be an address, by mistake.
 */
const restricted: ReadonlyMap<string, Look> = new Map([
  ...(
    'apiVersion kind name namespace imagePullPolicy type protocol selector podSelector namespaceSelector matchLabels ports ingress ' +
    'egress policyTypes strategy updateStrategy resources securityContext volumeMounts volumeDevices affinity tolerations topologySpreadConstraints ' +
    'serviceAccountName roleRef subjects accessModes'
  )
    .split(' ')
    .map((name): [string, Look] => [name, nowhere]),
  ['image', (value) => typeof value === 'string' && value.includes('://')],
]);

/** Whether a closer look is worth its time. */
function isSuspect(node: object, depth: number): boolean {
  if (depth > DEEPEST) return true;
  if (Array.isArray(node)) {
    for (let i = 0; i < node.length; i++) if (isSuspectValue(node[i], depth)) return true;
    return false;
  }
  const mapping = node as Readonly<Record<string, unknown>>;
  for (const key in mapping) {
    if (depth === 0 && unwritten.has(key)) continue;
    const value = mapping[key];
    const alone = restricted.get(key);
    if (alone === undefined ? isSuspectValue(value, depth) : alone(value, mapping)) return true;
    if (alone === undefined && looks.get(key)?.(value, mapping) === true) return true;
  }
  return false;
}

function isSuspectValue(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return mayHoldToken(value);
  return typeof value === 'object' && value !== null && isSuspect(value, depth + 1);
}
