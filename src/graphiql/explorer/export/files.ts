/** Hands the reader a file. */
export function download(name: string, content: Blob | string, type = 'application/octet-stream'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Not at once: some browsers start reading after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name for a file: letters and digits of the text, so that no name of a profile leaves its folder. */
export function fileName(text: string, ending: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-/, '')
    .slice(0, 60)
    .replace(/-$/, '');
  return `${plain || 'access-profiles'}.${ending}`;
}

/** Lines of a spreadsheet: UTF-8 with a byte order mark, so that Excel reads it as such. */
export function printCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(printCell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe in front, also behind spaces and line breaks. */
function printCell(text: string): string {
  const safe = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
