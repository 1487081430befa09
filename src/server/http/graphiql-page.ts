import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { contentSecurityPolicy } from '../../graphiql/content-security-policy.ts';
import { pageLocation } from '../../graphiql/page-location.ts';
import { codingFor } from './compression.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Whether the page has been built; the API answers without it. */
export function isPageBuilt(): boolean {
  return existsSync(join(folder(), 'index.html'));
}

/** Serves the GraphiQL page and its assets from local files. False where the path is none of theirs. */
export async function servePage(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  // Only names as the bundler makes them, so that no path leaves the folder.
  const asset = /^\/graphiql\/(?<name>assets\/[\w.-]+)$/.exec(path)?.groups?.['name'];
  const name = path === '/graphiql' ? 'index.html' : asset;
  if (name === undefined || name.includes('..') || name.endsWith('.gz')) return false;
  // Assets are stored compressed alone (src/graphiql/build.ts).
  const file = join(folder(), asset === undefined ? name : `${name}.gz`);
  const size = await sizeOf(file);
  if (size === null) return false;
  const takesFile = asset === undefined || codingFor(request.headers['accept-encoding'], ['gzip']) !== null;
  response.writeHead(200, {
    ...securityHeaders,
    'content-type': mediaTypes[extname(name)] ?? 'application/octet-stream',
    ...(takesFile && { 'content-length': size }),
    ...(asset !== undefined && { vary: 'accept-encoding', ...(takesFile && { 'content-encoding': 'gzip' }) }),
    'cache-control': asset === undefined ? 'no-cache' : 'public, max-age=31536000, immutable',
  });
  if (request.method === 'HEAD') response.end();
  else {
    const content = createReadStream(file);
    const sent = takesFile ? pipeline(content, response) : pipeline(content, createGunzip(), response);
    await sent.catch(() => response.destroy());
  }
  return true;
}

async function sizeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? found.size : null;
}

function folder(): string {
  return fileURLToPath(pageLocation);
}
