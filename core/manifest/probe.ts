/** Probes and lifecycle hooks of a container (core/v1). */

import type { IntOrString } from './pod-common';

/** A stop signal, such as `SIGTERM`, `SIGUSR1` or `SIGRTMIN+3`. */
export type Signal = StandardSignal | RealTimeSignal;

/** A signal that POSIX or Linux names. */
export type StandardSignal = `SIG${EndSignal | FaultSignal | JobSignal | LimitSignal | EventSignal}`;

/** A real-time signal, counted from the lowest or from the highest. */
export type RealTimeSignal = 'SIGRTMIN' | `SIGRTMIN+${RealTimeOffset | 15}` | 'SIGRTMAX' | `SIGRTMAX-${RealTimeOffset}`;

type EndSignal = 'ABRT' | 'HUP' | 'INT' | 'KILL' | 'QUIT' | 'TERM';
type FaultSignal = 'BUS' | 'FPE' | 'ILL' | 'IOT' | 'SEGV' | 'STKFLT' | 'SYS' | 'TRAP';
type JobSignal = 'CHLD' | 'CLD' | 'CONT' | 'STOP' | 'TSTP' | 'TTIN' | 'TTOU';
type LimitSignal = 'ALRM' | 'PROF' | 'VTALRM' | 'XCPU' | 'XFSZ';
type EventSignal = 'IO' | 'PIPE' | 'POLL' | 'PWR' | 'URG' | 'USR1' | 'USR2' | 'WINCH';
type RealTimeOffset = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14;

/** Scheme of an HTTP probe. */
export type URIScheme = 'HTTP' | 'HTTPS';

/** A health check of a container. */
export interface Probe extends ProbeHandler {
  /**
   * Seconds after the start before the first check.
   * @default 0
   */
  readonly initialDelaySeconds?: number;
  /**
   * Seconds after which a check fails.
   * @default 1
   */
  readonly timeoutSeconds?: number;
  /**
   * Seconds between checks.
   * @default 10
   */
  readonly periodSeconds?: number;
  /**
   * Successes in a row that count as success after a failure; 1 for liveness and startup.
   * @default 1
   */
  readonly successThreshold?: number;
  /**
   * Failures in a row that count as failure.
   * @default 3
   */
  readonly failureThreshold?: number;
  /**
   * Seconds to terminate after a failed probe; not for readiness.
   * @default the pod's
   */
  readonly terminationGracePeriodSeconds?: number;
}

/** What a probe does; exactly one. */
export interface ProbeHandler {
  /** A command in the container; exit code 0 is success. */
  readonly exec?: ExecAction;
  /** An HTTP GET; 200 to 399 is success. */
  readonly httpGet?: HTTPGetAction;
  /** A TCP connection; success when it opens. */
  readonly tcpSocket?: TCPSocketAction;
  /** A gRPC health check. */
  readonly grpc?: GRPCAction;
}

/** Hooks at the start and end of a container. */
export interface Lifecycle {
  /** Right after the container is made; a failure kills it. */
  readonly postStart?: LifecycleHandler;
  /** Before the container is stopped; the grace period counts from its start. */
  readonly preStop?: LifecycleHandler;
  /**
   * Signal that stops the container; needs `os.name` of the pod.
   * @default the image's, else SIGTERM
   */
  readonly stopSignal?: Signal;
}

/** What a lifecycle hook does; exactly one. */
export interface LifecycleHandler {
  /** A command in the container; exit code 0 is success. */
  readonly exec?: ExecAction;
  /** An HTTP GET; 200 to 399 is success. */
  readonly httpGet?: HTTPGetAction;
  /**
   * Not supported by the kubelet.
   * @deprecated It fails at run time.
   */
  readonly tcpSocket?: TCPSocketAction;
  /** A pause. */
  readonly sleep?: SleepAction;
}

/** A command run in the container. */
export interface ExecAction {
  /** Command and arguments, not run in a shell. */
  readonly command?: readonly string[];
}

/** An HTTP GET request. */
export interface HTTPGetAction {
  /**
   * Path on the server.
   * @default /
   */
  readonly path?: string;
  /** Number or name of a port. */
  readonly port: IntOrString;
  /**
   * Host to connect to; must be empty in the baseline Pod Security Standard from 1.34.
   * @default the pod's address
   */
  readonly host?: string;
  /**
   * Scheme.
   * @default HTTP
   */
  readonly scheme?: URIScheme;
  /** Headers of the request. */
  readonly httpHeaders?: readonly HTTPHeader[];
}

/** A header of an HTTP probe. */
export interface HTTPHeader {
  /** Name. */
  readonly name: string;
  /** Value. */
  readonly value: string;
}

/** A TCP connection. */
export interface TCPSocketAction {
  /** Number or name of a port. */
  readonly port: IntOrString;
  /**
   * Host to connect to; must be empty in the baseline Pod Security Standard from 1.34.
   * @default the pod's address
   */
  readonly host?: string;
}

/** A gRPC health check (grpc.health.v1). */
export interface GRPCAction {
  /** Number of the port. */
  readonly port: number;
  /**
   * Service name in the HealthCheckRequest.
   * @default empty: the server as a whole
   */
  readonly service?: string;
}

/** A pause without a command in the container. */
export interface SleepAction {
  /** How long, in seconds. */
  readonly seconds: number;
}
