/** Builds Vault, or finds it in the cache, and prints where it is as JSON. */
import { join } from 'node:path';
import { goBinary } from '../go-binary';

void goBinary({
  name: 'vault',
  moduleDir: join(__dirname, 'module'),
  package: 'github.com/hashicorp/vault',
}).then((built) => process.stdout.write(JSON.stringify(built)));
