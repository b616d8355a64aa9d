/** A cloud's bucket, reached by the identity of the workload: there is no key anywhere. */
export type Bucket =
  | { readonly kind: 's3'; readonly bucket: string; readonly region: string; readonly kmsKeyArn?: string }
  | { readonly kind: 'gcs'; readonly bucket: string }
  | { readonly kind: 'azure'; readonly bucket: string; readonly account: string };
