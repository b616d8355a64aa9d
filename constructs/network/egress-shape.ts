import { either, flag, list, number, record, required, type Shape, text } from '../app/shape';
import { temporaryShape } from './connect-options';

const port = either(
  'a number',
  (given) => typeof given === 'number',
  record({ port: required(number, '443'), endPort: number, protocol: text }, 'an object with a port'),
);
const ports = required(list(port), '[443]');

const address: Shape = record({
  cidr: required(text, "'203.0.113.0/24'"),
  except: list(text),
  ports,
  dns: flag,
  temporary: temporaryShape,
});

const name: Shape = record({ fqdn: required(text, "'api.example.org'"), ports, temporary: temporaryShape });

/** The shape of somewhere outside the cluster: by address, unless it names a name. */
export function egressShape(given: unknown): Shape {
  return typeof given === 'object' && given !== null && 'fqdn' in given ? name : address;
}
