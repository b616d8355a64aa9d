import { CloudIdentity } from '../constructs/network/cloud-identity';
import type { Bucket } from '../core/bucket';
import { serviceCidrFault } from '../core/network/cidr';
import type { ArgumentFault } from './argument-fault';
import { cidrFaults } from './cidrs';

/** A bucket among the arguments of a stack. */
interface BucketArgs {
  readonly kind: string;
  readonly name: string;
  readonly identity: string;
  readonly cidrs: readonly string[];
  readonly region?: string;
  readonly kmsKeyArn?: string;
  readonly account?: string;
}

/** A cloud's bucket: what it is told by, and who may reach it. */
interface BucketKind {
  /** What it needs besides. */
  readonly needs: readonly ('region' | 'account')[];
  /** What it takes besides. */
  readonly takes: readonly ('region' | 'account' | 'kmsKeyArn')[];
  readonly identity: { readonly form: RegExp; readonly what: string };
  readonly name: RegExp;
  settings(args: BucketArgs): Bucket;
  login(identity: string): CloudIdentity;
}

const bucketKinds: Readonly<Record<Bucket['kind'], BucketKind>> = {
  s3: {
    needs: ['region'],
    takes: ['region', 'kmsKeyArn'],
    identity: { form: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, what: 'the ARN of an IAM role' },
    name: /^(?!.*\.\.)(?![0-9.]*$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    settings: ({ name, region = '', kmsKeyArn }) => ({
      kind: 's3',
      bucket: name,
      region,
      ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    }),
    login: (roleArn) => CloudIdentity.irsa({ roleArn }),
  },
  gcs: {
    needs: [],
    takes: [],
    identity: {
      // A project of a domain has that after its name: project.acme.example.
      form: /^[a-z0-9-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.iam\.gserviceaccount\.com$/,
      what: 'the email of a Google service account',
    },
    name: /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
    settings: ({ name }) => ({ kind: 'gcs', bucket: name }),
    login: (serviceAccount) => CloudIdentity.gke({ serviceAccount }),
  },
  azure: {
    needs: ['account'],
    takes: ['account'],
    identity: {
      form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      what: 'the client ID of a managed identity',
    },
    name: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    settings: ({ name, account = '' }) => ({ kind: 'azure', bucket: name, account }),
    login: (clientId) => CloudIdentity.aks({ clientId }),
  },
};

function isKind(kind: string): kind is Bucket['kind'] {
  return Object.hasOwn(bucketKinds, kind);
}

/** @returns undefined where it is of no kind that there is */
function bucketKind({ kind }: BucketArgs): BucketKind | undefined {
  return isKind(kind) ? bucketKinds[kind] : undefined;
}

/** The bucket that programs are told of. @returns undefined where none is given */
export function bucketOf(args: BucketArgs | undefined): Bucket | undefined {
  return args && bucketKind(args)?.settings(args);
}

/** Who a workload is to its bucket. */
export function bucketLogin(args: BucketArgs | undefined): { readonly cloudIdentity?: CloudIdentity } {
  const cloudIdentity = args && bucketKind(args)?.login(args.identity);
  return cloudIdentity === undefined ? {} : { cloudIdentity };
}

/** What a value is, where it is none of a key. */
const forms = {
  region: /^[a-z]{2}(-[a-z]+)+-\d$/,
  kmsKeyArn: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+$/,
  account: /^[a-z0-9]{3,24}$/,
} as const;

const always: readonly string[] = ['kind', 'name', 'identity', 'cidrs'];

/** What a bucket is for. */
interface BucketUse {
  /** The argument that it is given by. @default 'bucket' */
  readonly argument?: string;
  /** Who is let in: `Loki is`. */
  readonly who: string;
  /** Whether it is written to alone, as the Collector does, which says nothing of how a bucket encrypts. @default false */
  readonly writesOnly?: boolean;
}

/** Everything that is wrong with a bucket. No message holds a value that may be a key. */
export function bucketFaults(
  bucket: BucketArgs,
  { argument = 'bucket', who, writesOnly = false }: BucketUse,
): readonly ArgumentFault[] {
  const row = bucketKind(bucket);
  const at = (key: string, message: string, remedy: string): ArgumentFault => ({
    key: `${argument}.${key}`,
    message,
    remedy,
  });
  if (row === undefined)
    return [
      at('kind', `there is no kind ${JSON.stringify(bucket.kind)}`, `use ${Object.keys(bucketKinds).join(', ')}`),
    ];
  const { identity, name, needs } = row;
  const takes = writesOnly ? needs : row.takes;
  const faults: ArgumentFault[] = [];
  for (const key of Object.keys(bucket).filter((each) => ![...always, ...takes].includes(each)))
    faults.push(
      at(
        key,
        'it is no setting of such a bucket; a key would stand in a ConfigMap, and nobody would change it',
        `take it away: ${who} let in by identity`,
      ),
    );
  if (!name.test(bucket.name ?? ''))
    faults.push(at('name', 'it is no name of a bucket', 'give its name alone, without s3:// or a path'));
  if (!identity.form.test(bucket.identity ?? ''))
    faults.push(
      at(
        'identity',
        `it is not ${identity.what}`,
        `give ${identity.what}, which may ${writesOnly ? 'write to' : 'read and write'} the bucket`,
      ),
    );
  for (const key of needs.filter((each) => !bucket[each]))
    faults.push(at(key, 'it is missing', `give the ${key} of the bucket`));
  for (const key of takes.filter((each) => bucket[each] && !forms[each].test(bucket[each])))
    faults.push(at(key, `it is no ${key} of such a bucket`, 'write it as the cloud shows it'));
  if (!bucket.cidrs?.length)
    faults.push(
      at('cidrs', 'nobody knows where the store is', "give the addresses of its private endpoints: ['10.0.0.0/16']"),
    );
  return [...faults, ...cidrFaults(`${argument}.cidrs`, bucket.cidrs ?? [], serviceCidrFault)];
}
