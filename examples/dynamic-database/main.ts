import { BulwarkApp, ClusterTarget, VaultAccess } from 'kube-bulwark';
import { vault } from '../vault';
import { orders } from './orders';

const app = new BulwarkApp({
  target: ClusterTarget.of('1.36'),
  registries: ['registry.acme.example'],
  vault: { ...vault, delivery: 'agent' },
  outdir: 'dist/dynamic-database/manifests',
});
orders(app);
console.log(String(app.synth()));
VaultAccess.of(app).write('dist/dynamic-database/vault');
