// Runs the examples against the built gateway on its sandbox: npm run test:clients [-- <name>…]
// Each has a gateway of its own, so that none meets the changes of another.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const here = import.meta.dirname;
const main = resolve(here, '../dist/cli/main.js');

/** Installs what the lockfile says, unless it is there. */
function install(folder: string): void {
  const done = join(folder, 'node_modules/.package-lock.json');
  const lockfile = join(folder, 'package-lock.json');
  if (existsSync(done) && packagesIn(done) === packagesIn(lockfile)) return;
  execFileSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
}

/** The versions of all installed packages, but those of other platforms. */
function packagesIn(lockfile: string): string {
  const { packages }: { packages: Readonly<Record<string, { version?: string; optional?: boolean }>> } = JSON.parse(
    readFileSync(lockfile, 'utf8'),
  );
  const named = Object.entries(packages).filter(([path, { optional }]) => path !== '' && optional !== true);
  return JSON.stringify(named.map(([path, { version }]) => `${path} ${version}`).sort());
}

/** Starts the gateway without a setting, as `npx access-profile-gateway` does. */
async function startGateway(settings: Readonly<Record<string, string>>) {
  const gateway = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: gateway.stdout })) {
    const url = /GraphQL +(http\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, stop: () => gateway.kill() };
  }
  throw new Error('The gateway did not start.');
}

const chosen = process.argv.slice(2);
const folders = [...readdirSync(join(here, 'clients')).map((name) => `clients/${name}`), 'supergraph'];
for (const name of folders.filter((each) => chosen.length === 0 || chosen.some((part) => each.endsWith(part)))) {
  const folder = join(here, name);
  const startedAt = performance.now();
  install(folder);
  const npm = (script: string, env: Readonly<Record<string, string>> = {}) =>
    // Not with what runs before: the code has been generated then.
    execFileSync('npm', ['run', '--silent', '--ignore-scripts', script], {
      cwd: folder,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
  if (name !== 'supergraph') npm('generate');
  const documents = join(folder, 'src/generated/persisted-documents.json');
  const settings = existsSync(documents) ? { PERSISTED_DOCUMENTS: documents } : {};
  const gateway = await startGateway(settings);
  try {
    npm('start', { GATEWAY_URL: gateway.url, ...settings });
  } finally {
    gateway.stop();
  }
  process.stdout.write(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}
