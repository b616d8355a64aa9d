import { createServer } from 'node:http';
import { freePorts, LOOPBACK } from './free-ports';

/** A server that speaks plain HTTP, for as long as `use` takes. @param use gets its `<host>:<port>`. @returns how many requests it got */
export async function servingPlainHttp(use: (host: string) => Promise<void>): Promise<number> {
  const [port = 0] = await freePorts(1);
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.end('{}');
  });
  await new Promise<void>((done) => {
    server.listen(port, LOOPBACK, done);
  });
  try {
    await use(`${LOOPBACK}:${port}`);
    return asked;
  } finally {
    server.close();
  }
}
