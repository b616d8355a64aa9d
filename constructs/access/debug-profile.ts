import type { IConstruct } from 'constructs';
import { type DebugContainer, debugContainer, debugUser } from '../../core/hardening';
import { isInt32, mostInt32 } from '../../core/int32';
import type { SynthesisOptions } from '../app/bulwark-app';
import { OutputFolder, type OutputResult } from '../app/output-folder';
import { platformOf } from '../app/platform-of';
import { number, type Shapes, takeProps } from '../app/shape';

/** Whom a debugging container runs as. */
export interface DebugProfileOptions {
  /** The number of the user and group: that of the application, to see its processes and files. Not 0. @default 65532 */
  readonly user?: number;
}

const shapes: Shapes<DebugProfileOptions> = { user: number };

/**
 * A custom profile of `kubectl debug`, by which the container that it puts into a pod is admitted where `restricted` and the rules of this app are enforced. There
 * is no secret in it.
 *
 * @example DebugProfile.of(app).write('debug')
 */
export class DebugProfile {
  /**
   * @param scope the app, for its target and its hardening profile
   * @throws TypeError with everything that is wrong with the options
   */
  static of(scope: IConstruct, options: DebugProfileOptions = {}): DebugProfile {
    const { props, faults } = takeProps<DebugProfileOptions>(shapes, options ?? {});
    const { user = debugUser } = props;
    const wrong = faults.map(({ property, message, remedy }) => `${property}: ${message}; ${remedy}`);
    if (!isInt32(user, 1))
      wrong.push(`user = ${user}: it is no user but root; give a whole number from 1 to ${mostInt32}`);
    if (wrong.length > 0) throw new TypeError(`DebugProfile: ${wrong.join('; ')}`);
    const { target, profileName: profile } = platformOf(scope);
    return new DebugProfile(debugContainer({ target, profile }, user));
  }

  private constructor(
    /** As a part of a container's specification. */
    readonly container: DebugContainer,
  ) {}

  /** `restricted.json`, by path. */
  files(): ReadonlyMap<string, string> {
    return new Map([['restricted.json', `${JSON.stringify(this.container, null, 2)}\n`]]);
  }

  /**
   * Writes the file.
   *
   * @param folder one of its own, outside of that of the manifests: `kubectl apply` would take it for an object
   * @throws OutputFolderError where it cannot be written
   */
  write(folder: string, options: SynthesisOptions = {}): OutputResult {
    return new OutputFolder(folder).replace(this.files(), options);
  }
}
