import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** A package whose code is in the page. */
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Licences, notices and what the package says of code that it contains itself. */
  readonly texts: readonly string[];
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

const textFiles = /^(?:licen[sc]e|copying|notice|third-?party-?notices)/i;

/**
 * Writes `licences.md` beside the page: the licence and the notices of every package that is bundled into it. Vite's own list leaves out
 * what only workers contain, so this plugin stands among those of the page and of its workers.
 */
export function licenceNotices(): { readonly page: Plugin; readonly worker: Plugin } {
  const bundled = new Map<string, Bundled>();
  const collect: Plugin['generateBundle'] = (_options, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'asset') continue;
      for (const moduleId of chunk.moduleIds) {
        const found = packageOf(moduleId);
        if (found !== null) bundled.set(`${found.name} ${found.version}`, found);
      }
    }
  };
  return {
    worker: { name: 'licence-notices-of-workers', generateBundle: collect },
    page: {
      name: 'licence-notices',
      generateBundle(...given) {
        collect.apply(this, given);
        const packages = [...bundled].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
        this.emitFile({ type: 'asset', fileName: 'licences.md', source: print(packages) });
      },
    },
  };
}

/** The package of a module in node_modules; null for code of ours and of the bundler. */
function packageOf(moduleId: string): Bundled | null {
  if (moduleId.startsWith('\0') || !moduleId.includes('/node_modules/')) return null;
  for (let folder = dirname(moduleId); folder.includes('/node_modules/'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, version, license, author }: Manifest = JSON.parse(readFileSync(manifest, 'utf8'));
    // Folders inside a package may have a manifest of their own that only says how modules are read.
    if (name === undefined || version === undefined) continue;
    const texts = readdirSync(folder)
      .filter((file) => textFiles.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8').trim());
    const by = typeof author === 'object' ? author.name : author;
    const unwritten = `The package holds no text of its licence.${by === undefined ? '' : ` Its author is ${by}.`}`;
    return { name, version, license: license ?? 'see below', texts: texts.length > 0 ? texts : [unwritten] };
  }
  return null;
}

function print(packages: readonly Bundled[]): string {
  return [
    '# Licences of the code in the GraphiQL page\n',
    ...packages.map(({ name, version, license, texts }) =>
      [`## ${name} ${version} (${license})\n`, ...texts.map((text) => `\`\`\`\`text\n${text}\n\`\`\`\`\n`)].join('\n'),
    ),
  ].join('\n');
}
