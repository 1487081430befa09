import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { compile, type Say } from '../setting.ts';

export const folder = 'test/bench/peers';
export const supergraph = `${folder}/dist/supergraph.graphql`;

/** Installs the peers where they are not, from their own lockfile, and builds their servers. Throws where npm can not install them. */
export function install(say: Say): void {
  if (!existsSync(`${folder}/node_modules/.package-lock.json`)) {
    say(`Installing the peers into ${folder}/node_modules (some 600 MB); the gateway does not use them.`);
    // Programs for one platform come as packages; no peer needs a script of its own to be installed.
    execFileSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: folder, stdio: ['ignore', 2, 2] });
  }
  compile(folder);
  execFileSync(process.execPath, [`${folder}/dist/hive-compose.js`, supergraph], { stdio: ['ignore', 2, 2] });
}

/** A program out of the first of these packages that this platform has. */
export function programOf(packages: readonly string[], path: string): string | null {
  const programs = packages.map((name) => `${folder}/node_modules/${name}/${path}`);
  return programs.find((program) => existsSync(program)) ?? null;
}
