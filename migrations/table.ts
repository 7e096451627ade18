/** Plain text tables. */

export type Column = Readonly<{ title: string; right?: boolean }>;

/** Rows under titles, as wide as their widest cell. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ right }, i) => (right ? (cells[i] ?? '').padStart(widths[i]!) : (cells[i] ?? '').padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
}

/** The first and last characters of an address or a signature. */
export function short(text: string): string {
  return `${text.slice(0, 4)}..${text.slice(-4)}`;
}
