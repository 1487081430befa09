import { flagOf, settingDocs } from '../config.ts';

/** Columns of a terminal that help is written for. */
const columns = 100;

/** The settings with their defaults and meanings, as flags. Without `names`, all of them. */
export function describeSettings(names?: readonly string[]): string {
  return settingDocs
    .filter(({ name }) => names?.includes(name) ?? true)
    .flatMap(({ name, otherwise, about }) => {
      const text = plain(`${about} Default: ${otherwise}.`);
      return [`  --${flagOf(name)}, ${name}`, ...wrap(text, columns - 6).map((line) => `      ${line}`)];
    })
    .join('\n');
}

/** Markdown without its marks; links keep their text. */
function plain(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
