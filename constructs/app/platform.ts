import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isDay } from '../../core/calendar';
import { ClusterTarget } from '../../core/cluster';
import { defaultProfile, type HardeningProfile, type ProfileName, profiles } from '../../core/hardening';
import type { ImageRegistry } from '../../core/images/image-registry';
import { isDnsSubdomain, PodTemplateKinds } from '../../core/manifest';
import type { Connection, RequiredPolicy } from '../../core/network/connection';
import type { SecurityException } from '../../core/policy/exception';
import { hideTexts } from '../../core/policy/leaks/hidden';
import { describeFindings } from '../../core/report';
import type { CloudSecrets } from '../../core/secrets/cloud/settings';
import { tokensIn } from '../../core/secrets/leaks/scan';
import type { VaultServer } from '../../core/secrets/vault/server';
import { hasKeys, isPrintable } from '../../core/shape';
import { AppImages } from './app-images';
import { takeCloudSecrets } from './cloud-shape';
import type { DeclarationFault } from './declaration';
import { isHeld, registryNameFaults, takeImageRegistry } from './image-registry-shape';
import { errorsIn, inspect } from './inspection';
import { platformOf, setPlatform } from './platform-of';
import { clusterScope } from './rendering';
import { list, record, remedyForUnknown, type Shapes, show, takeArgument, value } from './shape';
import { SynthesisMemory } from './synthesis-memory';
import { today } from './today';
import { vaultShape } from './vault-shape';

/** What every construct of an app is made for. */
export interface PlatformProps {
  /** The cluster: its Kubernetes version, distribution and nodes. */
  readonly target: ClusterTarget;
  /**
   * The image repositories that may be pulled from, as prefixes of whole path components: `registry.acme.example/payments`
   * allows `registry.acme.example/payments/api`. An image from anywhere else is refused.
   */
  readonly registries: readonly string[];
  /**
   * Where images are pulled from instead, by prefix, for clusters without a way out:
   * `{ 'docker.io/library': 'registry.internal/mirror' }`. The mirrors are allowed registries.
   * @default - none
   */
  readonly mirrors?: Readonly<Record<string, string>>;
  /**
   * A registry of one's own with copies of what `upstreams` lists: images are written by upstream's names, locked by them, and pulled from there. It is an
   * allowed registry.
   * @default - none
   */
  readonly privateRegistry?: ImageRegistry;
  /**
   * The lock that `bulwark images lock` writes: an image that is named by its tag gets the digest that the lock has for it.
   * @default - `images.lock.json` in the current folder, where there is one
   */
  readonly imageLock?: string;
  /** The set of secure defaults. A profile never changes once it is released. @default '2026.1' */
  readonly profile?: ProfileName;
  /** Exceptions that hold for the whole app. @default - none */
  readonly exceptions?: readonly SecurityException[];
  /** Custom kinds without a namespace, as `group/Kind`. @default - none besides Kubernetes' own */
  readonly clusterScopedKinds?: readonly string[];
  /** Custom kinds that hold a pod template, such as Argo Rollouts. @default - templates in custom kinds are looked for */
  readonly podTemplateKinds?: PodTemplateKinds;
  /** The Vault that secrets are read from. @default - none */
  readonly vault?: VaultServer;
  /** Where the secrets of a cloud are, and how they come into pods. @default - each mount says where, and csi brings them */
  readonly cloudSecrets?: CloudSecrets;
  /** The day against which exceptions expire, as `YYYY-MM-DD`. @default - today, in UTC */
  readonly today?: string;
}

/**
 * The cluster and the rules an app is made for, found from any construct in it. BulwarkApp attaches its own; a plain cdk8s App gets
 * one by `Platform.attach(app, { … })` before its first construct.
 */
export class Platform {
  /**
   * Attaches a platform to an app. From then on cdk8s' own synthesis (`app.synth()`, `cdk8s synth`, `Testing.synth(chart)`) checks
   * everything in the app before it writes, refuses what the rules refuse, and gives cluster-scoped objects no namespace.
   */
  static attach(app: App, props: PlatformProps): Platform {
    refuseUnusable(props);
    const platform = new Platform(props);
    setPlatform(app, platform);
    platform.addExceptions(app, props.exceptions);
    app.resolvers.unshift(clusterScope);
    const errors = new SynthesisMemory<string[]>(app, {
      prepare: () => platform.touch(),
      // What constructs say of themselves is left out: cdk8s asks them, too.
      ask: () =>
        platform.images.isRecording
          ? [cannotRecord]
          : errorsIn(inspect(app, { asksConstructs: false })).map((finding) => describeFindings([finding])),
      state: () => `${platform.revision} ${app.node.findAll().length}`,
    });
    app.node.addValidation({ validate: () => errors.recall() });
    return platform;
  }

  /** The platform of the app that the construct is in. Throws where there is none. */
  static of(construct: IConstruct): Platform {
    return platformOf(construct);
  }

  readonly target: ClusterTarget;
  readonly registries: readonly string[];
  readonly mirrors: Readonly<Record<string, string>>;
  readonly privateRegistry: ImageRegistry | undefined;
  readonly profileName: ProfileName;
  readonly profile: HardeningProfile;
  readonly podTemplateKinds: PodTemplateKinds;
  readonly clusterScopedKinds: ReadonlySet<string>;
  readonly vault: VaultServer | undefined;
  readonly cloudSecrets: CloudSecrets | undefined;
  readonly today: string;
  /** What its images are in manifests. @internal */
  readonly images: AppImages;
  /** What is wrong with its own props; the default stands in for them. @internal */
  readonly faults: readonly DeclarationFault[];

  readonly #connections = new Map<string, Connection>();
  readonly #requiredPolicies = new Map<string, RequiredPolicy>();
  readonly #takenNames = new Set<string>();
  readonly #exceptions = new Map<IConstruct, SecurityException[]>();
  #revision = 0;

  private constructor(props: PlatformProps) {
    this.target = props.target;
    this.mirrors = props.mirrors ?? {};
    const targets = Object.values(this.mirrors);
    const { privateRegistry, registries } = props;
    const { argument: registry, faults: ofRegistry } = takeImageRegistry(privateRegistry, registries, targets);
    this.privateRegistry = registry;
    this.registries = [
      ...registries,
      // What the private registry has of a mirror is pulled from there alone.
      ...targets.filter((each) => registry === undefined || !isHeld(registry, each)),
      ...(registry === undefined ? [] : [registry.host]),
    ];
    const { profile = defaultProfile } = props;
    const wrongProfile = profileFaults(profile);
    const { clusterScopedKinds, today: day } = props;
    const settings = takeArgument<Settings>(settingsShape, { clusterScopedKinds, today: day }, '');
    const vault = takeVault(props.vault);
    const cloudSecrets = takeCloudSecrets(props.cloudSecrets);
    this.images = new AppImages(this.mirrors, registry, props.imageLock ?? undefined);
    this.faults = [
      ...wrongProfile,
      ...vault.faults,
      ...cloudSecrets.faults,
      ...ofRegistry,
      ...registryNameFaults(registries, this.mirrors),
      ...this.images.faults,
      ...settings.faults,
      ...unknownProps(props),
    ];
    this.profileName = wrongProfile.length > 0 ? defaultProfile : profile;
    this.profile = profiles[this.profileName];
    this.podTemplateKinds = props.podTemplateKinds ?? PodTemplateKinds.builtIn;
    this.clusterScopedKinds = new Set(settings.argument?.clusterScopedKinds);
    const agent = vault.argument?.agent;
    this.vault = agent
      ? { ...vault.argument, agent: { ...agent, image: this.images.pinned(agent.image) } }
      : vault.argument;
    this.cloudSecrets = cloudSecrets.argument;
    this.today = settings.argument?.today ?? today();
  }

  /** Grows with every declaration, so that what was derived from an older state is known to be old. @internal */
  get revision(): number {
    return this.#revision;
  }

  /** Says that a declaration changed. @internal */
  touch(): void {
    this.#revision++;
  }

  /** Adds exceptions that cover a construct and everything below it. @internal */
  addExceptions(construct: IConstruct, exceptions: readonly SecurityException[] | undefined): void {
    if (exceptions === undefined || exceptions === null) return;
    // Plain JavaScript may give anything: what is no list is kept as a list in the list, which judging reports as no exception.
    const given: readonly unknown[] = Array.isArray(exceptions) ? exceptions : [[exceptions]];
    if (given.length === 0) return;
    const list = given as readonly SecurityException[];
    this.touch();
    const known = this.#exceptions.get(construct);
    if (known) known.push(...list);
    else this.#exceptions.set(construct, [...list]);
  }

  /** The exceptions, by the construct that carries them. */
  get exceptions(): ReadonlyMap<IConstruct, readonly SecurityException[]> {
    return this.#exceptions;
  }

  /** Notes an opening between two ends; the same one twice is one. @internal */
  addConnection(connection: Connection): void {
    const { from, to, ports, until = '' } = connection;
    this.#connections.set(`${from} ${to} ${ports} ${until}`, connection);
  }

  /** What may reach what, in the order of declaration. */
  get connections(): readonly Connection[] {
    return [...this.#connections.values()];
  }

  /** A name that no other object of the kind was given there: what makes up a name may add up to the same for two. @internal */
  freeName(kind: string, namespace: string | undefined, name: string): string {
    const taken = (candidate: string) => `${kind} ${namespace ?? ''}/${candidate}`;
    let free = name;
    for (let i = 2; this.#takenNames.has(taken(free)); i++) free = `${name}-${i}`;
    this.#takenNames.add(taken(free));
    return free;
  }

  /** Notes a policy that the owner of another namespace must add, in place of an earlier one of its name. @internal */
  addRequiredPolicy(required: RequiredPolicy): void {
    this.#requiredPolicies.set(`${required.namespace}/${required.policy.metadata.name}`, required);
  }

  /** The policies that the owners of other namespaces must add. */
  get requiredPolicies(): readonly RequiredPolicy[] {
    return [...this.#requiredPolicies.values()];
  }

  /** Where an image is pulled from in this cluster: the mirror with the longest prefix, or the private registry, or the reference as it is. */
  mirrored(image: string): string {
    return this.images.pulledAs(image);
  }
}

/** cdk8s' own synthesis would write stand-ins over what is there. */
const cannotRecord =
  'a plain cdk8s App cannot say which images it uses without writing manifests: use BulwarkApp, or name manifests by `bulwark images lock --from <path>`';

type Settings = Pick<PlatformProps, 'clusterScopedKinds' | 'today'>;

const settingsShapes: Shapes<Settings> = {
  clusterScopedKinds: list(value("a kind such as 'cert-manager.io/ClusterIssuer'", isGroupAndKind)),
  today: value("a day such as '2026-12-31'", isDay),
};
const settingsShape = record(settingsShapes);

function isGroupAndKind(given: unknown): boolean {
  const [group = '', kind = '', ...more] = typeof given === 'string' ? given.split('/') : [];
  return isDnsSubdomain(group) && /^[A-Za-z][A-Za-z0-9]*$/.test(kind) && more.length === 0;
}

/** Its own props, and those of BulwarkApp. */
const propNames: Readonly<Record<keyof PlatformProps | 'outdir' | 'environment' | 'layout', true>> = {
  target: true,
  registries: true,
  mirrors: true,
  privateRegistry: true,
  imageLock: true,
  profile: true,
  exceptions: true,
  clusterScopedKinds: true,
  podTemplateKinds: true,
  vault: true,
  cloudSecrets: true,
  today: true,
  outdir: true,
  environment: true,
  layout: true,
};

/** What nobody reads is a slip; its value is in no fault. */
function unknownProps(props: PlatformProps): readonly DeclarationFault[] {
  return Object.entries(props)
    .filter(([name, value]) => value !== undefined && !Object.hasOwn(propNames, name))
    .map(([name]) => ({
      rule: 'prop-valid',
      property: name,
      message: `the app has no prop ${JSON.stringify(name)}`,
      remedy: remedyForUnknown(name, Object.keys(propNames)),
    }));
}

/**
 * What a platform cannot be made without: in plain JavaScript, or past the compiler, it may be missing.
 * @param more what else is wrong
 * @throws TypeError with all of it
 */
export function refuseUnusable(props: unknown, more: readonly string[] = []): void {
  const { target, registries, mirrors, imageLock, podTemplateKinds } = (props ?? {}) as Readonly<
    Record<string, unknown>
  >;
  // What is missing in a list is no text, and every would pass it over.
  const areTexts = (list: readonly unknown[]) => Array.from(list).every((each) => typeof each === 'string');
  const problems: string[] = [...more];
  if (!(target instanceof ClusterTarget)) {
    problems.push(`target = ${show(target)} is no ClusterTarget; name the cluster: ClusterTarget.of('1.34')`);
  }
  if (!Array.isArray(registries) || !areTexts(registries)) {
    const remedy = "name where images may come from: ['registry.acme.example']";
    problems.push(`registries = ${shown(registries)} is no list of texts; ${remedy}`);
  }
  if (mirrors !== undefined && mirrors !== null) {
    const remedy = "give a text for each prefix: { 'docker.io/library': 'registry.internal/mirror' }";
    // A Map would be taken for no mirror at all.
    if (!hasKeys(mirrors)) problems.push(`mirrors = ${shown(mirrors)} is no object; ${remedy}`);
    else if (!areTexts(Object.values(mirrors)))
      problems.push(`mirrors = ${shown(mirrors)} holds what is no text; ${remedy}`);
  }
  if (imageLock !== undefined && imageLock !== null && (typeof imageLock !== 'string' || imageLock === '')) {
    problems.push(`imageLock = ${show(imageLock)} is no file; name it: 'images.lock.json'`);
  }
  if (podTemplateKinds !== undefined && podTemplateKinds !== null && !(podTemplateKinds instanceof PodTemplateKinds)) {
    const remedy =
      "name the kinds: PodTemplateKinds.builtIn.with({ group: 'argoproj.io', kind: 'Rollout', path: ['spec', 'template'] })";
    problems.push(`podTemplateKinds = ${show(podTemplateKinds)} is no PodTemplateKinds; ${remedy}`);
  }
  if (problems.length > 0) throw new TypeError(`the app cannot be made:\n  ${problems.join('\n  ')}`);
}

/** A value as an error shows it, without the secrets that are known by their form: nothing else hides them in what is thrown. */
function shown(given: unknown): string {
  const text = show(given);
  return hideTexts(text, tokensIn(text));
}

/** The Vault, with something harmless in place of what cannot be used. */
function takeVault(given: unknown) {
  return given === undefined || given === null
    ? { argument: undefined, faults: [] }
    : takeArgument<VaultServer>(vaultShape, given, 'vault');
}

function profileFaults(profile: unknown): readonly DeclarationFault[] {
  if (typeof profile === 'string' && Object.hasOwn(profiles, profile)) return [];
  return [
    {
      rule: 'target-valid',
      property: 'profile',
      ...(isPrintable(profile) && { value: profile }),
      message: `there is no profile ${show(profile)}`,
      remedy: `name one of ${Object.keys(profiles).join(', ')}, or leave it out for ${defaultProfile}`,
    },
  ];
}
