import { isSecret, isUnknown, Output, runtime, unknown, unsecret } from '@pulumi/pulumi';
import { isMapping } from '../../core/manifest/plain';

/**
 * What a transform gives back to the engine, with secrets in the engine's own envelopes. Pulumi would put outputs into them itself, and forgets to
 * where a program is run inline (Automation API): its transforms are called outside of the program's context, in which it knows that the engine takes secrets.
 */
export async function sealed(value: unknown): Promise<unknown> {
  if (Output.isInstance(value)) return sealedOutput(value);
  if (value instanceof Promise) return sealed(await value);
  if (isUnknown(value)) return value;
  if (Array.isArray(value)) return Promise.all(value.map(sealed));
  if (!isMapping(value)) return value;
  const members = Object.entries(value).map(async ([key, member]) => [key, await sealed(member)] as const);
  return Object.fromEntries(await Promise.all(members));
}

async function sealedOutput(of: Output<unknown>): Promise<unknown> {
  // Only Pulumi's own types leave it out.
  const { isKnown } = of as unknown as { readonly isKnown: Promise<boolean> };
  if (!(await isKnown)) return unknown;
  const known = await new Promise<unknown>((done) => unsecret(of).apply(done));
  const inside = await sealed(known);
  if (!(await isSecret(of))) return inside;
  return { [runtime.specialSigKey]: runtime.specialSecretSig, value: inside };
}
