// Starts a command of the command line from a checkout: builds first what has changed, unless only an explanation is asked for.
import { execSync } from 'node:child_process';

const explains = ['help', '--help', '-h', '--version'];

if (process.argv.slice(2).some((argument) => explains.includes(argument))) {
  // Nothing needs to have been built.
  await import('tsx');
  await import('../src/cli/main.ts');
} else {
  execSync('npm run --silent build', { stdio: 'inherit' });
  await import('../dist/cli/main.js');
}
