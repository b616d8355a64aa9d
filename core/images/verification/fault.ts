/** Something wrong with what was asked of images. No text of it holds a private key. */
export interface ImageVerificationFault {
  /** Below the settings: `images[0].signers[1].key`. */
  readonly property: string;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** Thrown with every fault at once, before anything is made. */
export class ImageVerificationError extends Error {
  override readonly name = 'ImageVerificationError';

  constructor(readonly faults: readonly ImageVerificationFault[]) {
    const lines = faults.map(({ property, message, remedy }) => `  ${property}: ${message}; ${remedy}`);
    super(`Images cannot be verified as it is declared:\n${lines.join('\n')}`);
  }
}

/** Takes down what is wrong. */
export type Report = (property: string, value: unknown, message: string, remedy: string) => void;
