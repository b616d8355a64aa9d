import {
  type BulwarkApp,
  type LockedNamespace,
  RestartOnChange,
  SecretTemplate,
  type VaultDeliveryId,
  VaultSecretMount,
} from 'kube-bulwark';
import { onlineBoutique } from '../online-boutique/online-boutique';

/** Redis' users: without a name and a password nobody gets in, and who gets in administers nothing. */
const users = SecretTemplate.text('user default off\nuser cart on ~* &* +@all -@admin >{{ .password }}\n');

/** What cartservice reads instead of a variable. */
const settings = SecretTemplate.json({
  REDIS_ADDR: SecretTemplate.text('redis-cart:6379,user=cart,password={{ .password }}'),
});

/** Online Boutique, whose Redis asks for a password that only Vault and these two workloads know. */
export function onlineBoutiqueVault(app: BulwarkApp, delivery: VaultDeliveryId, namespace?: string): LockedNamespace {
  /** By csi, which has no templates and tells nobody of a change, Vault holds the whole file in a field. */
  const file = (path: string, field: string, template: SecretTemplate, process: string) =>
    VaultSecretMount.kv('secret/data/online-boutique/redis-cart', {
      delivery,
      file: path,
      ...(delivery === 'csi' ? { field } : { template, onChange: RestartOnChange.of(process) }),
    });
  return onlineBoutique(app, namespace, {
    redis: {
      command: ['redis-server', '--aclfile', '/etc/redis/users.acl'],
      secrets: [file('/etc/redis/users.acl', 'users', users, 'redis-server')],
    },
    cart: {
      // .NET reads appsettings.json from its content root; what upstream's says besides is said here.
      env: {
        DOTNET_CONTENTROOT: '/etc/cartservice',
        Kestrel__EndpointDefaults__Protocols: 'Http2',
        Logging__LogLevel__Microsoft: 'Warning',
      },
      secrets: [file('/etc/cartservice/appsettings.json', 'settings', settings, 'cartservice')],
    },
  });
}
