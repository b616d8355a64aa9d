import { all, type Output, type Resource } from '@pulumi/pulumi';

/** A value that leads to what a resource makes: only what is there may be waited for, and whoever takes the value waits for the resource. */
export function onceMade<T>({ urn }: Resource, value: T): Output<T> {
  return all([urn, value]).apply(([, of]) => of as T);
}
