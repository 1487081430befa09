// Empties dist before it is packed: what an earlier build wrote for a file that has gone since must not be published. The GraphiQL page
// stays, because its build replaces it as a whole.
import { existsSync, readdirSync, rmSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
const page = new URL('graphiql/', dist);
const ofThePage = new Set(['assets', 'index.html', 'licences.md', '.stamp']);

for (const folder of [dist, page].filter((each) => existsSync(each))) {
  for (const name of readdirSync(folder)) {
    const stays = folder === page ? ofThePage.has(name) : name === 'graphiql';
    if (!stays) rmSync(new URL(name, folder), { recursive: true });
  }
}
