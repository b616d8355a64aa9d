#!/usr/bin/env node
import { main } from './main';

main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
}).then((code) => {
  // Not process.exit(): what is written to a pipe must still arrive.
  process.exitCode = code;
});
