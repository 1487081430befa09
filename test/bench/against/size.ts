import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What somebody has to install to run one thing. */
export interface Size {
  readonly packages: number;
  readonly megabytes: number;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The packages with these names and all that they depend on, as npm has installed them in a folder. */
export function sizeOf(folder: string, names: readonly string[]): Size {
  const top = resolve(folder);
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const home = homeOf(name, from, top);
    if (home === null || found.has(home)) return;
    found.add(home);
    for (const each of neededBy(manifestOf(home))) visit(each, home);
  };
  for (const name of names) visit(name, top);
  const bytes = [...found].reduce((total, home) => total + bytesIn(home), 0);
  return { packages: found.size, megabytes: bytes / 1e6 };
}

/** The names that a folder's package.json depends on. */
export function dependenciesOf(folder: string): readonly string[] {
  return Object.keys(manifestOf(folder).dependencies ?? {});
}

function neededBy(manifest: Manifest): readonly string[] {
  const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
}

/** As Node looks for it: in the nearest node_modules upwards. null for what is optional and not there. */
function homeOf(name: string, from: string, top: string): string | null {
  const home = join(from, 'node_modules', name);
  if (existsSync(home)) return home;
  return from === top ? null : homeOf(name, dirname(from), top);
}

function manifestOf(home: string): Manifest {
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
}

/** Files of the package itself: what stands in its own node_modules is counted where it is depended on. */
function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((total, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? total : total + bytesIn(path);
    return total + lstatSync(path).size;
  }, 0);
}
