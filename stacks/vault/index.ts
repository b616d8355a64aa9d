export { VaultAccessResources, type VaultAccessResourcesArgs } from './access-resources';
