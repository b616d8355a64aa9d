/** kube-bulwark: hardened Kubernetes manifests from TypeScript. */

export { BulwarkValidation, type ValidationContext } from './cli/cdk8s/bulwark-validation';
export * from './constructs';
export * from './core';
