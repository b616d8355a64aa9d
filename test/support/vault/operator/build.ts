/** Builds the program, or finds it in the cache, and prints where it is as JSON. */
import { goBinary } from '../../go-binary';

void goBinary({ name: 'operator-templates', moduleDir: __dirname, package: '.' }).then((built) =>
  process.stdout.write(JSON.stringify(built)),
);
