import { AsyncLocalStorage } from 'node:async_hooks';
import { runtime } from '@pulumi/pulumi';
import type { KubernetesObject } from '../../core/manifest/object';
import type { Path } from '../../core/manifest/path';
import { isMapping } from '../../core/manifest/plain';
import { readManifests } from '../../core/manifest/yaml/read';

/** A resource that a program has registered. */
export interface Registration {
  /** Its type: `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** The URN of what it is in; absent for what is in nothing but the stack. */
  readonly parent?: string;
  /** False for a component. */
  readonly custom: boolean;
  /** Whether the provider makes what is in it, out of this program's sight. */
  readonly remote: boolean;
  /** The provider that it is made by, as `urn::id`; empty for the default one. */
  readonly provider: string;
  /** What is known of its inputs and no secret. In a list null stands for the rest, so that the others keep their places. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where its secrets are. */
  readonly secrets: readonly Path[];
  /** Where the values are that are not known before an update. */
  readonly unknown: readonly Path[];
  /** The URNs of what it waits for. */
  readonly dependsOn: readonly string[];
  readonly ignoreChanges: readonly string[];
  /** The types and names that it had before. */
  readonly aliases: readonly { readonly type: string; readonly name: string }[];
  /** As it was sent to the engine, secrets and all, each in its envelope. Not for people's eyes. */
  readonly sent: unknown;
  /** What a component puts out. @default - it is none, or puts out nothing */
  readonly outputs?: Outputs;
}

/** What a component puts out. */
export interface Outputs {
  /** What is known and no secret, as {@link Registration.inputs}. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly secrets: readonly Path[];
  readonly unknown: readonly Path[];
  /** As it was sent to the engine. Not for people's eyes. */
  readonly sent: unknown;
}

/** How a program is run without an engine. */
export interface CollectOptions {
  readonly project: string;
  readonly stack: string;
  /** Each under its whole name: `kube-bulwark:target`. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /** The names among them whose values are secret. @default - none */
  readonly secretKeys?: readonly string[];
  /** Whether it runs as in a preview, in which outputs may be unknown. @default true */
  readonly preview?: boolean;
}

/** The part of Pulumi's monitor, and of what is asked of it, that is looked at. */
interface Monitor {
  registerResource(request: Request, answer: (error: Error | null, response: Response) => void): unknown;
  registerResourceOutputs(request: OutputsRequest, answer: (error: Error | null, response: unknown) => void): unknown;
}
interface OutputsRequest {
  getUrn(): string;
  getOutputs(): { toJavaScript(): unknown } | undefined;
}
interface Response {
  getUrn(): string;
}
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getProvider(): string;
  getObject(): { toJavaScript(): unknown } | undefined;
  getDependenciesList(): string[];
  getIgnorechangesList(): string[];
  getAliasesList(): { getSpec(): { getType(): string; getName(): string } | undefined }[];
}

/** The run that something is done in. A program that has failed goes on where it waits, and in the meantime the next may run. */
const runs = new AsyncLocalStorage<object>();

/**
 * Runs a program without an engine, a provider or a cluster, and says what it registers, in that order. What a resource is given it has as
 * its outputs, and nothing else.
 * @throws what the program throws, be it in an `apply`
 */
export async function collect(
  program: () => unknown,
  { project, stack, config = {}, secretKeys = [], preview = true }: CollectOptions,
): Promise<readonly Registration[]> {
  await runtime.setMocks(
    { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: answer },
    project,
    stack,
    preview,
  );
  runtime.setAllConfig({ ...config }, [...secretKeys]);
  const registrations: Registration[] = [];
  const run = {};
  // What is not known to be of another run is of this one.
  const isOfThisRun = () => (runs.getStore() ?? run) === run;
  const monitor = runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, answer) =>
    register(request, (error, response) => {
      if (!error && isOfThisRun()) registrations.push(registrationOf(request, response.getUrn()));
      answer(error, response);
    });
  const outputs = new Map<string, Outputs>();
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, answer) => {
    if (isOfThisRun()) outputs.set(request.getUrn(), outputsOf(request));
    return registerOutputs(request, answer);
  };
  let fail: (reason: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = (reason) => {
      if (isOfThisRun()) reject(reason);
    };
  });
  // What an apply throws is nobody's to catch: Pulumi, too, listens here.
  process.on('unhandledRejection', fail);
  try {
    await Promise.race([failed, Promise.resolve(runs.run(run, program)).then(settled)]);
  } finally {
    process.off('unhandledRejection', fail);
  }
  return registrations.map((each) => {
    const own = outputs.get(each.urn);
    return own === undefined ? each : { ...each, outputs: own };
  });
}

/** What a provider would answer to a function, as far as that takes none. */
function answer({ token, inputs }: runtime.MockCallArgs): Readonly<Record<string, unknown>> {
  if (token === 'kubernetes:yaml:decode') return { result: decoded(String(inputs.text)) };
  throw new Error(`the program asks a provider for ${token}, and there is none: give what it answers as configuration`);
}

/** The objects of a YAML text, as the Kubernetes provider gives them to the resources that hold YAML. */
function decoded(text: string): readonly KubernetesObject[] {
  const { documents, errors } = readManifests(text, { source: 'yaml' });
  const [error] = errors;
  if (error !== undefined) throw new Error(error.message);
  return documents.map(({ object }) => object);
}

/** When nothing is left to be registered. */
async function settled(): Promise<void> {
  const { waitForRPCs } = runtime as unknown as { waitForRPCs(): Promise<void> };
  await waitForRPCs();
  // What a rejection was thrown for last is told after the promises have run.
  await new Promise((done) => setImmediate(done));
}

function registrationOf(request: Request, urn: string): Registration {
  const sent = request.getObject()?.toJavaScript() ?? {};
  const secrets: Path[] = [];
  const unknown: Path[] = [];
  const parent = request.getParent();
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    ...(parent !== '' && { parent }),
    custom: request.getCustom(),
    remote: request.getRemote(),
    provider: request.getProvider(),
    inputs: opened(sent, [], secrets, unknown) as Registration['inputs'],
    secrets,
    unknown,
    dependsOn: request.getDependenciesList(),
    ignoreChanges: request.getIgnorechangesList(),
    aliases: request.getAliasesList().map((alias) => {
      const spec = alias.getSpec();
      return { type: spec?.getType() ?? '', name: spec?.getName() ?? '' };
    }),
    sent,
  };
}

function outputsOf(request: OutputsRequest): Outputs {
  const sent = request.getOutputs()?.toJavaScript() ?? {};
  const secrets: Path[] = [];
  const unknown: Path[] = [];
  const values = opened(sent, [], secrets, unknown) as Outputs['values'];
  return { values, secrets, unknown, sent };
}

/** The value without what is secret or unknown, and notes where that was. */
function opened(value: unknown, path: Path, secrets: Path[], unknown: Path[]): unknown {
  if (value === runtime.unknownValue) {
    unknown.push(path);
    return undefined;
  }
  if (Array.isArray(value)) return value.map((item, i) => opened(item, [...path, i], secrets, unknown) ?? null);
  if (!isMapping(value)) return value;
  if (value[runtime.specialSigKey] === runtime.specialSecretSig) {
    secrets.push(path);
    return undefined;
  }
  const members = Object.entries(value).map(([key, member]) => [key, opened(member, [...path, key], secrets, unknown)]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}
