#!/usr/bin/env node
// Imports nothing at the start: an older Node would stop at what it lacks there, and this check would never run.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 20 || (major === 20 && minor >= 19)) {
  import('./command-line.ts').then(({ runCommandLine }) => runCommandLine(process.argv.slice(2)));
} else {
  process.stderr.write(
    `access-profile-gateway: needs Node 20.19 or later; this is Node ${process.versions.node}. Get a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 2;
}
