import type { Path } from '../../manifest/path';
import { isAbsent, isMapping } from '../../manifest/plain';
import { eachEntry, type Faults } from './fault';

/** A header's name, as the API server takes it (IsHTTPHeaderName). */
const headerName = /^[-A-Za-z0-9]+$/;

/** What a probe or a hook asks, and the API server refuses: no command, and headers of no name. */
export function askFaults(
  faults: Faults,
  container: string,
  { exec, httpGet }: { readonly exec?: unknown; readonly httpGet?: unknown },
  at: Path,
): void {
  // What is neither is for the schema to tell of, or filled in later. No value is shown: a command may hold a password.
  if (isMapping(exec) && !('$patch' in exec) && isNothing(exec.command)) {
    const message = `container ${container}: ${at.at(-1)} runs no command`;
    const remedy = "write the command and its arguments: ['/bin/healthy']";
    faults.push({ path: [...at, 'exec', 'command'], message, remedy });
  }
  if (!isMapping(httpGet)) return;
  eachEntry(httpGet.httpHeaders as readonly { readonly name?: unknown }[] | undefined, ({ name }, i) => {
    if (typeof name !== 'string' || headerName.test(name)) return;
    const message = `container ${container}: what stands there is no name of a header`;
    const path = [...at, 'httpGet', 'httpHeaders', i, 'name'];
    faults.push({ path, message, remedy: 'write letters, digits and dashes' });
  });
}

function isNothing(command: unknown): boolean {
  return isAbsent(command) || (Array.isArray(command) && command.length === 0);
}
