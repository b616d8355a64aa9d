import type { IConstruct } from 'constructs';
import type { Platform } from './platform';

const platforms = new WeakMap<IConstruct, Platform>();

/** Makes the platform that of the whole tree. */
export function setPlatform(root: IConstruct, platform: Platform): void {
  if (platforms.has(root)) {
    throw new Error('this app has a platform already: attach one only, and none to a BulwarkApp, which brings its own');
  }
  platforms.set(root, platform);
}

/** The platform of the app that the construct is in. Throws where there is none. */
export function platformOf(construct: IConstruct): Platform {
  const platform = platforms.get(construct.node.root);
  if (platform) return platform;
  throw new Error(
    `${construct.node.path}: this app has no platform. Use BulwarkApp in place of cdk8s' App, or call Platform.attach(app, { target, registries }) right after the App is made.`,
  );
}

/** Whether the app that the construct is in has a platform. */
export function hasPlatform(construct: IConstruct): boolean {
  return platforms.has(construct.node.root);
}
