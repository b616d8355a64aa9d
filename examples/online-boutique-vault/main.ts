import { BulwarkApp, ClusterTarget, VaultAccess } from 'kube-bulwark';
import { registries } from '../online-boutique/online-boutique';
import { vault } from '../vault';
import { onlineBoutiqueVault } from './online-boutique-vault';

const app = new BulwarkApp({
  target: ClusterTarget.of('1.36'),
  registries: [...registries, 'registry.acme.example'],
  vault,
  outdir: 'dist/online-boutique-vault/manifests',
});
onlineBoutiqueVault(app, 'agent');
console.log(String(app.synth()));
VaultAccess.of(app).write('dist/online-boutique-vault/vault');
