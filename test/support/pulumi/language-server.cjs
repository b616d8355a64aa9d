// Stands in for Pulumi's language plugin where that cannot be had: language-server.cjs <project> prints a port, and runs the project's program
// when the engine asks for it (pulumi … --client=127.0.0.1:<port>), as inline programs of the Automation API are run.
const { Server, ServerCredentials } = require('@grpc/grpc-js');
const { LanguageServer } = require('@pulumi/pulumi/automation/server');
const { LanguageRuntimeService } = require('@pulumi/pulumi/proto/language_grpc_pb');
const { join } = require('node:path');

const [project] = process.argv.slice(2);
process.chdir(project);
const server = new Server();
server.addService(LanguageRuntimeService, new LanguageServer(async () => require(join(project, 'index.js'))));
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
