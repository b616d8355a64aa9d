/** How many texts of a kind are remembered: more than a large platform has. */
const rememberedTexts = 4_096;

/** The same function, which answers from memory for a text that it has seen: many workloads say the same. */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const memory = new Map<string, T>();
  return (text) => {
    let result = memory.get(text);
    if (result === undefined) {
      if (memory.size >= rememberedTexts) memory.clear();
      result = read(text);
      memory.set(text, result);
    }
    return result;
  };
}
