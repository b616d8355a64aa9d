import { BulwarkApp, ClusterTarget } from 'kube-bulwark';
import { onlineBoutique, registries } from './online-boutique';

const app = new BulwarkApp({ target: ClusterTarget.of('1.36'), registries });
onlineBoutique(app);
console.log(String(app.synth()));
