import { cidrFault } from '../../core/network/cidr';
import type { RegistryFault } from '../../core/registry/fault';
import type { RegistryProduct } from '../../core/registry/products';
import { covers, repositoryPattern } from '../../core/registry/repositories';
import { upstreamPath } from '../../core/registry/zot';
import { cidrFaults } from '../cidrs';
import type { PlainArgs } from './config';
import { harborFaults, idleHarborFaults } from './harbor-faults';

/** What is wrong with arguments that one product takes alone, or otherwise than another. */
export function productFaults(product: RegistryProduct, args: PlainArgs): readonly RegistryFault[] {
  const faultsOf: Readonly<Record<RegistryProduct, (args: PlainArgs) => readonly RegistryFault[]>> = {
    distribution: (of) => [...idleFaults(of), ...idleHarborFaults(of)],
    zot: (of) => [...zotFaults(of), ...idleHarborFaults(of)],
    harbor: (of) => [...idleFaults(of), ...harborFaults(of)],
  };
  return faultsOf[product](args);
}

/** Arguments that mean nothing where metrics are asked for on a port of their own. */
function idleFaults({ metricsUser }: PlainArgs): readonly RegistryFault[] {
  if (metricsUser === undefined) return [];
  const message = 'metrics are on a port of their own, where nobody is asked for a password';
  return [{ key: 'metricsUser', message, remedy: 'leave it out: give prometheusNamespace alone' }];
}

function zotFaults(args: PlainArgs): readonly RegistryFault[] {
  return [...rightsFaults(args), ...metricsFaults(args), ...upstreamFaults(args)];
}

/** Whose repositories are whose. */
function rightsFaults({ teams = [], immutableTags = [], upstreams = [], authentication }: PlainArgs) {
  const faults: RegistryFault[] = [];
  const caches = upstreams.map(({ host }) => ({ kind: 'tree' as const, path: upstreamPath(host) }));
  const patterns = (key: string, texts: readonly string[], isPush: boolean): void => {
    for (const [i, text] of texts.entries()) {
      const pattern = repositoryPattern(text);
      const at = `${key}[${i}]`;
      if (pattern === undefined) {
        const message = `${JSON.stringify(text.slice(0, 100))} is no pattern of repositories`;
        faults.push({
          key: at,
          message,
          remedy: "write it as 'shop/cart', 'shop/*' for those right below, or 'shop/**'",
        });
      } else if (isPush && caches.some((cache) => covers(cache, pattern))) {
        const message = 'images of an upstream are kept there, and nobody can put others in their place';
        faults.push({ key: at, message, remedy: 'push elsewhere: everybody may pull from there' });
      }
    }
  };
  patterns('immutableTags', immutableTags, false);
  const known = new Set(authentication.users?.map(({ name }) => name));
  const isHtpasswd = authentication.kind === 'htpasswd';
  for (const [i, { name, push, pull = [], users = [], groups = [] }] of teams.entries()) {
    const key = `teams[${i}]`;
    patterns(`${key}.push`, push, true);
    patterns(`${key}.pull`, pull, false);
    const first = teams.findIndex((other) => other.name === name);
    if (first < i)
      faults.push({ key: `${key}.name`, message: `teams[${first}] has the same name`, remedy: 'give each its own' });
    if (users.length + groups.length === 0)
      faults.push({ key: `${key}.users`, message: 'nobody is in the team', remedy: 'name its users or its groups' });
    if (isHtpasswd && groups.length > 0) {
      const message = 'nobody has a group with htpasswd';
      faults.push({ key: `${key}.groups`, message, remedy: 'name the users of the team, or let in by oidc' });
    }
    for (const [j, user] of users.entries()) {
      // With a provider people are called by their addresses.
      if (known.has(user) || (!isHtpasswd && user.includes('@'))) continue;
      const message = `${JSON.stringify(user.slice(0, 100))} is none of authentication.users`;
      const remedy = isHtpasswd ? 'name one of them' : 'name one of them, or the email that the provider knows';
      faults.push({ key: `${key}.users[${j}]`, message, remedy });
    }
  }
  return faults;
}

function metricsFaults({ metricsUser, prometheusNamespace, authentication, alerts }: PlainArgs) {
  const faults: RegistryFault[] = [];
  const isUser = authentication.users?.some(({ name }) => name === metricsUser);
  if (metricsUser !== undefined && !isUser) {
    const message = `${JSON.stringify(metricsUser.slice(0, 100))} is none of authentication.users`;
    faults.push({ key: 'metricsUser', message, remedy: 'name one of them, whom Prometheus asks as' });
  }
  if ((metricsUser === undefined) !== (prometheusNamespace === undefined)) {
    const key = metricsUser === undefined ? 'metricsUser' : 'prometheusNamespace';
    const message = 'zot shows its metrics to one user alone, and only where Prometheus may connect to it';
    faults.push({ key, message, remedy: 'give metricsUser and prometheusNamespace, or neither' });
  }
  if (alerts === true && metricsUser === undefined) {
    const message = 'zot shows nobody its metrics, and no alert would ever fire';
    faults.push({ key: 'alerts', message, remedy: 'give metricsUser and prometheusNamespace, or leave it out' });
  }
  return faults;
}

function upstreamFaults({ upstreams = [] }: PlainArgs): readonly RegistryFault[] {
  const faults: RegistryFault[] = [];
  for (const [i, { allow, cidrs = [], host }] of upstreams.entries()) {
    for (const [j, text] of allow.entries())
      if (!/^[*/]*$/.test(text) && repositoryPattern(text) === undefined) {
        const message = `${JSON.stringify(text.slice(0, 100))} is no pattern of repositories`;
        const remedy = "write it as 'library/redis', 'library/*' for those right below, or 'acme/**'";
        faults.push({ key: `upstreams[${i}].allow[${j}]`, message, remedy });
      }
    if (cidrs.length === 0) {
      const message = `nobody knows where ${JSON.stringify(host.slice(0, 100))} is, and the registry could not connect to it`;
      const remedy = "give its addresses, or those of the proxy to it: ['203.0.113.0/24']";
      faults.push({ key: `upstreams[${i}].cidrs`, message, remedy });
    }
    faults.push(...cidrFaults(`upstreams[${i}].cidrs`, cidrs, cidrFault));
  }
  return faults;
}
