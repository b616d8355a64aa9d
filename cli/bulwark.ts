#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { optimizeLater } from '../constructs/app/optimize-later';
import { runCompiled } from './code-cache';

// Before anything is compiled. Measured: 29 % less CPU for 3,000 objects, no more for 30,000.
optimizeLater();

// What a command has made it mostly needs to its end: garbage is looked for when there is no room left, and not beside the work.
// Measured: 7 % less time for 3,000 objects, 12 % for 30,000, and no more memory.
setFlagsFromString('--no-incremental-marking');

runCompiled(require.resolve('./program'));
