import { Construct, type IConstruct } from 'constructs';
import { show } from '../../core/shape';
import type { Platform } from './platform';

const platforms = new WeakMap<IConstruct, Platform>();

/** Makes the platform that of the whole tree. */
export function setPlatform(root: IConstruct, platform: Platform): void {
  if (platforms.has(root)) {
    throw new Error('this app has a platform already: attach one only, and none to a BulwarkApp, which brings its own');
  }
  platforms.set(root, platform);
}

/**
 * The platform of the app that the construct is in.
 * @throws Error where there is none; TypeError for what is no construct
 */
export function platformOf(construct: IConstruct): Platform {
  const platform = platforms.get(construct?.node?.root);
  if (platform) return platform;
  if (!Construct.isConstruct(construct))
    throw new TypeError(`${show(construct)} is no construct; give the app, or a construct of it`);
  throw new Error(
    `${construct.node.path}: this app has no platform. Use BulwarkApp in place of cdk8s' App, or call Platform.attach(app, { target, registries }) right after the App is made.`,
  );
}

/** Whether the app that the construct is in has a platform. */
export function hasPlatform(construct: IConstruct): boolean {
  return platforms.has(construct.node.root);
}
