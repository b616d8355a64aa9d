/** Changes of the script that serves, by which a window of garbage collection is now, or never. */

/** A window that began so many seconds ago. */
export function windowed(seconds: number, length: number, margin: number) {
  const start = (Math.floor(Date.now() / 1_000) + 259_200 - seconds + 604_800) % 604_800;
  return (text: string): string =>
    text
      .replace(/^starts=.*$/m, `starts='${start}'`)
      .replace(/^length=.*$/m, `length=${length}`)
      .replace(/^margin=.*$/m, `margin=${margin}`);
}

/** No window within a day. */
export const never = windowed(-172_800, 60, 1);
