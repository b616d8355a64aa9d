import type { Formatter } from '../check-report';
import { json } from './json';
import { text } from './text';

/** Every form of a report: one line each. */
export const formats = { text, json } as const satisfies Readonly<Record<string, Formatter>>;

/** The name of a form. */
export type FormatId = keyof typeof formats;
