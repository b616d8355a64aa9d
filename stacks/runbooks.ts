import type { Input } from '@pulumi/pulumi';
import type { ArgumentFault } from './argument-fault';
import type { LateValues } from './bridge/late-values';
import { isOpaque } from './bridge/texts';
import type { AlertOptions } from './prometheus-rule';

/** What is wrong with the start of the addresses of runbooks: it leads people who are in a hurry. Outputs are judged when they are known. */
export function runbookFaults(runbooks: unknown): readonly ArgumentFault[] {
  if (runbooks === undefined || isOpaque(runbooks)) return [];
  if (typeof runbooks === 'string' && /^https?:\/\/[^\s/]/.test(runbooks)) return [];
  const remedy = "write it as 'https://<host>/<path>', or leave it out";
  return [{ key: 'runbooks', message: 'it is no start of an address', remedy }];
}

/** The same as alerts have it: a text stands for what is known only later. */
export function runbooksOf(runbooks: Input<string> | undefined, values: LateValues): Pick<AlertOptions, 'runbooks'> {
  if (runbooks === undefined) return {};
  return { runbooks: values.text('runbooks', runbooks, { like: 'https://{}.example/' }) };
}
