import { BulwarkApp, ClusterTarget } from 'kube-bulwark';
import { onlineBoutique } from './online-boutique';

const app = new BulwarkApp({
  target: ClusterTarget.of('1.36'),
  registries: ['us-central1-docker.pkg.dev/online-boutique-ci', 'docker.io/library'],
});
onlineBoutique(app);
console.log(String(app.synth()));
