export { ImageVerificationError, type ImageVerificationFault } from './fault';
export { type ImageVerificationContext, imageVerification } from './policy';
export type * from './settings';
