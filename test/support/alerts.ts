/** An alert as a stack writes it. */
export interface AlertRule {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What `promtool test rules` expects of an alert that fires. @param value as its text has it @param own the labels of its series */
export function firing(
  { labels, annotations }: Omit<AlertRule, 'alert'>,
  value: string,
  own: Readonly<Record<string, string>> = {},
): object {
  const filled = Object.entries(annotations).map(([key, text]) => [
    key,
    text
      .replace(/\{\{ \$value \| humanize(Percentage|Duration|1024)? \}\}/g, value)
      .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => own[label] ?? ''),
  ]);
  return { exp_labels: { ...labels, ...own }, exp_annotations: Object.fromEntries(filled) };
}
