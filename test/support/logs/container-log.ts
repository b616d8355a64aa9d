import { randomInt } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentSettings } from '../../../core/logs/collector/agent';

/** A file of a container, as the kubelet writes it. */
export class ContainerLog {
  readonly path: string;
  #last = 0n;

  constructor(folder: string, namespace: string, container: string) {
    const at = join(folder, `${namespace}_web-0_0b9a7a3e-6d0c-4a2f-9f57-2b1d3c4e5f60`, container);
    mkdirSync(at, { recursive: true });
    this.path = join(at, '0.log');
  }

  /**
   * Each line has a time of its own.
   * @param ago seconds that its clock is behind. @default 0
   */
  write(lines: readonly string[], ago = 0): void {
    const text = lines.map((line) => {
      // Nobody's clock has only milliseconds: by its first time an agent knows a file from others.
      const now = BigInt(Date.now() - ago * 1_000) * 1_000_000n + BigInt(randomInt(1_000_000));
      this.#last = now > this.#last ? now : this.#last + 1n;
      const seconds = new Date(Number(this.#last / 1_000_000n)).toISOString().slice(0, 19);
      return `${seconds}.${String(this.#last % 1_000_000_000n).padStart(9, '0')}Z stdout F ${line}\n`;
    });
    appendFileSync(this.path, text.join(''));
  }
}

/** An agent that reads the logs of containers below a folder of the test. */
export function podsOf(folder: string): Pick<AgentSettings, 'containers'> {
  return { containers: { include: [join(folder, 'pods', '*', '*', '*.log')] } };
}
