/** What is given to the factories of a workload's parts, by whoever the compiler does not see. */
import fc from 'fast-check';
import { CloudIdentity, Env, Mount, Probe, SecureDeployment, type SecureDeploymentProps } from '../../../index';
import { basics, errorsOf, testNamespace } from '../../support/app';

const web = { ...basics, port: 8080, readiness: Probe.http('/ready') };
const faultsOf = (props: Partial<SecureDeploymentProps>) => {
  const { app, shop } = testNamespace();
  new SecureDeployment(shop, 'web', { ...web, ...props });
  return errorsOf(app).map(({ construct, rule, property, message, remedy }) => [
    construct,
    rule,
    property,
    message,
    remedy,
  ]);
};
const mounted = (mount: Mount) => ({ mounts: { '/data': mount } });
/** Past the compiler. */
const loose = (given: unknown): never => given as never;

describe('what is wrong with the arguments of a factory', () => {
  it.each<[string, () => Partial<SecureDeploymentProps>, string, string, string]>([
    [
      'a misspelt option, which would leave the volume writable',
      () => mounted(Mount.claim('data', loose({ writeable: false }))),
      "mounts['/data'].writeable",
      'there is no prop "writeable"',
      'did you mean writable?',
    ],
    [
      'a text for a flag',
      () => mounted(Mount.claim('data', { writable: loose('no') })),
      "mounts['/data'].writable",
      '"no" is not true or false',
      'give true or false',
    ],
    [
      'an access mode that there is not',
      () => mounted(Mount.claim('data', { accessMode: loose('ReadOnly') })),
      "mounts['/data'].accessMode",
      '"ReadOnly" is not one of ReadWriteOnce, ReadWriteOncePod, ReadWriteMany, ReadOnlyMany',
      'give one of ReadWriteOnce, ReadWriteOncePod, ReadWriteMany, ReadOnlyMany',
    ],
    [
      'no name of a claim',
      () => mounted(Mount.claim(loose(undefined))),
      "mounts['/data'].claimName",
      'claimName is missing',
      "give it, as in claimName: 'data'",
    ],
    [
      'an object for a name',
      () => mounted(Mount.configMap(loose({ name: 'data' }))),
      "mounts['/data'].name",
      '{"name":"data"} is not a name',
      'give a name',
    ],
    [
      'a text for a mode',
      () => mounted(Mount.configMap('data', { mode: loose('0444') })),
      "mounts['/data'].mode",
      '"0444" is not a number',
      'give a number',
    ],
    [
      'a list for keys',
      () => mounted(Mount.configMap('data', { items: loose(['a']) })),
      "mounts['/data'].items",
      '["a"] is not an object',
      'give an object, each of its values being a text',
    ],
    [
      'a number for options',
      () => mounted(Mount.scratch(loose(5))),
      "mounts['/data'].options",
      '5 is no object of options',
      'give an object, or leave it out',
    ],
    [
      'a medium that there is not',
      () => mounted(Mount.scratch({ medium: loose('Memory') })),
      "mounts['/data'].medium",
      '"Memory" is not one of disk, memory',
      'give one of disk, memory',
    ],
    [
      'a number for a size',
      () => mounted(Mount.ephemeral(loose(5))),
      "mounts['/data'].size",
      "5 is not a text such as '128Mi', or a cdk8s Size",
      "give a text such as '128Mi', or a cdk8s Size",
    ],
    [
      'a number for an attribute',
      () => mounted(Mount.csi('csi.acme.example', loose({ class: 5 }))),
      "mounts['/data'].attributes['class']",
      '5 is not a text',
      'give a text',
    ],
    [
      'no files',
      () => mounted(Mount.podInfo(loose(undefined))),
      "mounts['/data'].files",
      'files is missing',
      "give it, as in files: { labels: 'metadata.labels' }",
    ],
    [
      'a source that there is not',
      () => mounted(Mount.projected(loose({ secrets: { name: 'a' } }))),
      "mounts['/data'].sources[0].secrets",
      'a VolumeProjection has no field "secrets"',
      'did you mean secret?',
    ],
    [
      'a misspelt time',
      () => ({ readiness: Probe.http('/', loose({ perodSeconds: 5 })) }),
      'readiness.perodSeconds',
      'there is no prop "perodSeconds"',
      'did you mean periodSeconds?',
    ],
    [
      'a scheme in small letters',
      () => ({ readiness: Probe.http('/', { scheme: loose('https') }) }),
      'readiness.scheme',
      '"https" is not HTTP or HTTPS',
      'give HTTP or HTTPS',
    ],
    [
      'a command in one text',
      () => ({ liveness: Probe.exec(loose('/bin/true')) }),
      'liveness.command',
      '"/bin/true" is not a list',
      'give a list, each item being a text',
    ],
    [
      'a text for the port of gRPC',
      () => ({ liveness: Probe.grpc({ port: loose('grpc') }) }),
      'liveness.port',
      '"grpc" is not a number',
      'give a number',
    ],
    [
      'a list for a port',
      () => ({ startup: Probe.tcp({ port: loose([80]) }) }),
      'startup.port',
      '[80] is not a number, or the name of a port',
      'give a number, or the name of a port',
    ],
    [
      'no key',
      () => ({ env: { A: Env.configMap('a', loose(undefined)) } }),
      "env['A'].key",
      'key is missing',
      "give it, as in key: 'mode'",
    ],
    [
      'a misspelt unit',
      () => ({ env: { A: Env.resource('limits.cpu', loose({ divsor: '1m' })) } }),
      "env['A'].divsor",
      'there is no prop "divsor"',
      'did you mean divisor?',
    ],
    [
      'no field',
      () => ({ env: { A: Env.field(loose(undefined)) } }),
      "env['A'].fieldPath",
      'fieldPath is missing',
      "give it, as in fieldPath: 'metadata.name'",
    ],
    [
      'a misspelt account',
      () => ({ cloudIdentity: CloudIdentity.gke(loose({ serviceAcount: 'a@b' })) }),
      'cloudIdentity.serviceAcount',
      'there is no prop "serviceAcount"',
      'did you mean serviceAccount?',
    ],
    [
      'no client',
      () => ({ cloudIdentity: CloudIdentity.aks(loose({})) }),
      'cloudIdentity.clientId',
      'clientId is missing',
      "give it, as in clientId: '00000000-0000-0000-0000-000000000000'",
    ],
    [
      'an empty role',
      () => ({ cloudIdentity: CloudIdentity.irsa({ roleArn: '' }) }),
      'cloudIdentity.roleArn',
      '"" is not a text that says something',
      'give a text that says something',
    ],
    [
      'a misspelt wish to stay closed',
      () => ({ cloudIdentity: CloudIdentity.eksPodIdentity(loose({ fromPods: false })) }),
      'cloudIdentity.fromPods',
      'there is no prop "fromPods"',
      'did you mean fromPod?',
    ],
  ])('is told where it is taken: %s', (_name, props, property, message, remedy) => {
    expect(faultsOf(props())).toEqual([['shop/web', 'prop-valid', property, message, remedy]]);
  });

  it.each<[string, () => Partial<SecureDeploymentProps>, string]>([
    [
      'an option of the name of an argument',
      () => mounted(Mount.configMap('a', loose({ name: 'b' }))),
      "mounts['/data'].name",
    ],
    ['another path', () => ({ readiness: Probe.http('/a', loose({ path: '/b' })) }), 'readiness.path'],
    ['a variable that is undefined', () => ({ env: { A: loose(undefined) } }), "env['A']"],
    [
      'a header that is undefined',
      () => ({ readiness: Probe.http('/', { headers: { A: loose(undefined) } }) }),
      "readiness.headers['A']",
    ],
    ['a file of nothing', () => mounted(Mount.podInfo({ a: loose(undefined) })), "mounts['/data'].files['a']"],
    [
      'a misspelt lifetime',
      () => mounted(Mount.projected(loose({ serviceAccountToken: { path: 't', expirationSecond: 600 } }))),
      "mounts['/data'].sources[0].serviceAccountToken.expirationSecond",
    ],
    [
      'a token without a path',
      () => mounted(Mount.projected(loose({ serviceAccountToken: { audience: 'v' } }))),
      "mounts['/data'].sources[0].serviceAccountToken.path",
    ],
    ['a text for a source', () => mounted(Mount.projected(loose('settings'))), "mounts['/data'].sources[0]"],
  ])('is told: %s', (_name, props, property) => {
    expect(faultsOf(props()).map(([, rule, at]) => [rule, at])).toEqual([['prop-valid', property]]);
  });

  it('is told of each container, and all at once', () => {
    const mount = Mount.claim(loose(5), loose({ writeable: false, storage: 'floppy' }));
    const beside = { ...basics, name: 'proxy', mounts: { '/data': mount } };
    const properties = faultsOf({ ...mounted(mount), sidecars: [beside] }).map(([, , property]) => property);
    const of = (at: string) => ['writeable', 'claimName', 'storage'].map((name) => `${at}mounts['/data'].${name}`);
    expect(properties.sort()).toEqual([...of(''), ...of('sidecars[0].')].sort());
  });

  it('stops no program before it is told', () => {
    const given = fc.oneof(
      fc.anything(),
      fc.constantFrom(null, undefined, Symbol('a'), 10n, new Map(), { toString: 1 }, { asString: 5 }),
    );
    const factories: readonly ((a: never, b: never) => unknown)[] = [
      (a, b) => Mount.configMap(a, b),
      (a, b) => Mount.claim(a, b),
      (a, b) => Mount.ephemeral(a, b),
      (a) => Mount.scratch(a),
      (a, b) => Mount.csi(a, b),
      (a) => Mount.image(a),
      (a, b) => Mount.projected(a, b),
      (a) => Mount.podInfo(a),
      (a, b) => Probe.http(a, b),
      (a) => Probe.grpc(a),
      (a) => Probe.tcp(a),
      (a, b) => Probe.exec(a, b),
      (a, b) => Env.configMap(a, b, a),
      (a) => Env.field(a),
      (a, b) => Env.resource(a, b),
      (a) => CloudIdentity.gke(a),
      (a) => CloudIdentity.eksPodIdentity(a),
      (a) => CloudIdentity.irsa(a),
      (a) => CloudIdentity.aks(a),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...factories), given, given, (make, a, b) => {
        expect(() => make(loose(a), loose(b))).not.toThrow();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is nothing where an option is null, which is left out', () => {
    expect(faultsOf(mounted(Mount.claim('data', loose({ writable: null, storage: undefined }))))).toEqual([]);
    expect(faultsOf({ readiness: Probe.http('/', loose(null)) })).toEqual([]);
  });
});
