import type { Re2Node } from './re2';

/** Whether each match holds a text: as far as it stands in one piece, in each of the pattern's branches. */
export function holdsAlways(node: Re2Node, text: string): boolean {
  return node.kind === 'group' && node.options.every((option) => optionHolds(option, text));
}

function optionHolds(option: readonly Re2Node[], text: string): boolean {
  let run = '';
  for (const node of option.flatMap(flat)) {
    const { of, least, most } = node.kind === 'repeat' ? node : { of: node, least: 1, most: 1 };
    if (of.kind === 'group' && least > 0 && holdsAlways(of, text)) return true;
    const chars = of.kind === 'text' && !of.anyCase ? of.char.repeat(least) : '';
    if ((run + chars).includes(text)) return true;
    // What follows a text that comes again, or not at all, follows the last of it.
    run = chars !== '' && least === most ? run + chars : chars;
  }
  return false;
}

/** A group with one branch is what is in it; assertions take no characters. */
function flat(node: Re2Node): readonly Re2Node[] {
  if (node.kind === 'assertion') return [];
  const [only, ...others] = node.kind === 'group' ? node.options : [];
  return only !== undefined && others.length === 0 ? only.flatMap(flat) : [node];
}
