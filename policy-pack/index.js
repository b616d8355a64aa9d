// The pack as it is: pulumi preview --policy-pack node_modules/kube-bulwark/policy-pack
// What it judges by is in the bulwark.yaml that BULWARK_CONFIG names.
require('../lib/stacks/policy/main.js');
