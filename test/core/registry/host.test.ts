import * as fc from 'fast-check';
import {
  ownRegistryFaults,
  parseRegistryHost,
  registryHostFaults,
  registryName,
  spellingFault,
} from '../../../core/registry/host';

describe('the name of a registry', () => {
  it.each([
    ['docker.io', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['registry.hub.docker.com', 'docker.io'],
    ['DOCKER.io.:0443', 'docker.io'],
    ['Registry.acme.example', 'registry.acme.example'],
    ['registry.acme.example..', 'registry.acme.example'],
    ['registry.acme.example:443', 'registry.acme.example'],
    ['registry.acme.example:05000', 'registry.acme.example:5000'],
    ['registry.acme.example:8443', 'registry.acme.example:8443'],
    // Without its port it would be a repository of Docker Hub.
    ['registry:443', 'registry:443'],
    ['index.docker.io.example', 'index.docker.io.example'],
    ['[::1]:05000', '[::1]:5000'],
    ['[::1]', '[::1]'],
    ['', ''],
  ])('of %j is %j', (host, name) => {
    expect(registryName(host)).toBe(name);
  });

  it('has itself for a name', () => {
    fc.assert(
      fc.property(fc.string(), (host) => {
        const name = registryName(host);
        expect(registryName(name)).toBe(name);
        if (parseRegistryHost(host) !== undefined && name === host)
          expect(registryHostFaults('host', host)).toEqual([]);
      }),
    );
  });

  it('is what images are compared by', () => {
    expect(spellingFault('docker.io/library')).toBeUndefined();
    expect(spellingFault('index.docker.io/library')).toEqual({
      message: 'images are compared by the names of their registries, and that one is called docker.io',
      remedy: 'write docker.io/library',
    });
    expect(registryHostFaults('host', 'registry-1.docker.io')).toMatchObject([{ remedy: 'write docker.io' }]);
    expect(registryHostFaults('host', 'docker.io')).toEqual([]);
  });

  it('shows nothing of what may be a password', () => {
    for (const host of ['me:Hunter22@registry.acme.example', 'https://me:Hunter22@registry.acme.example'])
      expect(JSON.stringify(registryHostFaults('host', host))).not.toMatch(/hunter22/i);
  });

  it.each(['docker.io', 'index.docker.io', 'Docker.IO', 'registry-1.docker.io:443'])('is nobody’s own: %s', (host) => {
    expect(ownRegistryFaults('host', host)).toEqual([
      {
        key: 'host',
        message: 'it is Docker Hub, whose images anybody may push',
        remedy: 'give the name of your own: registry.acme.example',
      },
    ]);
  });
});
