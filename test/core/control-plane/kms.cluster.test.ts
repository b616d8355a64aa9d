/** A real kube-apiserver encrypts by a KMS plugin of version 2, with exactly what is written, and comes there from a key of one's own by the steps. */
import { randomBytes } from 'node:crypto';
import { ClusterTarget } from '../../../core/cluster';
import { controlPlane, keyRotation } from '../../../core/control-plane';
import { type ApiObject, expectOk } from '../../support/control-plane';
import { describeHardened } from '../../support/control-plane/describe-hardened';
import { settingsAt } from '../../support/control-plane/hardened';
import { KmsPlugin } from '../../support/kms-plugin';
import { takeStep } from './take-step';

const key = randomBytes(32).toString('base64');
let plugin: KmsPlugin | undefined;

describeHardened(
  'a KMS of version 2',
  '1.36.3',
  async (places) => {
    plugin = await KmsPlugin.start();
    const settings = { ...settingsAt(places), encryption: { secretbox: ['own'] } };
    return controlPlane(settings, ClusterTarget.of('1.36', { distribution: 'kubeadm' }), { own: key });
  },
  (plane) => {
    afterAll(() => plugin?.stop());

    const secretOf = (name: string, value = '') => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'kms', name },
      stringData: { password: value },
    });
    const readValue = async (name: string): Promise<string> => {
      const { body } = await plane().admin.get<ApiObject & { data: { password: string } }>(secretOf(name));
      return Buffer.from(body.data.password, 'base64').toString();
    };
    const stored = async (name: string): Promise<string> =>
      (await plane().stored(`/registry/secrets/kms/${name}`))?.toString('latin1') ?? 'nothing';
    const prefixOf = async (name: string): Promise<string> =>
      /^k8s:enc:\w+:v\d:\w+:/.exec(await stored(name))?.[0] ?? '';

    it('takes over from a key by the documented steps, and old and new Secrets read after each', async () => {
      const endpoint = plugin?.endpoint ?? '';
      expectOk(await plane().admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kms' } }));
      expectOk(await plane().admin.create(secretOf('old', 'value of old')));
      const to = { kms: { name: 'vault', endpoint } };
      const { folder } = plane().places;
      const steps = keyRotation({ from: { secretbox: ['own'] }, to, keys: { own: key }, folder });
      const prefixes: Record<string, readonly string[]> = {};
      const written = ['old'];
      for (const step of steps) {
        await takeStep(plane(), step);
        expectOk(await plane().admin.create(secretOf(step.id, `value of ${step.id}`)));
        written.push(step.id);
        for (const name of written) {
          expect(await readValue(name)).toBe(`value of ${name}`);
          expect(await stored(name)).not.toContain(`value of ${name}`);
        }
        prefixes[step.id] = [await prefixOf(step.id), await prefixOf('old')];
      }
      const [own, kms] = ['k8s:enc:secretbox:v1:own:', 'k8s:enc:kms:v2:vault:'];
      expect(prefixes).toEqual({ read: [own, own], write: [kms, own], rewrite: [kms, kms], retire: [kms, kms] });
    });

    it('runs with what controlPlane() writes for the KMS alone, and is ready by the health of the plugin', async () => {
      const { folder } = plane().places;
      const settings = {
        ...settingsAt(plane().places),
        encryption: { kms: { name: 'vault', endpoint: plugin?.endpoint ?? '' } },
      };
      const { files } = controlPlane(settings, ClusterTarget.of('1.36', { distribution: 'kubeadm' }));
      const file = files.find(({ path }) => path === `${folder}/encryption.yaml`);
      expect(file?.holdsSecrets).toBe(false);
      await plane().restart(files);
      expect(await readValue('old')).toBe('value of old');
      const ready = await plane().admin.request<unknown>('GET', '/readyz?verbose');
      expect(JSON.stringify(ready.body)).toContain('kms-providers ok');
    });
  },
);
