import type * as kplus from 'cdk8s-plus-28';
import type { EnvVar, EnvVarSource } from '../../core/manifest/pod';
import { present, settle, unwrap } from './settle';

/**
 * A cdk8s-plus EnvValue as a manifest holds it. One that reads a Secret is kept as it is, so that the rules see it. One from
 * the process that was not set has neither value nor source: Kubernetes takes it for empty.
 *
 * @throws TypeError for a value that is no text, or a source that cdk8s-plus does not make
 */
export function convertEnvValue(name: string, value: kplus.EnvValue): EnvVar {
  const valueFrom: EnvVarSource | undefined = settle(value.valueFrom) ?? undefined;
  if (valueFrom !== undefined) return { name, valueFrom: convertSource(name, valueFrom) };
  const text: unknown = settle(value.value) ?? undefined;
  if (text === undefined) return { name };
  if (typeof text === 'string') return { name, value: text };
  throw new TypeError(`env ${name}: ${JSON.stringify(text)} is no text; write it as one, such as '8080' or 'true'`);
}

function convertSource(variable: string, given: EnvVarSource): EnvVarSource {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = given;
  if (configMapKeyRef) {
    const { name, key, optional } = configMapKeyRef;
    return { configMapKeyRef: present({ name, key, optional }) };
  }
  if (secretKeyRef) {
    const { name, key, optional } = secretKeyRef;
    return { secretKeyRef: present({ name, key, optional }) };
  }
  if (fieldRef) {
    const { fieldPath, apiVersion } = fieldRef;
    return { fieldRef: present({ fieldPath, apiVersion }) };
  }
  if (resourceFieldRef) {
    const { resource, containerName, divisor } = resourceFieldRef;
    return { resourceFieldRef: present({ resource, containerName, divisor: unwrap(divisor) }) };
  }
  throw new TypeError(
    `env ${variable}: ${JSON.stringify(given)} is no source of cdk8s-plus-28; make it by one of EnvValue's own methods, or by Env`,
  );
}
