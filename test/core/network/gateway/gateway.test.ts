import * as fc from 'fast-check';
import {
  certificateCovers,
  hostnameFault,
  listenerTakes,
  nearestListener,
} from '../../../../core/network/gateway/hostname';
import { pathFault } from '../../../../core/network/gateway/route';

describe('hosts', () => {
  it('are taken by the listener that is most exact', () => {
    const listeners = ['*.example.org', '*.shop.example.org', 'www.shop.example.org'];
    expect(nearestListener(listeners, 'www.shop.example.org')).toBe('www.shop.example.org');
    expect(nearestListener(listeners, 'a.shop.example.org')).toBe('*.shop.example.org');
    expect(nearestListener(listeners, 'a.b.example.org')).toBe('*.example.org');
    expect(nearestListener(listeners, 'example.org')).toBeUndefined();
    expect(listenerTakes('*.example.org', 'badexample.org')).toBe(false);
  });

  it('are covered by a star for one part alone', () => {
    expect(certificateCovers(['*.example.org'], 'a.example.org')).toBe(true);
    expect(certificateCovers(['*.example.org'], 'a.b.example.org')).toBe(false);
    expect(certificateCovers(['*.example.org'], '*.example.org')).toBe(true);
    expect(certificateCovers(['example.org'], 'a.example.org')).toBe(false);
  });

  it('are names within a domain', () => {
    expect(hostnameFault('*.shop.example.org')).toBeUndefined();
    for (const wrong of ['*', '*.org', 'shop', 'a.*.org', 'Shop.example.org', '10.0.0.1', ''])
      expect(hostnameFault(wrong)).toBeDefined();
  });
});

describe('paths', () => {
  it('are what the Gateway API takes', () => {
    for (const right of ['/', '/a', '/a/', '/a/b.c~d', '/%41', '/a:b@c']) expect(pathFault(right)).toBeUndefined();
    for (const wrong of [
      '',
      'a',
      '//',
      '/a//b',
      '/.',
      '/a/..',
      '/a/./b',
      '/a%2fb',
      '/a%5Cb',
      '/%2e%2E/b',
      '/.%2e',
      '/a b',
      '/a#b',
      '/a?b',
      '/%4',
      `/${'a'.repeat(1024)}`,
    ])
      expect([wrong, pathFault(wrong)]).toEqual([wrong, expect.any(String)]);
  });

  it('are never taken where the API server would refuse them', () => {
    const character = fc.constantFrom(...'/.%2fF#a~ ?'.split(''));
    const refused = (path: string) =>
      !path.startsWith('/') ||
      ['//', '/./', '/../', '%2f', '%2F', '#'].some((part) => path.includes(part)) ||
      path.endsWith('/..') ||
      path.endsWith('/.') ||
      !/^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$/.test(path);
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 8 }), (tail) => {
        const path = `/${tail}`;
        expect(pathFault(path) !== undefined).toBe(refused(path) || /%2f/i.test(path));
      }),
    );
  });
});
