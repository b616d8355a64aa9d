import {
  featureFaults,
  productsWith,
  type RegistryFeature,
  registryFeatures,
  registryProducts,
} from '../../../core/registry/products';

const features = Object.keys(registryFeatures) as RegistryFeature[];

describe('products', () => {
  it.each(features)('some product has %s', (feature) => {
    expect(productsWith(feature).length).toBeGreaterThan(0);
  });

  it('names each product that has what another lacks', () => {
    for (const product of registryProducts)
      for (const feature of features) {
        const faults = featureFaults(product, [{ key: 'it', feature }]);
        const others = productsWith(feature);
        expect(faults.map(({ key, remedy }) => `${key}: ${remedy}`)).toEqual(
          others.includes(product) ? [] : [`it: leave it out, or use the product ${others.join(' or ')}`],
        );
      }
  });
});
