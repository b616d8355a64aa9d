import { either, list, made, map, number, record, required, type Shape, type Shapes, text, value } from '../app/shape';
import { SecretMount } from '../secrets/secret-mount';
import { bytes, cpu, has, isText } from './amount-shapes';
import type { ContainerProps } from './container';
import { Env } from './env';
import { Mount, type WritablePath } from './mount';
import type { PortProps } from './port';
import { Probe } from './probe';
import type { Resources } from './resources';

/** Stands in for an image that is not there. */
export const missingImage = '(no image)';

const resourceShapes: Shapes<Resources> = {
  cpu: required(cpu, "'100m'", '1m'),
  memory: required(bytes, "'128Mi'", '1Mi'),
  cpuLimit: cpu,
  ephemeralStorage: bytes,
};

const portShapes: Shapes<PortProps> = {
  port: required(number, '8080'),
  name: text,
  protocol: text,
  servicePort: number,
  appProtocol: text,
};
/** Of a port, by number or with its name. */
export const portShape = either(
  'a number',
  (given) => typeof given === 'number',
  record(portShapes, 'an object with a port'),
);

const writableShapes: Shapes<WritablePath> = { path: required(text, "'/tmp'"), size: bytes, medium: text };
const isOfKplus = (given: unknown) => has(given, '_toKube');
const probe = made('a Probe, such as Probe.http(…)', (given) => given instanceof Probe, isOfKplus);
const variable = made(
  "a text such as '8080' or 'true', or an Env such as Env.field(…)",
  (given) => given instanceof Env,
  (given) => isText(given) || has(given, 'value') || has(given, 'valueFrom'),
);
const mount = made('a Mount, such as Mount.configMap(…)', (given) => given instanceof Mount, isOfKplus);
const secretMount = value('a SecretMount, such as VaultSecretMount.kv(…)', (given) => given instanceof SecretMount);
const isCommand = (given: unknown) => Array.isArray(given) && given.length > 0 && given.every(isText);
const preStop = value(
  "{ sleepSeconds: 5 } or { exec: ['command'] }",
  (given) =>
    (has(given, 'sleepSeconds') && typeof (given as { sleepSeconds: unknown }).sleepSeconds === 'number') ||
    (has(given, 'exec') && isCommand((given as { exec: unknown }).exec)),
);

export const containerShapes: Shapes<ContainerProps> = {
  image: required(text, "'registry.example/app@sha256:…'", missingImage),
  resources: required(record(resourceShapes), "{ cpu: '100m', memory: '128Mi' }", { cpu: '1m', memory: '1Mi' }),
  command: list(text),
  args: list(text),
  workingDir: text,
  env: map(variable, 'asked for'),
  port: portShape,
  ports: list(portShape),
  readiness: probe,
  liveness: probe,
  startup: probe,
  writable: list(either('a path', isText, record(writableShapes, 'an object with a path'))),
  mounts: map(mount),
  secrets: list(secretMount),
  capabilities: list(text),
  preStop,
};

/** Of a container beside the main one. */
export const namedContainer: Shape = record(
  { ...containerShapes, name: required(text, "'proxy'") },
  'an object of container props',
);
