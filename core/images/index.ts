export type { ImageRegistry } from './image-registry';
export { imagesOf } from './images-of';
export * from './lock';
export { type ImageReference, parseImage } from './reference';
export * from './verification';
