/**
 * Files of others that stand beside the repository, in `../shared`. Not all have them: a run of CI may lack them, too. Tests are declared all the same, so
 * what is asked for while they are declared is empty where a file is absent.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KubernetesObject, readManifests } from '../../core/manifest';
import { type Lack, lackUnless } from './lack';

/** A file or a folder of theirs. */
export class Shared {
  readonly path: string;
  readonly lack: Lack | undefined;

  /** @param name its path in `../shared` */
  constructor(name: string) {
    this.path = join(__dirname, '../../../shared', name);
    this.lack = lackUnless(existsSync(this.path), `there is no ../shared/${name} beside the repository`);
  }

  /** @throws Error where it is absent */
  text(): string {
    return readFileSync(this.path, 'utf8');
  }

  /** What the lines of a file say, each of which is JSON; none where it is absent. */
  rows<Row>(): readonly Row[] {
    if (this.lack !== undefined) return [];
    return this.text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  /** The YAML files below a folder, by their whole path; none where it is absent. */
  yamlFiles(): readonly string[] {
    if (this.lack !== undefined) return [];
    return readdirSync(this.path, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(this.path, name));
  }
}

/** What others have written: applications, definitions of kinds, values of charts, fixtures. @param name one of them. @default - all */
export function corpus(name?: string): Shared {
  return new Shared(name === undefined ? 'corpus' : `corpus/${name}`);
}

/** What is known of others. */
export function reference(name: string): Shared {
  return new Shared(`reference/${name}`);
}

/** @param names CustomResourceDefinitions of the corpus: `<project>/<plural>.<group>`. @returns none of them where one is absent */
export function corpusDefinitions(names: readonly string[]): {
  readonly definitions: readonly KubernetesObject[];
  readonly lack: Lack | undefined;
} {
  const files = names.map((name) => corpus(`crds/${name}.yaml`));
  const lack = files.find((file) => file.lack !== undefined)?.lack;
  return { definitions: lack === undefined ? files.flatMap(({ path }) => definitionsIn(path)) : [], lack };
}

/** The objects of a file of CustomResourceDefinitions. */
export function definitionsIn(path: string): readonly KubernetesObject[] {
  const { documents, errors } = readManifests(readFileSync(path, 'utf8'), { source: path });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return documents.map(({ object }) => object);
}
