import { BulwarkApp, ClusterTarget, VaultAccess } from 'kube-bulwark';
import { vault } from '../vault';
import { bank } from './bank';

const app = new BulwarkApp({
  target: ClusterTarget.of('1.36'),
  registries: ['registry.acme.example'],
  vault: { ...vault, delivery: 'agent' },
  outdir: 'dist/mutual-tls/manifests',
});
bank(app);
console.log(String(app.synth()));
VaultAccess.of(app).write('dist/mutual-tls/vault');
