/** Loaded with `node --require`: any use of the network fails, and is noted in the file that NETWORK_LOG names. */
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

function refuse(what) {
  appendFileSync(process.env.NETWORK_LOG, `${what}\n`);
  throw new Error(`the network is switched off: ${what}`);
}

// Sockets in the file system, by which tsx talks to its child, are no network. Node hands normalized arguments on as an array.
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'string' || first?.path) return connect.apply(this, args);
  return refuse(`connect ${typeof first === 'object' ? `${first.host}:${first.port}` : first}`);
};
dgram.Socket.prototype.send = () => refuse('send a datagram');
for (const resolver of [dns, dns.promises]) {
  for (const method of ['lookup', 'resolve', 'resolve4', 'resolve6'])
    resolver[method] = (name) => refuse(`${method} ${name}`);
}
