import { parse } from 'yaml';
import { harborNetworkPolicies, harborPods } from '../../../core/registry/harbor/network';
import { harborCredentials } from '../../../core/registry/harbor/parts';
import { harborValues } from '../../../core/registry/harbor/values';
import { corpus } from '../../support/corpus';
import { itUnless } from '../../support/lack';
import { alternatives, basics } from './harbor-settings';

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** Paths of what is set. */
const pathsIn = (tree: Tree, at = ''): readonly string[] =>
  Object.entries(tree).flatMap(([key, value]) => (isTree(value) ? pathsIn(value, `${at}${key}.`) : [`${at}${key}`]));

describe('harborValues', () => {
  it.each(Object.entries(alternatives))('are as they were, with %s', (_, settings) => {
    expect(harborValues(settings)).toMatchSnapshot();
  });

  it.each(Object.entries(alternatives))('have no credential, with %s', (_, settings) => {
    const values = harborValues(settings);
    const text = JSON.stringify(values);
    for (const each of Object.values(harborCredentials))
      if ('default' in each) expect(text).not.toContain(each.default);
    const passwords = pathsIn(values).filter((path) => /password$|encodedkey$|^secretKey$/i.test(path));
    expect(passwords.length).toBeGreaterThan(4);
    const at = (path: string): unknown => path.split('.').reduce<unknown>((node, key) => (node as Tree)[key], values);
    for (const path of passwords.filter((each) => each !== 'existingSecretAdminPassword')) expect(at(path)).toBe('');
  });

  const chart = corpus('chart-values/harbor.yaml');
  itUnless(chart.lack, 'set nothing that the chart does not read', () => {
    const text = chart.text();
    const known = parse(text) as Tree;
    const has = (path: string): boolean => {
      let node: unknown = known;
      for (const key of path.split('.')) {
        if (typeof node !== 'object' || node === null || !(key in node)) return false;
        node = (node as Tree)[key];
      }
      return true;
    };
    // A part says how much it may take where the chart says nothing; the others stand in the chart as comments.
    const unknown = new Set(
      Object.values(alternatives)
        .flatMap((settings) => pathsIn(harborValues(settings)))
        .filter((path) => !has(path.replace(/\.resources\..*$/, '')) && !/\.resources\./.test(path)),
    );
    expect([...unknown].sort()).toEqual([
      'caBundleSecretName',
      'persistence.imageChartStorage.s3.encrypt',
      'persistence.imageChartStorage.s3.keyid',
      'persistence.imageChartStorage.s3.secure',
    ]);
    for (const path of unknown) expect(text).toMatch(new RegExp(`^ *# ?${path.split('.').at(-1)}:`, 'm'));
  });

  it('take images by tag and digest alike', () => {
    const images = { ...basics.images, core: 'mirror.acme.example:5000/goharbor/core:v2.15.1' };
    const { core, portal } = harborValues({ ...basics, images });
    expect(core).toMatchObject({ image: { repository: 'mirror.acme.example:5000/goharbor/core', tag: 'v2.15.1' } });
    const { repository, tag } = (portal as { readonly image: Readonly<Record<string, string>> }).image;
    expect(`${repository}:${tag}`).toBe(basics.images.portal);
  });
});

describe('harborNetworkPolicies', () => {
  const policies = harborNetworkPolicies('registry', {
    gatewayNamespace: 'gateway',
    database: { cidrs: ['10.1.0.0/24'], port: 5432 },
    login: ['203.0.113.20/32'],
    storage: [],
    upstreams: ['203.0.113.30/32'],
  });

  it('are one for each pod, as they were', () => {
    expect(policies.map(({ metadata }) => metadata?.name)).toEqual(harborPods.map((pod) => `harbor-${pod}`));
    expect(policies).toMatchSnapshot();
  });

  it('let a pod in where another is let out, and nowhere else', () => {
    interface Rule {
      readonly from?: readonly { readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> } }[];
      readonly to?: Rule['from'];
      readonly ports: readonly { readonly port: number }[];
    }
    const edges = (side: 'ingress' | 'egress') =>
      policies
        .flatMap(({ spec }) => {
          const { podSelector, [side]: rules } = spec as unknown as Readonly<
            Record<'ingress' | 'egress', readonly Rule[]>
          > & {
            readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
          };
          return rules.flatMap((rule) =>
            (rule.from ?? rule.to ?? []).flatMap((peer) => {
              const other = peer.podSelector?.matchLabels.component;
              if (other === undefined) return [];
              const [from, to] =
                side === 'ingress'
                  ? [other, podSelector.matchLabels.component]
                  : [podSelector.matchLabels.component, other];
              return rule.ports.map(({ port }) => `${from} -> ${to}:${port}`);
            }),
          );
        })
        .sort();
    expect(edges('ingress')).toEqual(edges('egress'));
    expect(edges('ingress').length).toBeGreaterThan(15);
  });
});
