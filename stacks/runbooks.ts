import { isOpaque } from './bridge/texts';

/** What is wrong with an argument. */
export interface RunbookFault {
  readonly property: 'runbooks';
  readonly message: string;
  readonly remedy: string;
}

/** What is wrong with the start of the addresses of runbooks: it leads people who are in a hurry. Outputs are judged when they are known. */
export function runbookFaults(runbooks: unknown): readonly RunbookFault[] {
  if (runbooks === undefined || isOpaque(runbooks)) return [];
  if (typeof runbooks === 'string' && /^https?:\/\/[^\s/]/.test(runbooks)) return [];
  const remedy = "write it as 'https://<host>/<path>', or leave it out";
  return [{ property: 'runbooks', message: 'it is no start of an address', remedy }];
}
