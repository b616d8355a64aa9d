import type { KubernetesObject } from '../../../core/manifest/object';
import { checkObject } from '../../../core/policy/check';
import { object, target } from './rules/rule-cases';

const context = { target, registries: ['registry.acme.example'] };
const digest = `sha256:${'a'.repeat(64)}`;
const pinned = `registry.acme.example/proxy@${digest}`;
const strange = 'evil.example/proxy:1';

const image = `registry.acme.example/api@${digest}`;
const imageRules = ['image-valid', 'image-registry', 'image-allowed', 'image-digest', 'image-deprecated-registry'];

const annotated = (annotations: Readonly<Record<string, unknown>>): KubernetesObject =>
  object('apps/v1', 'Deployment', {
    spec: { template: { metadata: { annotations }, spec: { containers: [{ name: 'api', image }] } } },
  });
const namespace = (annotations: Readonly<Record<string, unknown>>): KubernetesObject =>
  object('v1', 'Namespace', { metadata: { name: 'shop', annotations } });

const found = (of: KubernetesObject) => checkObject(of, context).filter(({ rule }) => imageRules.includes(rule));
const said = (of: KubernetesObject): readonly string[] =>
  found(of).map(({ rule, property, container: name }) => `${rule} ${property} ${name}`);
const at = (annotation: string) => `spec.template.metadata.annotations["${annotation}"]`;

describe('images that annotations have an injector put into pods', () => {
  it.each([
    ['sidecar.istio.io/proxyImage', 'istio-proxy'],
    ['dapr.io/sidecar-image', 'daprd'],
    ['admission.datadoghq.com/java-lib.custom-image', 'datadog-lib-init'],
    ['admission.datadoghq.com/web.python-lib.custom-image', 'datadog-lib-init'],
    ['admission.datadoghq.com/apm-inject.custom-image', 'datadog-lib-init'],
    ['vault.security.banzaicloud.io/vault-image', 'vault-env'],
    ['vault.security.banzaicloud.io/vault-env-image', 'vault-env'],
    ['secrets-webhook.security.bank-vaults.io/vault-image', 'secret-init'],
    ['secrets-webhook.security.bank-vaults.io/secret-init-image', 'secret-init'],
  ])('are judged as those of containers: %s', (annotation, name) => {
    expect(said(annotated({ [annotation]: strange }))).toEqual([
      `image-allowed ${at(annotation)} ${name}`,
      `image-digest ${at(annotation)} ${name}`,
    ]);
    expect(said(annotated({ [annotation]: `team/proxy@${digest}` }))).toEqual([
      `image-allowed ${at(annotation)} ${name}`,
      `image-registry ${at(annotation)} ${name}`,
    ]);
    expect(said(annotated({ [annotation]: `${pinned}\ncommand: [sh]` }))).toContain(
      `image-valid ${at(annotation)} ${name}`,
    );
    expect(said(annotated({ [annotation]: pinned }))).toEqual([]);
    // Where the annotation stands decides: nobody reads this one.
    expect(said(namespace({ [annotation]: strange }))).toEqual([]);
  });

  it.each(['vault.hashicorp.com', 'openbao.org'])('are judged where an injector is asked for: %s', (prefix) => {
    const agent = (asked: string) =>
      annotated({ [`${prefix}/agent-inject`]: asked, [`${prefix}/agent-image`]: strange });
    const annotation = at(`${prefix}/agent-image`);
    expect(said(agent('true'))).toEqual([
      `image-allowed ${annotation} vault-agent`,
      `image-digest ${annotation} vault-agent`,
    ]);
    expect(said(agent('false'))).toEqual([]);
  });

  it('are no words that Istio reads as its own image, or nothing', () => {
    for (const word of ['auto', 'proxyv2', '', null, 1])
      expect(said(annotated({ 'sidecar.istio.io/proxyImage': word }))).toEqual([]);
  });

  it('are in the containers that Istio puts back into a pod', () => {
    const overrides = (of: object) => annotated({ 'proxy.istio.io/overrides': JSON.stringify(of) });
    const property = at('proxy.istio.io/overrides');
    expect(
      said(
        overrides({
          containers: [{ name: 'extra', image: strange }, { name: 'istio-proxy', image: 'auto' }, { name: 'a' }, 7],
          initContainers: [
            { name: 'first', image: strange },
            { name: 'good', image: pinned },
          ],
        }),
      ),
    ).toEqual([
      `image-allowed ${property} extra`,
      `image-digest ${property} extra`,
      `image-allowed ${property} first`,
      `image-digest ${property} first`,
    ]);
    for (const text of ['', 'no JSON', '7', '{"containers":7}'])
      expect(said(annotated({ 'proxy.istio.io/overrides': text }))).toEqual([]);
  });

  describe.each([
    ['a pod', annotated, 'spec.template.metadata'],
    ['a namespace', namespace, 'metadata'],
  ])('of %s, as Linkerd puts them together', (_, of, metadata) => {
    describe.each([
      ['proxy', 'proxy-image', 'proxy-version'],
      ['init', 'init-image', 'init-image-version'],
      ['debug', 'debug-image', 'debug-image-version'],
    ])('for %s', (part, name, version) => {
      const [image, tag] = [`config.linkerd.io/${name}`, `config.linkerd.io/${version}`];
      const place = (annotation: string) => `${metadata}.annotations["${annotation}"] linkerd-${part}`;

      it('are pinned by their versions', () => {
        expect(said(of({ [image]: 'registry.acme.example/l5d', [tag]: `edge-25.8.1@${digest}` }))).toEqual([]);
        expect(said(of({ [tag]: `edge-25.8.1@${digest}` }))).toEqual([]);
        expect(said(of({ [image]: 'evil.example/l5d', [tag]: `edge-25.8.1@${digest}` }))).toEqual([
          `image-allowed ${place(image)}`,
        ]);
      });

      it('are not without', () => {
        expect(said(of({ [image]: 'registry.acme.example/l5d' }))).toEqual([`image-digest ${place(image)}`]);
        expect(said(of({ [tag]: 'edge-25.8.1' }))).toEqual([`image-digest ${place(tag)}`]);
        expect(said(of({ [image]: 'evil.example/l5d', [tag]: 'edge-25.8.1' }))).toEqual([
          `image-allowed ${place(image)}`,
          `image-digest ${place(image)}`,
        ]);
      });

      it('hold nothing but an image', () => {
        expect(said(of({ [tag]: `edge@${digest}\ncommand: [sh]` }))).toEqual([`image-valid ${place(tag)}`]);
      });
    });
  });

  it('say of Linkerd where the digest belongs', () => {
    const [finding] = found(namespace({ 'config.linkerd.io/proxy-version': 'edge-25.8.1' }));
    expect(finding).toMatchObject({
      severity: 'error',
      object: 'Namespace shop',
      message:
        'the image cr.l5d.io/linkerd/proxy:edge-25.8.1 of container "linkerd-proxy" has no digest: Linkerd puts a version behind its name, and the tag can be moved',
      remedy: 'write the digest with the version, as config.linkerd.io/proxy-version: <version>@sha256:…',
    });
  });
});
