import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One source file, taken apart as far as the rules look at it. */
export interface Source {
  /** Below `src/`, such as `wire/profile.ts`. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Identifiers and string literals: what is said in code, not in comments. */
  readonly words: readonly string[];
  /** String literals, and template literals with `\0` for each expression. */
  readonly strings: readonly string[];
  readonly readsEnvironment: boolean;
  /** Nothing in it but imports and re-exports. */
  readonly onlyReexports: boolean;
}

export interface Import {
  /** A file below `src/`, or a package with its path as written; `?` for a dynamic import of a computed name. */
  readonly target: string;
  readonly isPackage: boolean;
}

export function sourceOf(file: string, text: string): Source {
  const { module, program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} can not be parsed: ${errors[0]?.message}`);
  const found = new Set<string>();
  for (const { moduleRequest } of module.staticImports) found.add(moduleRequest.value);
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) found.add(moduleRequest.value);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end);
    found.add(/^(['"`])(?<name>[^'"`$]+)\1$/.exec(written)?.groups?.['name'] ?? '?');
  }
  const words: string[] = [];
  const strings: string[] = [];
  let readsEnvironment = false;
  walk(program, (node) => {
    if (node['type'] === 'TSImportType') found.add(stringIn(node['source'] ?? node['argument']) ?? '?');
    if (node['type'] === 'Identifier' && typeof node['name'] === 'string') words.push(node['name']);
    if (node['type'] === 'Literal' && typeof node['value'] === 'string') {
      words.push(node['value']);
      strings.push(node['value']);
    }
    if (node['type'] === 'TemplateLiteral') strings.push(templateText(node['quasis']));
    if (node['type'] === 'MemberExpression') {
      readsEnvironment ||= named(node['object']) === 'process' && named(node['property']) === 'env';
    }
  });
  return {
    file,
    text,
    imports: [...found].map((name) => resolve(file, name)),
    words,
    strings,
    readsEnvironment,
    onlyReexports: program.body.length > 0 && program.body.every((node) => isReexport(node)),
  };
}

/** Every TypeScript file below a folder, by its path within. */
export function readSources(folder: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !file.includes('node_modules'))
    .sort()
    .map((file) => sourceOf(file, readFileSync(join(folder, file), 'utf8')));
}

function resolve(file: string, name: string): Import {
  if (!name.startsWith('.')) return { target: name, isPackage: true };
  return { target: normalize(join(dirname(file), name)), isPackage: false };
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (!isNode(value)) return;
  if (!Array.isArray(value)) visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

function named(node: unknown): unknown {
  if (!isNode(node)) return undefined;
  return node['name'] ?? node['value'];
}

function stringIn(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (typeof node['value'] === 'string') return node['value'];
  return stringIn(node['literal']);
}

function templateText(quasis: unknown): string {
  if (!Array.isArray(quasis)) return '';
  return quasis
    .map((quasi: unknown) => (isNode(quasi) && isNode(quasi['value']) ? quasi['value']['raw'] : ''))
    .join('\0');
}

function isReexport(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node['type'] === 'ImportDeclaration' || node['type'] === 'ExportAllDeclaration') return true;
  return node['type'] === 'ExportNamedDeclaration' && isNode(node['source']);
}
