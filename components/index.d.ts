// What Pulumi's analyzer reads. The exports of package.json name it for that; Node takes main.
export * from '../lib/stacks/components';
