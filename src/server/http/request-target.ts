import type { IncomingMessage } from 'node:http';
import type { Rejection } from './rejection.ts';

/** The target of a request; `options`: the server as a whole (`OPTIONS *`). */
export type Target =
  | { readonly kind: 'resource'; readonly path: string; readonly search: string; readonly host: string | null }
  | { readonly kind: 'options' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** No character that would end the host of a URL, or put a user before it. */
const hostShape = /^[^\s/?#@\\]+$/;

/**
 * Reads the target and the Host of a request (RFC 9112 §3.2): a path, or a whole URL, whose host then counts instead of the
 * header. Rejects a Host that is missing, given twice or no host, since links and the check of loopback names rest on it.
 */
export function readTarget({ method, url = '', httpVersion, headersDistinct }: IncomingMessage): Target {
  const hosts = headersDistinct['host'] ?? [];
  if (hosts.length > 1) return rejected('The request has more than one Host header.');
  const [host = null] = hosts;
  if (host === null && httpVersion !== '1.0') return rejected('The request has no Host header.');
  const origin = host === null ? 'http://localhost' : hostShape.test(host) ? `http://${host}` : null;
  if (origin === null || !URL.canParse(origin)) return rejected('The Host header is not a host.');
  if (url === '*') {
    return method === 'OPTIONS' ? { kind: 'options' } : rejected('Only OPTIONS can be asked of "*".');
  }
  const isPath = url.startsWith('/');
  const whole = isPath ? `${origin}${url}` : url;
  if (!URL.canParse(whole)) return rejected('The request target is not a path or URL.');
  const { protocol, username, password, host: named, pathname, search } = new URL(whole);
  const isOurs = /^https?:$/.test(protocol) && username === '' && password === '';
  if (!isOurs) return rejected('The request target is not a path or an http URL without user and password.');
  return { kind: 'resource', path: pathname, search, host: isPath ? host : named };
}

function rejected(message: string): Target {
  return { kind: 'rejected', rejection: { status: 400, message } };
}
