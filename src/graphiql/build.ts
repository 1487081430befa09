import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pageLocation } from './page-location.ts';

/**
 * Builds the page into dist/graphiql, unless the page there was made from these very inputs: everything in this folder and in
 * `inheritance`, whose algorithms it uses, and the lockfile, which stands for every package that is bundled. `--force` builds anyway.
 */
const sourceFolder = new URL('./', import.meta.url);
const stampFile = new URL('.stamp', pageLocation);

const stamp = await hashInputs();
const isCurrent = existsSync(new URL('index.html', pageLocation)) && (await readStamp()) === stamp;

if (!isCurrent || process.argv.includes('--force')) await buildPage();

async function buildPage(): Promise<void> {
  // Built aside and then put in place, so that a gateway that is running meanwhile goes on serving a whole page.
  const workplace = new URL(`.building-${process.pid}/`, pageLocation);
  // Loaded only here: with nothing to do this script ends in a fraction of a second.
  const { build } = await import('vite');
  await build({
    configFile: fileURLToPath(new URL('vite.config.ts', sourceFolder)),
    logLevel: 'warn',
    build: { outDir: fileURLToPath(workplace), emptyOutDir: true },
  });
  await compress(new URL('assets/', workplace));
  await rm(stampFile, { force: true });
  await rm(new URL('assets/', pageLocation), { recursive: true, force: true });
  await rename(new URL('assets/', workplace), new URL('assets/', pageLocation));
  await rename(new URL('licences.md', workplace), new URL('licences.md', pageLocation));
  await rename(new URL('index.html', workplace), new URL('index.html', pageLocation));
  await rm(workplace, { recursive: true });
  await writeFile(stampFile, stamp);
}

/**
 * Only the compressed form is kept: nearly eight megabytes become two, and serving them costs nothing. Not brotli, which saves a sixth:
 * browsers accept it by https only, so that both forms would be needed and the package would be 1.8 MB larger.
 */
async function compress(assets: URL): Promise<void> {
  for (const name of await readdir(assets)) {
    const plain = new URL(name, assets);
    await writeFile(new URL(`${name}.gz`, assets), await promisify(gzip)(await readFile(plain), { level: 9 }));
    await rm(plain);
  }
}

async function hashInputs(): Promise<string> {
  const folders = [sourceFolder, new URL('../inheritance/', sourceFolder)];
  const entries = (
    await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })))
  ).flat();
  const files = entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash
      .update(relative(fileURLToPath(sourceFolder), file))
      .update('\0')
      .update(await readFile(file));
  }
  // Without the gateway itself, whose version does not change the page.
  const { packages } = JSON.parse(await readFile(new URL('../../package-lock.json', sourceFolder), 'utf8'));
  return hash.update(JSON.stringify({ ...packages, '': null })).digest('hex');
}

async function readStamp(): Promise<string | undefined> {
  return existsSync(stampFile) ? readFile(stampFile, 'utf8') : undefined;
}
