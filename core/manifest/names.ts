import { remembering } from './remembering';

/** The forms of names and labels that the API server accepts. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Lower-case letters, digits and dashes, at most 63. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && dnsLabel.test(text);
}

/** DNS labels joined by dots, at most 253 characters. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && dnsSubdomain.test(text);
}

const isName = remembering((text) => text.length <= 63 && labelName.test(text));

/** Empty, or at most 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends. */
export function isLabelValue(text: string): boolean {
  return text === '' || isName(text);
}

/** A name as of a label value, with an optional DNS subdomain and a slash before it. */
export const isLabelKey: (text: string) => boolean = remembering((text) => {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  return name.length > 0 && isLabelValue(name) && (slash < 0 || isDnsSubdomain(text.slice(0, slash)));
});

/** As a label's key, in any case of letters: `ValidateAnnotations` of apimachinery. */
export const isAnnotationKey: (text: string) => boolean = remembering((text) => isLabelKey(text.toLowerCase()));

/** What a label is made of, for a remedy. */
export const labelRemedy =
  'at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit; longer texts are annotations';

/** The nearest text that is a DNS label, for a remedy. */
export function toDnsLabel(text: string, length = 63): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, length)
    .replace(/^-+|-+$/g, '');
  return label === '' ? 'name' : label;
}
