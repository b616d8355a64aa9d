/** An amount as Kubernetes writes it back: the largest unit of which there is a whole number. */
export function inUnits(mebibytes: number): `${number}${'Mi' | 'Gi' | 'Ti'}` {
  if (mebibytes % 1_024 !== 0) return `${mebibytes}Mi`;
  return mebibytes % 1_024 ** 2 === 0 ? `${mebibytes / 1_024 ** 2}Ti` : `${mebibytes / 1_024}Gi`;
}
