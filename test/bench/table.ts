/** A Markdown table that is as readable where Markdown is not rendered. The first column is text, so are long ones. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const isText = header.map((_, i) => i === 0 || rows.some((row) => (row[i]?.length ?? 0) > 20));
  const print = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (isText[i] ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |\n`;
  const rule = header.map((_, i) => (isText[i] ? '-'.repeat(widths[i] ?? 0) : `${'-'.repeat((widths[i] ?? 1) - 1)}:`));
  return [print(header), print(rule), ...rows.map(print)].join('');
}
