/** Lines of a spreadsheet: UTF-8 with a byte order mark, so that Excel reads it as such. */
export function printCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(printCell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe in front, also behind spaces and line breaks. */
function printCell(text: string): string {
  const safe = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
