import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UpstreamHealth } from './health.ts';
import type { Metrics } from './metrics.ts';

export interface Watch {
  readonly health: UpstreamHealth;
  readonly metrics: Metrics;
}

const paths = new Set(['/health/live', '/health/ready', '/metrics']);

/** Whether a path is for those who run the gateway. */
export function isWatchPath(path: string): boolean {
  return paths.has(path);
}

/** Answers probes and scrapes. `isDraining`: it ends soon, and should get no more requests. */
export async function answerWatch(
  { health, metrics }: Watch,
  isDraining: boolean,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const send = (status: number, contentType: string, text: string) => {
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : text);
  };
  const say = (status: number, text: string) => send(status, 'text/plain; charset=utf-8', `${text}\n`);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    say(405, 'GET only');
  } else if (path === '/metrics') {
    const { contentType, text } = await metrics.print();
    send(200, contentType, text);
  } else if (path === '/health/live') say(200, 'alive');
  else if (isDraining) say(503, 'shutting down');
  else if (health.isReady) say(200, 'ready');
  else say(503, 'the Veza API does not answer');
}
