import { type Cidr, cidrContains, parseCidr } from './cidr';
import { translatedForms } from './translation';

/** An address by which a cloud hands credentials, or the node's own secrets, to whoever asks from the node. */
export interface MetadataAddress {
  readonly cloud: string;
  /** What answers there. */
  readonly service: string;
  readonly address: string;
  /** The address as a block of one. */
  readonly cidr: string;
  /** The TCP ports that it answers on. */
  readonly ports: readonly number[];
  /** Where it is documented. */
  readonly source: string;
}

/**
 * The metadata and credential addresses of the clouds. Several clouds share 169.254.169.254: it stands here once for
 * each.
 */
export const metadataAddresses: readonly MetadataAddress[] = [
  ...instanceMetadata('169.254.169.254', {
    AWS: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html',
    'Google Cloud': 'https://cloud.google.com/compute/docs/metadata/querying-metadata',
    Azure: 'https://learn.microsoft.com/en-us/azure/virtual-machines/instance-metadata-service',
    'Oracle Cloud': 'https://docs.oracle.com/en-us/iaas/Content/Compute/Tasks/gettingmetadata.htm',
    DigitalOcean: 'https://docs.digitalocean.com/reference/api/metadata/',
    OpenStack: 'https://docs.openstack.org/nova/latest/user/metadata.html',
  }),
  ...instanceMetadata('fd00:ec2::254', {
    AWS: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html',
  }),
  ...instanceMetadata('fd20:ce::254', {
    'Google Cloud': 'https://cloud.google.com/compute/docs/metadata/querying-metadata',
  }),
  ...instanceMetadata('fd00:c1::a9fe:a9fe', {
    'Oracle Cloud': 'https://github.com/oracle/oci-python-sdk/blob/master/src/oci/auth/signers',
  }),
  ...instanceMetadata('100.100.100.200', {
    'Alibaba Cloud': 'https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata',
  }),
  ...instanceMetadata('169.254.0.23', {
    'Tencent Cloud': 'https://github.com/DataDog/datadog-agent/tree/main/pkg/util/cloudproviders/tencent',
  }),
  ...instanceMetadata('169.254.42.42', {
    Scaleway: 'https://docs.cloud-init.io/en/latest/reference/datasources/scaleway.html',
  }),
  ...instanceMetadata('fd00:42::42', {
    Scaleway: 'https://docs.cloud-init.io/en/latest/reference/datasources/scaleway.html',
  }),
  address('169.254.170.2', {
    cloud: 'AWS',
    service: 'ECS task credentials',
    ports: [80],
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
  }),
  address('169.254.170.23', {
    cloud: 'AWS',
    service: 'EKS Pod Identity Agent',
    ports: [80],
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html',
  }),
  address('fd00:ec2::23', {
    cloud: 'AWS',
    service: 'EKS Pod Identity Agent',
    ports: [80],
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html',
  }),
  address('169.254.169.252', {
    cloud: 'Google Cloud',
    service: 'GKE metadata server, where nodes send what is meant for 169.254.169.254',
    ports: [988],
    source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity',
  }),
  address('168.63.129.16', {
    cloud: 'Azure',
    service: 'WireServer: configuration, certificates and extension settings of the machine',
    ports: [80, 32526],
    source: 'https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16',
  }),
];

/** A metadata address, once for all the clouds that share it. */
export interface MetadataEndpoint {
  readonly address: string;
  readonly ports: readonly number[];
  /** What answers there, and whose it is. */
  readonly what: string;
  /** By which blocks it is reached: its own, and those that a translator takes from IPv6 to it. */
  readonly blocks: readonly Cidr[];
}

/** The metadata addresses, each once. */
export const metadataEndpoints: readonly MetadataEndpoint[] = [
  ...new Set(metadataAddresses.map((entry) => entry.address)),
].map((shared) => {
  const same = metadataAddresses.filter((entry) => entry.address === shared);
  const own = same.slice(0, 1).flatMap(({ cidr }) => parseCidr(cidr) ?? []);
  return {
    address: shared,
    ports: [...new Set(same.flatMap(({ ports }) => ports))],
    what: `${same[0]?.service} of ${same.map(({ cloud }) => cloud).join(', ')}`,
    blocks: [...own, ...own.flatMap(translatedForms)],
  };
});

/** The blocks to take out of a wider one, so that it holds no metadata address. */
export function metadataBlocksIn(block: Cidr): readonly string[] {
  return metadataEndpoints
    .flatMap(({ blocks }) => blocks)
    .filter((inner) => cidrContains(block, inner) && !cidrContains(inner, block))
    .map(({ text }) => text);
}

function instanceMetadata(ip: string, sources: Readonly<Record<string, string>>): readonly MetadataAddress[] {
  return Object.entries(sources).map(([cloud, source]) =>
    address(ip, { cloud, service: 'instance metadata', ports: [80], source }),
  );
}

function address(ip: string, facts: Omit<MetadataAddress, 'address' | 'cidr'>): MetadataAddress {
  return { ...facts, address: ip, cidr: `${ip}/${ip.includes(':') ? 128 : 32}` };
}
