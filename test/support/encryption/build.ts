/** Builds the programs that are named, or finds them in the cache, one after another, and prints where they are as JSON. */
import { type GoBinary, goBinary } from '../go-binary';
import { type EncryptionTool, encryptionTools } from './tools';

async function buildAll(names: readonly EncryptionTool[]): Promise<void> {
  const built: Partial<Record<EncryptionTool, GoBinary>> = {};
  for (const name of names) built[name] = await goBinary(encryptionTools[name]);
  process.stdout.write(JSON.stringify(built));
}

void buildAll(process.argv.slice(2) as EncryptionTool[]);
