import { digest, image, imageCases } from './cases/image';
import { findingsOf, testRules } from './rule-cases';

testRules('image', imageCases);

it('judges an image by itself however many were judged before', () => {
  for (let i = 0; i < 5_000; i++) findingsOf('image-digest', image(`r.example/app-${i}:1`));
  expect(findingsOf('image-digest', image('r.example/app-1:1'))).toHaveLength(1);
  expect(findingsOf('image-digest', image(`r.example/app-1@${digest}`))).toEqual([]);
});
