// The program that comes with kube-bulwark, as it is. What it deploys is in the configuration of each stack.
module.exports = require('kube-bulwark/pulumi/program');
