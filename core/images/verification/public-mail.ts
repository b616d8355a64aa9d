/** Where anybody gets an address. */
const providers = [
  /^(?:outlook|hotmail|live|msn|yahoo|ymail|gmx|yandex)\.[a-z.]+$/,
  /^(?:gmail|googlemail|icloud|me|mac|aol|protonmail|mail|zoho|fastmail|tutanota|tuta|inbox|qq|163|126)\.com$/,
  /^(?:proton\.me|pm\.me|web\.de|t-online\.de|mail\.ru|bk\.ru|list\.ru|fastmail\.fm|tuta\.io|users\.noreply\.github\.com)$/,
];

/** Whether strangers have addresses of a domain. */
export function isPublicMail(domain: string): boolean {
  const name = domain.toLowerCase();
  return providers.some((form) => form.test(name));
}
