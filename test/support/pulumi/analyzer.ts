/** A policy pack's process, started as the Pulumi engine starts it, and asked over gRPC on the loopback interface. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { credentials, type ServiceError } from '@grpc/grpc-js';
import { AnalyzerClient } from '@pulumi/pulumi/proto/analyzer_grpc_pb';
import {
  type AnalyzeDiagnostic,
  AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  type EnforcementLevel,
  PolicyConfig,
  type RemediateResponse,
} from '@pulumi/pulumi/proto/analyzer_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { type JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { runsTypeScript } from '../typescript';

const root = join(__dirname, '../../..');

/** A resource as the engine describes it. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  /** What makes it, and in which cluster. @default - the default one of its package */
  readonly provider?: { readonly name: string; readonly kubeconfig: string };
}

/** What the pack says of a resource, by the level that the engine is told. */
export interface Diagnostic {
  readonly policy: string;
  readonly level: EnforcementLevel;
  readonly message: string;
  readonly urn: string;
}

const urnOf = ({ type, name }: Pick<Resource, 'type' | 'name'>): string => `urn:pulumi:dev::shop::${type}::${name}`;

type Unary<Q, R> = (request: Q, callback: (error: ServiceError | null, response: R) => void) => unknown;

/** Asks a method of the client, which must be bound to it. */
function ask<Q, R>(method: Unary<Q, R>, request: Q): Promise<R> {
  return new Promise((done, fail) => {
    method(request, (error, response) => (error ? fail(error) : done(response)));
  });
}

export class PulumiAnalyzer {
  /** @param environment for the pack's process */
  static async start(environment: NodeJS.ProcessEnv = {}): Promise<PulumiAnalyzer> {
    const child = spawn(process.execPath, [...runsTypeScript, join(root, 'stacks/policy/main.ts')], {
      cwd: join(root, 'policy-pack'),
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    const port = await new Promise<string>((done, fail) => {
      child.stdout.setEncoding('utf8').once('data', (text: string) => done(text.trim()));
      child.once('exit', (code) => fail(new Error(`the pack ended with ${code}: ${errors}`)));
    });
    return new PulumiAnalyzer(child, new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()));
  }

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  /** What the pack says of itself. */
  info(): Promise<AnalyzerInfo> {
    return ask<Empty, AnalyzerInfo>(this.client.getAnalyzerInfo.bind(this.client), new Empty());
  }

  /** Sets the level and the properties of policies; of others, what was set before is forgotten. */
  async configure(
    policies: Readonly<Record<string, { readonly level: EnforcementLevel; readonly properties?: object }>>,
  ): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    for (const [name, { level, properties = {} }] of Object.entries(policies)) {
      const config = new PolicyConfig();
      config.setEnforcementlevel(level);
      config.setProperties(structOf(properties));
      request.getPolicyconfigMap().set(name, config);
    }
    await ask(this.client.configure.bind(this.client), request);
  }

  async analyze(resource: Resource): Promise<readonly Diagnostic[]> {
    return diagnostics(
      await ask<AnalyzeRequest, AnalyzeResponse>(this.client.analyze.bind(this.client), requestOf(resource)),
    );
  }

  async remediate(
    resource: Resource,
  ): Promise<readonly { readonly policy: string; readonly props: unknown; readonly diagnostic: string }[]> {
    const response = await ask<AnalyzeRequest, RemediateResponse>(
      this.client.remediate.bind(this.client),
      requestOf(resource),
    );
    return response.getRemediationsList().map((each) => ({
      policy: each.getPolicyname(),
      props: each.getProperties()?.toJavaScript(),
      diagnostic: each.getDiagnostic(),
    }));
  }

  async analyzeStack(resources: readonly Resource[]): Promise<readonly Diagnostic[]> {
    const request = new AnalyzeStackRequest();
    request.setResourcesList(
      resources.map((resource) => {
        const { type, name, props, provider } = resource;
        const each = new AnalyzerResource();
        each.setType(type);
        each.setName(name);
        each.setUrn(urnOf(resource));
        each.setProperties(structOf(props));
        each.setOptions(new AnalyzerResourceOptions());
        each.setProvider(providerOf(provider ?? { name: 'default' }));
        return each;
      }),
    );
    return diagnostics(
      await ask<AnalyzeStackRequest, AnalyzeResponse>(this.client.analyzeStack.bind(this.client), request),
    );
  }

  async stop(): Promise<void> {
    this.client.close();
    if (this.child.exitCode !== null) return;
    const ended = new Promise((done) => this.child.once('exit', done));
    this.child.kill();
    await ended;
  }
}

function providerOf({ name, ...props }: NonNullable<Resource['provider']> | { readonly name: 'default' }) {
  const type = 'pulumi:providers:kubernetes';
  const provider = new AnalyzerProviderResource();
  provider.setType(type);
  provider.setName(name);
  provider.setUrn(urnOf({ type, name }));
  provider.setProperties(structOf(props));
  return provider;
}

function structOf(value: object): Struct {
  return Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

function requestOf(resource: Resource): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(urnOf(resource));
  request.setProperties(structOf(resource.props));
  request.setOptions(new AnalyzerResourceOptions());
  return request;
}

function diagnostics(response: AnalyzeResponse): readonly Diagnostic[] {
  return response.getDiagnosticsList().map((each: AnalyzeDiagnostic) => ({
    policy: each.getPolicyname(),
    level: each.getEnforcementlevel(),
    message: each.getMessage(),
    urn: each.getUrn(),
  }));
}
