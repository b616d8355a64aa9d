import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { LockedNamespace, Mount, SecureStatefulSet } from '../../../index';
import { basics, objectsOf, testApp } from '../../support/app';

/** The same app with every size as a text, or as what cdk8s has for it. */
function objectsWith<S, C>(size: (mebibytes: number) => S, cpu: (millis: number) => C) {
  const given = (value: unknown) => value as never;
  const app = testApp();
  const shop = new LockedNamespace(app, 'shop', {
    owner: 'team-shop',
    quota: {
      cpu: given(cpu(4000)),
      memory: given(size(8192)),
      ephemeralStorage: given(size(8192)),
      storage: given(size(8192)),
    },
    limits: { maxMemory: given(size(2048)), defaultMemory: given(size(96)), defaultCpu: given(cpu(70)) },
  });
  new SecureStatefulSet(shop, 'db', {
    ...basics,
    resources: { cpu: given(cpu(100)), memory: given(size(64)), ephemeralStorage: given(size(1024)) },
    writable: [{ path: '/tmp', size: given(size(16)) }],
    mounts: { '/scratch': Mount.scratch({ size: given(size(32)) }), '/big': Mount.ephemeral(given(size(512))) },
    storage: [{ path: '/data', size: given(size(1024)) }],
  });
  return objectsOf(app);
}

it('a size is taken as a text or as a cdk8s Size, wherever one is given', () => {
  const texts = objectsWith(
    (mebibytes) => `${mebibytes}Mi`,
    (millis) => `${millis}m`,
  );
  expect(objectsWith(Size.mebibytes, Cpu.millis)).toEqual(texts);
  for (const size of ['"8192Mi"', '"2048Mi"', '"96Mi"', '"70m"', '"4000m"', '"16Mi"', '"32Mi"', '"512Mi"', '"1024Mi"'])
    expect(JSON.stringify(texts)).toContain(size);
});
