export * from './cluster';
export * from './hardening';
export * from './manifest';
export * from './network';
export * from './policy';
export * from './report';
export * from './schema';
