// The stacks as components for programs in any language: pulumi package add ./node_modules/kube-bulwark/components
module.exports = require('../lib/stacks/components.js');
