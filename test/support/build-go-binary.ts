/** Builds what its argument asks for, or finds it in the cache, and prints where it is as JSON. */
import { goBinary } from './go-binary';

void goBinary(JSON.parse(process.argv[2] ?? '')).then((built) => process.stdout.write(JSON.stringify(built)));
