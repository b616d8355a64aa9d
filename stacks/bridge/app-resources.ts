import {
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResource,
  type Inputs,
  log,
} from '@pulumi/pulumi';
import type { App } from 'cdk8s';
import { type CheckedObject, checkedObjects } from '../../constructs/app/checked-objects';
import { Platform } from '../../constructs/app/platform';
import { formatIdentity, identityOf } from '../../core/manifest/identity';
import type { KubernetesObject } from '../../core/manifest/object';
import { waitsFor } from '../../core/manifest/waits-for';
import { describeFindings } from '../../core/report';
import { nothingWorse } from './judge-late';
import { LateValues } from './late-values';
import { autoscaled } from './scaled-by-others';
import { resourceOf } from './typed-kinds';

/** What becomes resources. */
export interface AppResourcesArgs {
  /** A BulwarkApp, or a cdk8s App that a Platform is attached to. It is complete: what is added to it later is not seen. */
  readonly app: App;
  /** The values that texts in the app stand for. @default - none: the app says everything itself */
  readonly values?: LateValues;
}

/** What is checked and not yet registered. */
const checked = new WeakMap<App, ReturnType<typeof checkedObjects>>();

/**
 * Checks an app for a component that would be registered before its resources, so that nothing is where a rule refuses something. AppResources does
 * not check it again: the app is complete.
 * @throws SynthesisError where a rule is broken that no exception waives
 */
export function checkFirst(app: App): void {
  checked.set(app, checkedObjects(app));
}

/**
 * Everything in an app as resources of @pulumi/kubernetes. The app is checked first, as a synthesis checks it, and nothing is registered
 * where a rule refuses something.
 *
 * A resource is called `<name>:<namespace>/<object>`, or `<name>:<object>` outside of namespaces; with its type, which has the kind, that is
 * all of its URN: it stays the same wherever the object is declared in the app. It waits for what {@link waitsFor} says, and for what its
 * construct was made to depend on. `protect` and a provider among the options hold for all of them.
 *
 * @example new AppResources('shop', { app }, { provider: cluster })
 * @throws SynthesisError where a rule is broken that no exception waives
 */
export class AppResources extends ComponentResource {
  /** By what messages call the objects: `Deployment.apps shop/web`, `Namespace shop`. */
  readonly resources: Readonly<Record<string, CustomResource>>;

  constructor(name: string, args: AppResourcesArgs, options?: ComponentResourceOptions) {
    const { app, values = new LateValues() } = args;
    const { objects, findings } = checked.get(app) ?? checkedObjects(app);
    checked.delete(app);
    refuseEncrypted(objects);
    super('kube-bulwark:kubernetes:App', name, {}, options);
    const warnings = findings.filter(({ severity, waivedBy }) => severity === 'warning' && !waivedBy);
    if (warnings.length > 0) void log.warn(describeFindings(warnings), this);
    const platform = Platform.of(app);
    const plain = objects.map(({ object }) => object);
    const waits = waitsFor(plain, platform.podTemplateKinds);
    const scaled = autoscaled(plain);
    const made: CustomResource[] = [];
    const resources: Record<string, CustomResource> = {};
    objects.forEach(({ object, dependsOn }: CheckedObject, i) => {
      const targets = new Set([...(waits[i] ?? []), ...dependsOn]);
      const inputs = values.resolve(object, nothingWorse(object, platform)) as Inputs;
      const resource = resourceOf(object, `${name}:${placeOf(object)}`, inputs, {
        parent: this,
        dependsOn: [...targets].flatMap((target) => made[target] ?? []),
        ...(scaled.has(object) && { ignoreChanges: ['spec.replicas'] }),
      });
      made.push(resource);
      resources[formatIdentity(identityOf(object))] = resource;
    });
    this.resources = resources;
    this.registerOutputs({ objects: Object.keys(resources) });
  }
}

/** What SOPS has encrypted somebody has to decrypt on its way into the cluster, as Flux does; Pulumi does not. */
function refuseEncrypted(objects: readonly CheckedObject[]): void {
  const encrypted = objects.filter(({ object }) => object.sops !== undefined);
  if (encrypted.length === 0) return;
  const names = encrypted.map(({ object }) => formatIdentity(identityOf(object))).join(', ');
  throw new Error(
    `${names}: encrypted by SOPS, which the API server would refuse; deliver it by Flux, or seal it (SealedSecret), or read it from a store`,
  );
}

function placeOf(object: KubernetesObject): string {
  const { namespace, name } = identityOf(object);
  return namespace === undefined ? name : `${namespace}/${name}`;
}
