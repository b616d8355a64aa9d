/**
 * The one place that turns cdk8s-plus-28 values into plain Kubernetes data, and plain data into what cdk8s-plus-28 asks of a
 * workload. Importing it does not load cdk8s-plus-28.
 */
export { convertEnvValue } from './env';
export { isKplusPeer, peerOf } from './peer';
export { convertProbe } from './probe';
export { byteQuantity, cpuQuantity } from './quantity';
export { kplusContainers, type ScalableWorkload, scalingTarget } from './scaling';
export { networkPolicyPeerConfig, podSelectorConfig } from './selector';
export { convertVolume } from './volume';
