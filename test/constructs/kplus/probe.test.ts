import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { convertProbe } from '../../../constructs/kplus';
import { lazily, renderedPod, testChart } from '../../support/kplus-oracle';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const port = fc.integer({ min: 1, max: 65_535 });
const duration = fc.oneof(
  fc.nat({ max: 600 }).map((amount) => Duration.seconds(amount)),
  fc.nat({ max: 10 }).map((amount) => Duration.minutes(amount)),
  fc.nat({ max: 10 }).map((amount) => Duration.millis(amount * 1000)),
);
const timing = {
  failureThreshold: optional(fc.nat({ max: 10 })),
  successThreshold: optional(fc.nat({ max: 10 })),
  initialDelaySeconds: optional(duration),
  periodSeconds: optional(duration),
  timeoutSeconds: optional(duration),
};
const target = { port: optional(port), host: optional(fc.string()) };
const scheme = optional(fc.constantFrom(kplus.ConnectionScheme.HTTP, kplus.ConnectionScheme.HTTPS));
const probe: fc.Arbitrary<kplus.Probe> = fc.oneof(
  fc
    .tuple(fc.string(), fc.record({ ...timing, ...target, scheme }))
    .map(([path, options]) => kplus.Probe.fromHttpGet(path, options)),
  fc.record({ ...timing, ...target }).map((options) => kplus.Probe.fromTcpSocket(options)),
  fc
    .tuple(fc.array(fc.string(), { minLength: 1 }), fc.record(timing))
    .map(([command, options]) => kplus.Probe.fromCommand(command, options)),
);

describe('convertProbe', () => {
  it('is what cdk8s-plus writes for any probe of a container with a port', () => {
    fc.assert(
      fc.property(probe, port, (given, portNumber) => {
        const { container } = renderedPod(testChart(), { portNumber, readiness: given });
        expect(convertProbe(given, portNumber)).toEqual(container.readinessProbe);
      }),
      { numRuns: 300 },
    );
  });

  it('is what cdk8s-plus writes without a port, but for the port 80 that cdk8s-plus makes up', () => {
    fc.assert(
      fc.property(probe, (given) => {
        const theirs = renderedPod(testChart(), { liveness: given }).container.livenessProbe;
        const ours = convertProbe(given, undefined);
        if (ours) expect(ours).toEqual(theirs);
        else expect((theirs?.httpGet ?? theirs?.tcpSocket)?.port).toBe(80);
      }),
      { numRuns: 300 },
    );
  });

  it('needs a port from the probe or the container, where it asks one', () => {
    expect(convertProbe(kplus.Probe.fromHttpGet('/ready'), undefined)).toBeUndefined();
    expect(convertProbe(kplus.Probe.fromTcpSocket(), undefined)).toBeUndefined();
    expect(convertProbe(kplus.Probe.fromTcpSocket({ port: 80 }), undefined)?.tcpSocket).toEqual({ port: 80 });
    expect(convertProbe(kplus.Probe.fromTcpSocket(), 80)?.tcpSocket).toEqual({ port: 80 });
    expect(convertProbe(kplus.Probe.fromCommand(['ok']), undefined)?.exec).toEqual({ command: ['ok'] });
  });

  it('prefers the port of the probe', () => {
    expect(convertProbe(kplus.Probe.fromHttpGet('/', { port: 9090 }), 8080)?.httpGet?.port).toBe(9090);
  });

  it('keeps a host, for the rules to refuse', () => {
    expect(convertProbe(kplus.Probe.fromHttpGet('/', { host: '169.254.169.254' }), 80)?.httpGet?.host).toBe(
      '169.254.169.254',
    );
    expect(convertProbe(kplus.Probe.fromTcpSocket({ host: 'db' }), 80)?.tcpSocket?.host).toBe('db');
  });

  it('keeps a zero', () => {
    const options = { initialDelaySeconds: Duration.seconds(0), failureThreshold: 0, successThreshold: 0 };
    expect(convertProbe(kplus.Probe.fromCommand(['ok'], options), undefined)).toEqual({
      exec: { command: ['ok'] },
      initialDelaySeconds: 0,
      failureThreshold: 0,
      successThreshold: 0,
    });
  });

  it('shares no array with the probe', () => {
    const command = ['ok'];
    const converted = convertProbe(kplus.Probe.fromCommand(command), undefined);
    command.push('--changed');
    expect(converted?.exec?.command).toEqual(['ok']);
  });

  it('sees through Lazy', () => {
    const given = kplus.Probe.fromHttpGet(lazily('/ready'), { port: 9090, failureThreshold: lazily(5) });
    const { container } = renderedPod(testChart(), { readiness: given });
    expect(convertProbe(given, undefined)).toEqual(container.readinessProbe);
    expect(container.readinessProbe).toEqual({
      failureThreshold: 5,
      httpGet: { path: '/ready', port: 9090, scheme: 'HTTP' },
    });
  });

  it('sees through a Lazy port, which cdk8s-plus cannot write', () => {
    const given = kplus.Probe.fromTcpSocket({ port: lazily(9090) });
    expect(() => renderedPod(testChart(), { readiness: given })).toThrow(/can't render non-simple object/);
    expect(convertProbe(given, undefined)?.tcpSocket).toEqual({ port: 9090 });
  });

  it('refuses a duration that is not in whole seconds, as cdk8s-plus does at synthesis', () => {
    const given = kplus.Probe.fromHttpGet('/', { periodSeconds: Duration.millis(1500) });
    expect(() => renderedPod(testChart(), { readiness: given })).toThrow(/whole number of seconds/);
    expect(() => convertProbe(given, 80)).toThrow(/a cdk8s-plus Probe: .*1500 millis.* use Duration.seconds\(\)/);
  });
});
