import type { LogsFault } from '../../core/logs/fault';
import { isDnsLabel, isDnsSubdomain } from '../../core/manifest/names';
import { serviceCidrFault } from '../../core/network/cidr';
import { cidrFaults } from '../cidrs';
import type { GrafanaLoginArgs } from './args';
import type { LogPipelineConfig, PlainArgs } from './config';

const host = '[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?';
const addressForm = new RegExp(`^https://${host}$`);
const endpointForm = new RegExp(`^https://${host}(/[A-Za-z0-9._~/-]*)?$`);

function leads(text: string, form: RegExp): boolean {
  return form.test(text) && URL.canParse(text);
}

/** What each text may be: none of it says anything else in grafana.ini, where $, quotes and semicolons do, or in JMESPath. */
const forms = {
  clientId: /^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/,
  group: /^[A-Za-z0-9/_][A-Za-z0-9/_ .:@+-]*$/,
  groupsClaim: /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/,
  scope: /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/,
} as const;

/** Everything that is wrong with a Grafana that is asked for. No message holds an address, which may have a password in it. */
export function grafanaFaults(
  { grafana, images, existing }: PlainArgs,
  { namespace, agentNamespace }: Pick<LogPipelineConfig, 'namespace' | 'agentNamespace'>,
): readonly LogsFault[] {
  if (grafana === undefined) {
    if (images.grafana === undefined) return [];
    const message = 'it is about a Grafana, and none is asked for';
    return [{ key: 'images.grafana', message, remedy: 'give grafana, or leave it out' }];
  }
  if (existing !== undefined) {
    const message = 'it would ask a Loki of this stack, and existing says to use another store';
    const remedy = 'leave it out, with images.grafana, and give the Grafana of that store the dashboards';
    return [{ key: 'grafana', message, remedy }];
  }
  const { address, gatewayNamespace, secretName, login } = grafana;
  const faults: LogsFault[] = [];
  const at = (key: string, message: string, remedy: string): void => {
    faults.push({ key: `grafana.${key}`, message, remedy });
  };
  if (images.grafana === undefined)
    faults.push({
      key: 'images.grafana',
      message: 'grafana is asked for, and there is no image',
      remedy: 'give the image with its digest, or leave out grafana',
    });
  if (!leads(address, addressForm))
    at('address', 'it is no address that browsers reach over HTTPS', "write it as 'https://<host>', without a path");
  if (!isDnsLabel(gatewayNamespace))
    at('gatewayNamespace', `${JSON.stringify(gatewayNamespace)} is no namespace`, 'name that of the gateway');
  else if ([namespace, agentNamespace].includes(gatewayNamespace))
    at(
      'gatewayNamespace',
      `${gatewayNamespace} is a namespace of this stack, in which there is no gateway`,
      'name that of the gateway',
    );
  if (!isDnsSubdomain(secretName))
    at('secretName', `${JSON.stringify(secretName)} is no name of a Secret`, 'give the name alone, no value of one');
  return [...faults, ...loginFaults(login)];
}

function loginFaults(login: GrafanaLoginArgs): readonly LogsFault[] {
  const { clientId, cidrs, viewers, explorers = [], scopes, groupsClaim } = login;
  const faults: LogsFault[] = [];
  const at = (key: string, message: string, remedy: string): void => {
    faults.push({ key: `grafana.login.${key}`, message, remedy });
  };
  if (!forms.clientId.test(clientId))
    at('clientId', 'it has characters that mean something else in grafana.ini', 'give the id that the provider shows');
  for (const key of ['authUrl', 'tokenUrl', 'userInfoUrl'] as const)
    if (!leads(login[key], endpointForm))
      at(
        key,
        'it is no address over HTTPS: tokens would be read on the way, or the provider is not asked',
        "write it as 'https://<host>/<path>', without credentials and a query",
      );
  if (groupsClaim !== undefined && !forms.groupsClaim.test(groupsClaim))
    at(
      'groupsClaim',
      `${JSON.stringify(groupsClaim)} is no name of a claim`,
      "write it as 'groups' or 'realm_access.roles'",
    );
  if (viewers.length === 0 && explorers.length === 0)
    at('viewers', 'nobody could log in', 'name the groups that may read the audit log');
  for (const [key, groups] of Object.entries({ viewers, explorers }))
    for (const [i, group] of groups.entries())
      if (!forms.group.test(group))
        at(
          `${key}[${i}]`,
          `${JSON.stringify(group)} has characters that mean something else in grafana.ini or in JMESPath`,
          'give groups a name or an id of letters, digits and / _ . : @ + - at the provider',
        );
  if (scopes !== undefined && !scopes.includes('openid'))
    at('scopes', 'openid is not among them: the provider would say nothing of who it is', "add 'openid'");
  for (const [i, scope] of (scopes ?? []).entries())
    if (!forms.scope.test(scope))
      at(`scopes[${i}]`, `${JSON.stringify(scope)} is no scope`, 'give one scope in each text');
  if (cidrs.length === 0) at('cidrs', 'nobody knows where the provider is', "give its addresses: ['203.0.113.10/32']");
  return [...faults, ...cidrFaults('grafana.login.cidrs', cidrs, serviceCidrFault)];
}
