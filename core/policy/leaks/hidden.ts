/** What stands in reports in place of a secret. */
export const redacted = '<redacted>';

/** A text without any of these texts, as they are and as JSON has them. */
export function hideTexts(text: string, texts: readonly string[]): string {
  return texts.reduce((rest, secret) => rest.replaceAll(secret, redacted).replaceAll(inJson(secret), redacted), text);
}

/** As it stands within quotes. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
