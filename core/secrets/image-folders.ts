/** Folders in which an image keeps its programs, libraries, settings and certificates, or the kernel its own files. */
const imageFolders = new Set(
  [
    '/bin /boot /dev /etc /home /lib /lib32 /lib64 /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /var',
    '/etc/ssl /etc/ssl/certs /etc/pki /etc/pki/tls /etc/pki/tls/certs /etc/pki/ca-trust /etc/security /etc/pam.d',
    '/usr/bin /usr/lib /usr/lib64 /usr/libexec /usr/local /usr/local/bin /usr/local/lib /usr/sbin /usr/share /usr/share/zoneinfo',
    '/var/cache /var/lib /var/log /var/run /var/run/secrets /var/run/secrets/kubernetes.io /var/spool /var/tmp /run/secrets',
  ].flatMap((line) => line.split(' ')),
);

/** Folders that are the kernel's, or hold programs and their libraries, with all below them. */
const ownFolder = /^\/(?:boot|dev|proc|sys|(?:usr\/)?(?:s?bin|lib(?:32|64|exec)?))\//;

/** Whether a volume in the place of this folder would hide what a container needs. */
export function isImageFolder(folder: string): boolean {
  return imageFolders.has(folder) || ownFolder.test(folder);
}

/** Where Kubernetes and the webhooks of clouds mount the tokens of the pod, with all below it. */
const tokenFolder =
  /^(?:\/var)?\/run\/secrets\/(?:kubernetes\.io|(?:pods\.)?eks\.amazonaws\.com|azure|tokens|workload-identity|vault\.hashicorp\.com|(?:openbao\.)?openbao\.org)(?:\/|$)/;
/** What web servers hand to everybody, as their images have it. */
const servedFolder =
  /^(?:\/usr\/share\/nginx\/html|\/var\/www|\/usr\/local\/apache2\/htdocs|\/srv\/(?:www|http)|\/usr\/share\/caddy|\/usr\/local\/tomcat\/webapps)(?:\/|$)/;

/** Why no secret may stand in a folder that the image could spare; undefined where one may. */
export function folderObstacle(folder: string): string | undefined {
  if (tokenFolder.test(folder)) return `is in ${folder}, where tokens of the pod are mounted`;
  if (servedFolder.test(folder)) return `is in ${folder}, which web servers hand to everybody`;
  return undefined;
}
