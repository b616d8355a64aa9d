/** What is wrong with an argument of a stack. Its texts never hold a value that may be secret. */
export interface ArgumentFault {
  /** Below the arguments: `bucket.cidrs[0]`. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
}
