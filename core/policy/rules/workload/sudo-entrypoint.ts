import type { Container } from '../../../manifest/pod';
import { containers } from '../../clause';
import { podRule } from '../../define';
import { matches, text } from '../../expression/operators';
import type { Sym } from '../../expression/symbol';

/** Everywhere that a pod says what is run in a container. */
const commands = [
  ({ command }: Sym<Container>) => command,
  ({ args }: Sym<Container>) => args,
  ({ lifecycle }: Sym<Container>) => lifecycle.postStart.exec.command,
  ({ lifecycle }: Sym<Container>) => lifecycle.preStop.exec.command,
  ({ livenessProbe }: Sym<Container>) => livenessProbe.exec.command,
  ({ readinessProbe }: Sym<Container>) => readinessProbe.exec.command,
  ({ startupProbe }: Sym<Container>) => startupProbe.exec.command,
] as const;

/** The program itself, by its path, or in a line of a shell. */
const sudo = /(?:^|[/ \t\n;&|(])(?:sudo|doas)(?:$|[ \t\n])/;

export const sudoEntrypoint = podRule({
  id: 'sudo-entrypoint',
  title: 'No container calls sudo',
  severity: 'error',
  why:
    'Where sudo works, privilege escalation is allowed: an attacker in the container takes the way to root that its author took. ' +
    'Once the container is hardened, the call fails.',
  fix: 'Run the process as the user it needs, prepare files in the image or with fsGroup, and leave sudo out of both.',
  clauses: commands.map((words) =>
    containers.each(words).violation({
      when: (word) => matches(word, sudo),
      at: (word) => word,
      message: (_word, container) => text`${container} calls sudo`,
      remedy: 'run it as the user it needs, without sudo',
      // A line of a shell may hold a password.
      showsValue: false,
    }),
  ),
});
