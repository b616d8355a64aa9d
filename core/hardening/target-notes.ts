import type { Lack } from '../cluster/support';
import type { ClusterTarget } from '../cluster/target';
import type { Note } from './draft';

/**
 * What the pods of a target go without, since it is too old, since nobody has said that its nodes can do it, or since its
 * network plugin cannot.
 */
export function targetNotes(target: ClusterTarget): readonly Note[] {
  // Windows has none of it, and nobody can declare that its nodes do.
  const notes: Note[] = target.nodes.os === 'windows' ? [] : linuxNotes(target);
  if (target.enforcesNetworkPolicy === 'no') {
    notes.push({
      rule: 'network-policy-enforced',
      path: ['target', 'cni'],
      message: `the network plugin of the target (${target.cni}) enforces no NetworkPolicy: everything stays open, whatever the policies say`,
      remedy:
        "run one that does, and declare it: cni: 'cilium', 'calico', or 'canal' for Flannel with Calico's policies beside it",
    });
  }
  return notes;
}

function linuxNotes(target: ClusterTarget): Note[] {
  const notes: Note[] = [];
  const namespaces = target.supports('userNamespaces');
  if (!namespaces.supported) {
    notes.push({
      rule: 'user-namespaces',
      path: ['spec', 'hostUsers'],
      message: `pods run without user namespaces: ${namespaces.reason}`,
      remedy: remedyFor(
        namespaces,
        'declare nodes: { userNamespaces: true } in the ClusterTarget where every node has Linux 6.3 and containerd 2 or CRI-O',
      ),
    });
  }
  const groups = target.supports('supplementalGroupsPolicy');
  if (!groups.supported) {
    notes.push({
      rule: 'supplemental-groups',
      path: ['spec', 'securityContext', 'supplementalGroupsPolicy'],
      message: `groups that an image puts its user into are added unseen: ${groups.reason}`,
      remedy: remedyFor(
        groups,
        'declare nodes: { supplementalGroupsPolicy: true } in the ClusterTarget where every node has containerd 2 or CRI-O 1.31',
      ),
    });
  }
  const profile = target.supports('appArmorProfile');
  if (!profile.supported && !target.supports('appArmorAnnotation').supported) {
    notes.push({
      rule: 'apparmor-missing',
      path: ['spec', 'securityContext', 'appArmorProfile'],
      message: `pods run without an AppArmor profile: ${profile.reason}`,
      remedy: remedyFor(
        profile,
        'declare nodes: { appArmor: true } in the ClusterTarget where every node has AppArmor (Ubuntu, Debian, SUSE, COS)',
      ),
    });
  }
  return notes;
}

function remedyFor({ cause, since }: Lack, ofNodes: string): string {
  if (cause === 'nodes') return ofNodes;
  return since === undefined ? 'nothing to do until a Kubernetes version has it' : `it comes with Kubernetes ${since}`;
}
