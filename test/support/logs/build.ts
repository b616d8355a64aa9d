/** Builds Loki or the OpenTelemetry Collector, or finds it in the cache, and prints where it is as JSON. */
import { join } from 'node:path';
import { goBinary } from '../go-binary';

const [name = '', folder = '', goPackage = ''] = process.argv.slice(2);

void goBinary({ name, moduleDir: join(__dirname, folder), package: goPackage }).then((built) =>
  process.stdout.write(JSON.stringify(built)),
);
