import { corpus, corpusDefinitions } from './corpus';

describe('what is not beside the repository', () => {
  const absent = corpus('nobody-has-this');
  const lack = { skipped: 'there is no ../shared/corpus/nobody-has-this beside the repository', expected: true };

  it('is a lack that a run of CI may have', () => {
    expect(absent.lack).toEqual(lack);
  });

  it('is empty for tests that are declared, and an error for those that run', () => {
    expect([absent.rows(), absent.yamlFiles()]).toEqual([[], []]);
    expect(() => absent.text()).toThrow('ENOENT');
  });

  it('takes the other definitions with it', () => {
    const { definitions, lack: lacking } = corpusDefinitions(['istio/nothings.security.istio.io']);
    expect(definitions).toEqual([]);
    expect(lacking?.skipped).toContain('../shared/corpus/crds/istio/nothings.security.istio.io.yaml');
  });
});
