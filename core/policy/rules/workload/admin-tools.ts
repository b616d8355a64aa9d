import { containers } from '../../clause';
import { podRule } from '../../define';
import { matches, text } from '../../expression/operators';

const tiller = /(?:^|\/)tiller(?:[:@]|$)/;
const dashboard = /(?:^|\/)(?:kubernetesui\/dashboard(?:-[a-z]+)*|kubernetes-dashboard(?:-[a-z0-9]+)*)(?:[:@]|$)/;

export const adminTools = podRule({
  id: 'admin-tools',
  title: 'No tool in the cluster acts for whoever reaches it',
  severity: 'warning',
  why:
    'Tiller installs what anyone who reaches its port asks for, and the Kubernetes Dashboard shows and changes what its own account may: both have handed ' +
    'whole clusters to strangers. Helm 2, which needed Tiller, has had no fixes since November 2020.',
  fix: 'Use Helm 3 or later, which has no server, and a console on the machine of its user, which acts with the rights of that user.',
  clauses: [
    containers.violation({
      when: ({ image }) => matches(image, tiller),
      at: ({ image }) => image,
      message: (container) => text`${container} is Tiller, the server of Helm 2`,
      remedy: 'use Helm 3 or later, which has no server',
      severity: 'error',
    }),
    containers.violation({
      when: ({ image }) => matches(image, dashboard),
      at: ({ image }) => image,
      message: (container) => text`${container} is a part of the Kubernetes Dashboard`,
      remedy:
        'use a console on the machine of its user, or waive the rule where each user signs in with rights of their own',
    }),
  ],
});
