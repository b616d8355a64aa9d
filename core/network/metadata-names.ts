/** A name by which a cloud's metadata service is reached. */
export interface MetadataName {
  readonly cloud: string;
  /** In it `*` stands for the letters of one part, such as a region. */
  readonly name: string;
  /** What it is resolved to, one of the metadata addresses. */
  readonly address: string;
  /** The TCP ports that it answers on. */
  readonly ports: readonly number[];
  /** Where it is documented. */
  readonly source: string;
}

/** The names that answer with the credentials of the node. */
export const metadataNames: readonly MetadataName[] = [
  ...['metadata.google.internal', 'metadata.goog', 'metadata'].map((name) => ({
    cloud: 'Google Cloud',
    name,
    address: '169.254.169.254',
    ports: [80],
    source: 'https://cloud.google.com/compute/docs/metadata/querying-metadata',
  })),
  ...['instance-data', 'instance-data.ec2.internal', 'instance-data.*.compute.internal'].map((name) => ({
    cloud: 'AWS',
    name,
    address: '169.254.169.254',
    ports: [80],
    source: 'https://github.com/canonical/cloud-init/blob/main/cloudinit/sources/DataSourceEc2.py',
  })),
  {
    cloud: 'Tencent Cloud',
    name: 'metadata.tencentyun.com',
    address: '169.254.0.23',
    ports: [80],
    source: 'https://www.tencentcloud.com/document/product/213/4934',
  },
  {
    cloud: 'IBM Cloud',
    name: 'api.metadata.cloud.ibm.com',
    address: '169.254.169.254',
    ports: [80, 443],
    source: 'https://cloud.ibm.com/docs/vpc?topic=vpc-imd-about',
  },
];

/**
 * The names of metadata services that a name is, or a pattern takes in.
 * @param pattern in it `*` stands for any letters of one part of a name, `**` for those of several parts
 */
export function metadataNamesIn(pattern: string): readonly MetadataName[] {
  const parts = lettersOf(pattern.trim().toLowerCase().replace(/\.$/, ''));
  return metadataNames.filter(({ name }) => haveNameInCommon(parts, lettersOf(name)));
}

/** The letters of a pattern, each of its stars in one piece. */
function lettersOf(pattern: string): readonly string[] {
  return pattern.match(/\*+|[^*]/g) ?? [];
}

function haveNameInCommon(a: readonly string[], b: readonly string[]): boolean {
  // For what is left of `a`, from its end on: whether it has a name in common with what is left of `b` at each letter.
  let after: readonly boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const here: boolean[] = [];
    for (let j = b.length; j >= 0; j--) {
      const [one, other] = [a[i], b[j]];
      const skips = (isStar(one) && after[j]) || (isStar(other) && here[j + 1]);
      const takes = (standsFor(one, other) && here[j + 1]) || (standsFor(other, one) && after[j]);
      const isSame = one === other && (one === undefined || after[j + 1]);
      here[j] = Boolean(skips || takes || isSame);
    }
    after = here;
  }
  return after[0] === true;
}

const isStar = (letter: string | undefined): boolean => letter?.startsWith('*') === true;

function standsFor(star: string | undefined, letter: string | undefined): boolean {
  return isStar(star) && letter !== undefined && (letter !== '.' || star !== '*');
}
