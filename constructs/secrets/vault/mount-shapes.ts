import { isDnsSubdomain } from '../../../core/manifest';
import { parseAddressAsCidr } from '../../../core/network/cidr';
import { SecretTemplate } from '../../../core/secrets/template';
import { transitOperations } from '../../../core/secrets/vault/source';
import { anything, list, number, record, required, type Shape, type Shapes, text, value } from '../../app/shape';
import { onChangeShape, optionTaker } from '../option-shapes';
import type {
  DatabaseMountOptions,
  KvMountOptions,
  PkiMountOptions,
  SyncedSecret,
  TransitOptions,
  VaultFileOptions,
  VaultMountOptions,
} from './vault-secret-mount';

const isLine = (given: unknown): given is string => typeof given === 'string' && /^[^\p{Cc}]+$/u.test(given);
const line = value('a text of one line', isLine);
const domainName = value('a name without blanks and commas', (given) => isLine(given) && !/[\s,]/.test(given));
const isAddress = (given: unknown) => typeof given === 'string' && parseAddressAsCidr(given) !== undefined;

const mountShapes: Shapes<VaultMountOptions> = {
  // The mount says which there are, and which modes.
  delivery: anything,
  mode: anything,
  onChange: onChangeShape,
};

const isSecretKey = (given: unknown) => typeof given === 'string' && /^(?!\.\.)[-._A-Za-z0-9]{1,253}$/.test(given);
const isSecretName = (given: unknown) => typeof given === 'string' && isDnsSubdomain(given);

const syncShapes: Shapes<SyncedSecret> = {
  secret: required(value("a Secret's name", isSecretName), "'payments-db'"),
  key: required(value('a key of a Secret', isSecretKey), "'password'"),
};

const fileShapes: Shapes<VaultFileOptions> = {
  ...mountShapes,
  file: required(text, "'/etc/payments/db.json'", '/run/nowhere/secret'),
  field: line,
  syncAs: record(syncShapes),
  template: value('a SecretTemplate, such as SecretTemplate.text(…)', (given) => given instanceof SecretTemplate),
};

const kvShapes: Shapes<KvMountOptions> = {
  ...fileShapes,
  version: value('a whole number from 1', (given) => Number.isSafeInteger(given) && (given as number) >= 1),
  engine: value('1 or 2', (given) => given === 1 || given === 2),
  mount: line,
  fields: list(line),
};

const pkiFileShapes: Shapes<PkiMountOptions['files']> = { certificate: text, privateKey: text, ca: text, bundle: text };
const pkiShapes: Shapes<PkiMountOptions> = {
  ...mountShapes,
  commonName: required(domainName, "'orders.shop.svc'", 'nobody.invalid'),
  files: required(record(pkiFileShapes), "{ bundle: '/etc/tls/tls.pem' }", { bundle: '/run/nowhere/tls.pem' }),
  altNames: list(domainName),
  ipSans: list(value('an address such as 10.0.0.1', isAddress)),
  ttl: text,
};

const operations: Shape = value(
  `a list of one or more of ${transitOperations.join(', ')}`,
  (given) =>
    Array.isArray(given) &&
    given.length > 0 &&
    given.every((each) => (transitOperations as readonly unknown[]).includes(each)),
);
const transitShapes: Shapes<TransitOptions> = {
  operations: required(operations, "['encrypt', 'decrypt']", ['encrypt']),
  delivery: anything,
  port: number,
};

export const kvOptions = optionTaker<KvMountOptions>(kvShapes);
export const databaseOptions = optionTaker<DatabaseMountOptions>(fileShapes);
export const pkiOptions = optionTaker<PkiMountOptions>(pkiShapes);
export const transitOptions = optionTaker<TransitOptions>(transitShapes);
