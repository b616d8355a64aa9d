import type { DeclaredRule } from '../../rule';

export const meshPlugin = {
  id: 'mesh-plugin',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Sidecars need the plugin of their service mesh in namespaces that refuse NET_ADMIN',
  severity: 'error',
  waivable: false,
  why:
    'Without the plugin a privileged container in each pod redirects its traffic. The Pod Security Standards ' +
    'refuse it, so that no pod would start; and a namespace that lets it in lets in whatever else an attacker ' +
    'runs with NET_ADMIN.',
  fix: "Install Istio's or Linkerd's CNI plugin and declare it in the target, or use Istio's ambient mode.",
} as const satisfies DeclaredRule;
