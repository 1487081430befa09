// Makes a release: npm run release -- <major|minor|patch|1.2.3> [--dry-run] [--out <folder>]
// Sets the version, dates the changelog, packs, lists what is in it (SBOM), commits and tags. Nothing is published: it says how.
// A dry run does all of it in a copy, without a commit and a tag.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sbomOf } from './sbom.ts';

const checkout = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: false }, out: { type: 'string', default: 'release' } },
});

const run = (cwd: string, command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

try {
  release(positionals[0] ?? '', resolve(values.out), values['dry-run']);
} catch (error) {
  process.stderr.write(`release: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function release(bump: string, out: string, isDry: boolean): void {
  if (!/^(major|minor|patch|\d+\.\d+\.\d+)$/.test(bump))
    throw new Error('say major, minor, patch or a version such as 1.2.3');
  if (!isDry) checkCheckout();
  const folder = isDry ? copyOfCheckout() : checkout;
  try {
    const version = run(folder, 'npm', 'version', bump, '--no-git-tag-version', '--allow-same-version').replace(
      /^v/,
      '',
    );
    if (!isDry && run(folder, 'git', 'tag', '--list', `v${version}`) !== '')
      throw new Error(`v${version} is tagged already`);
    const changelog = join(folder, 'CHANGELOG.md');
    writeFileSync(changelog, dated(readFileSync(changelog, 'utf8'), version, new Date().toISOString().slice(0, 10)));
    mkdirSync(out, { recursive: true });
    run(folder, 'npm', 'pack', '--silent', '--pack-destination', out);
    const tarball = join(out, `access-profile-gateway-${version}.tgz`);
    const sbom = join(out, `access-profile-gateway-${version}.cdx.json`);
    writeFileSync(sbom, `${JSON.stringify(sbomOf(folder), null, 2)}\n`);
    const written = `Version ${version}\n  package  ${tarball}\n  SBOM     ${sbom}\n`;
    if (isDry) {
      process.stdout.write(`${written}A dry run: nothing is committed or tagged.\n`);
      return;
    }
    run(folder, 'git', 'commit', '--quiet', '--all', '--message', `Release ${version}`);
    run(folder, 'git', 'tag', '--annotate', `v${version}`, '--message', `Release ${version}`);
    process.stdout.write(`${written}Now: git push --follow-tags && npm publish ${tarball}\n`);
  } finally {
    if (isDry) rmSync(folder, { recursive: true });
  }
}

/** Throws where a release would hold something that is not committed, or not reviewed. */
function checkCheckout(): void {
  if (run(checkout, 'git', 'status', '--porcelain') !== '') throw new Error('commit or remove your changes first');
  const branch = run(checkout, 'git', 'branch', '--show-current');
  if (branch !== 'main') throw new Error(`releases are made on main, not on ${branch || 'a commit without a branch'}`);
}

/** The files of the checkout as they are now, and what has been installed and built from them. */
function copyOfCheckout(): string {
  const copy = mkdtempSync(join(tmpdir(), 'release-'));
  const files = run(checkout, 'git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0');
  for (const file of files.filter((each) => each !== '' && existsSync(join(checkout, each)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(checkout, file), join(copy, file));
  }
  symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
  // The page is built again only if it is not of these sources.
  if (existsSync(join(checkout, 'dist/graphiql'))) {
    cpSync(join(checkout, 'dist/graphiql'), join(copy, 'dist/graphiql'), { recursive: true });
  }
  return copy;
}

/** The changelog with its unreleased changes under the version. Throws where there are none. */
function dated(changelog: string, version: string, date: string): string {
  const [before = '', after = ''] = changelog.split('## [Unreleased]\n');
  const changes = after.split(/^## \[/m)[0]?.trim() ?? '';
  if (changes === '') throw new Error('CHANGELOG.md has nothing under "Unreleased"');
  return `${before}## [Unreleased]\n\n## [${version}] - ${date}\n${after}`;
}
