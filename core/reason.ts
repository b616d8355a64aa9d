/** Whether anybody could judge a reason: it has at least 10 letters and digits. Neither dots count nor characters that nobody sees. */
export function isReason(text: unknown): text is string {
  return typeof text === 'string' && (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 10;
}
