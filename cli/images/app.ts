import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IMAGES_TO } from '../../constructs/app/app-images';
import { isMapping } from '../../core/manifest/plain';
import { readValue } from '../../core/manifest/yaml/read-value';
import { describeInputErrors } from '../../core/report/check-report';
import { UsageError } from '../command';

const settings = 'cdk8s.yaml';

/** Of what a program prints, its end is kept: that is where it says why it failed. */
const mostPrinted = 65_536;

/**
 * The command of `cdk8s.yaml` that synthesizes, where there is one.
 * @throws UsageError where that is no YAML
 */
export function appCommand(): string | undefined {
  if (!existsSync(settings)) return undefined;
  const { value, faults } = readValue(readFileSync(settings, 'utf8'), settings);
  if (faults.length > 0) throw new UsageError(describeInputErrors(faults));
  const app = isMapping(value) ? value.app : undefined;
  return typeof app === 'string' && app !== '' ? app : undefined;
}

/** An image as an app names it, and what it is called in the private registry of the app. */
export interface AppImage {
  readonly image: string;
  /** @default - it is pulled from where it is */
  readonly held?: string;
}

/**
 * Runs a program of BulwarkApps, which names its images and writes nothing.
 * @param mayBeNone whether a program without a BulwarkApp is right, since its images come from manifests
 * @throws UsageError with what the program printed, where it fails
 */
export async function imagesOfApp(command: string, mayBeNone: boolean): Promise<readonly AppImage[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-images-'));
  const file = join(folder, 'images');
  try {
    const { code, printed } = await run(command, { ...process.env, [IMAGES_TO]: file });
    if (code !== 0)
      throw new UsageError(
        `the app does not synthesize, so that its images are not known: ${command}\n${printed.trimEnd()}`,
      );
    if (!existsSync(file)) {
      if (mayBeNone) return [];
      throw new UsageError(
        `no BulwarkApp is in what this runs, so that its images are not known: ${command}\nname manifests by --from, or images`,
      );
    }
    const lines = readFileSync(file, 'utf8').split('\n');
    return [...new Set(lines)].filter((line) => line !== '').map(readLine);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readLine(line: string): AppImage {
  const [image = '', held] = line.split('\t');
  return held === undefined ? { image } : { image, held };
}

function run(
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    const take = (text: string) => {
      printed = (printed + text).slice(-mostPrinted);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, printed }));
  });
}
