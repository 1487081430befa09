import { buildConnector } from 'undici';
import { ConnectFailure, codeOf } from './failure.ts';

/**
 * Opens one connection to the API as calls do (DNS, TCP, TLS) and closes it: no request is made, and no key is sent. Returns
 * why that failed, or null.
 */
export function checkConnection(origin: string, timeoutMs: number): Promise<ConnectFailure | null> {
  const { hostname, host, protocol, port } = new URL(origin);
  const connect = buildConnector({ timeout: timeoutMs });
  return new Promise((resolve) => {
    connect({ hostname, host, protocol, port: port || (protocol === 'https:' ? '443' : '80') }, (error, socket) => {
      socket?.destroy();
      resolve(error === null ? null : new ConnectFailure(origin, codeOf(error) || 'UNKNOWN', error));
    });
  });
}
