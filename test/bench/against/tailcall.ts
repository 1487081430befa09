import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { type Candidate, cursorOfAnswer } from '../candidate.ts';
import { folder, programOf } from './install.ts';

/** With and without dedupe; none where its package is not for this platform. */
export async function tailcalls(): Promise<readonly Candidate[]> {
  const program = programOf(['@tailcallhq/core-linux-x64-gnu'], 'bin/tailcall');
  if (program === null) return [];
  return [
    tailcall('Tailcall', program, false, await freePort()),
    tailcall('Tailcall, dedupe', program, true, await freePort()),
  ];
}

/** Tailcall reads port and API from its configuration, which is therefore written for each start. */
function tailcall(name: string, program: string, dedupe: boolean, port: number): Candidate {
  return {
    name,
    about: `Tailcall 1.0.0, batches by caller${dedupe ? ', dedupe: identical requests under way are answered once' : ''}`,
    program,
    url: `http://127.0.0.1:${port}/graphql`,
    argv(origin) {
      const template = readFileSync(`${folder}/tailcall.graphql`, 'utf8');
      const file = `${folder}/dist/tailcall-${port}.graphql`;
      writeFileSync(
        file,
        template
          .replaceAll('PORT', String(port))
          .replaceAll('API/', `${origin}/api/private/lifecycle_management/`)
          .replaceAll('DEDUPE', String(dedupe))
          .replaceAll('"tailcall.js"', '"../tailcall.js"'),
      );
      return ['start', file];
    },
    // It would report each start to its makers.
    env: { TAILCALL_TRACKER: 'false', TAILCALL_LOG_LEVEL: 'error' },
    ownOrder: true,
    peer: true,
    endCursor: withoutPlus,
  };
}

/** Tailcall puts an argument into a URL without encoding its plus signs, so somebody has to. */
function withoutPlus(answer: unknown): unknown {
  const cursor = cursorOfAnswer(answer);
  return typeof cursor === 'string' ? cursor.replaceAll('+', '%2B') : cursor;
}

/** A port that nobody listens on; somebody else may take it before it is used, which ends that candidate's start. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
