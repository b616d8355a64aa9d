/** kube-bulwark: hardened Kubernetes manifests from TypeScript. */
export * from './constructs';
export * from './core';
