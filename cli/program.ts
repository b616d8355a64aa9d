import { main } from './main';

const { stdout, stderr, env } = process;

// Whoever reads the output may have enough of it: `bulwark check | head`.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

main(process.argv.slice(2), {
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(text),
  colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
  interactive: stderr.isTTY === true && !env.CI,
  // Made when it is first asked for, which few commands do.
  get input() {
    return process.stdin;
  },
}).then((code) => {
  // Not process.exit(): what is written to a pipe must still arrive.
  process.exitCode = code;
});
