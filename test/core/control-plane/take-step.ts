import type { RotationStep } from '../../../core/control-plane';
import { expectOk } from '../../support/control-plane';
import type { HardenedControlPlane } from '../../support/control-plane/hardened';

/** Does what a step says: its file, a restart, or every stored object again. */
export async function takeStep(plane: HardenedControlPlane, { file, restart, id }: RotationStep): Promise<void> {
  expect(restart).toBe(file !== undefined);
  if (restart) await plane.restart(file === undefined ? [] : [file]);
  if (id !== 'rewrite') return;
  for (const kind of ['Secret', 'ConfigMap']) {
    const list = expectOk(await plane.admin.list({ apiVersion: 'v1', kind }));
    for (const { metadata, ...object } of list.items) {
      const path = `/api/v1/namespaces/${metadata.namespace}/${kind.toLowerCase()}s/${metadata.name}`;
      const body = { ...object, apiVersion: 'v1', kind, metadata };
      expectOk(await plane.admin.request('PUT', path, { body }));
    }
  }
}
