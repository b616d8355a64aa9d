import type { Command } from '../command';
import { check } from './check';
import { targets } from './targets';

/** Every command of `bulwark`, by the name it is called with, in the order of `bulwark --help`. */
export const COMMANDS: Readonly<Record<string, Command>> = { check, targets };
