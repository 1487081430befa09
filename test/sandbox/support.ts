import { onTestFinished } from 'vitest';
import { steppingClock } from '../../src/sandbox/clock.ts';
import { adminKey, type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import type { World, WorldProfile } from '../../src/sandbox/world.ts';

export const base = '/api/private/lifecycle_management';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Whatever `JSON.parse` gives: replies are what these tests are about, and each assertion says what it expects. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface Client {
  readonly sandbox: Sandbox;
  /** A path below `base`, or a whole one from `/api/` on. */
  get(path: string, key?: string): Promise<Answer>;
  send(method: string, path: string, body: unknown, key?: string): Promise<Answer>;
}

/** A sandbox for one test, with a clock that does not depend on the day, and a client that is an administrator. */
export async function start(options: SandboxOptions = {}): Promise<Client> {
  const sandbox = await startSandbox({ clock: steppingClock(), ...options });
  onTestFinished(() => sandbox.close());
  const call = async (method: string, path: string, key: string, body?: unknown): Promise<Answer> => {
    const target = path.startsWith('/api/') ? path : `${base}${path}`;
    const response = await fetch(`${sandbox.origin}${target}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    sandbox,
    get: (path, key = adminKey) => call('GET', path, key),
    send: (method, path, body, key = adminKey) => call(method, path, key, body),
  };
}

/** `?filter=…` as the documents write it: `+` for blanks, the rest percent-encoded. */
export function query(parameters: Record<string, string>): string {
  return `?${new URLSearchParams(parameters)}`;
}

/** A world of one permissive type, "type", and these profiles. */
export function worldOf(...profiles: readonly Partial<WorldProfile>[]): World {
  return {
    types: [{ id: 'type', name: 'Type' }],
    profiles: profiles.map((profile, index) => {
      const id = profile.id ?? `p${index + 1}`;
      return { id, name: id, profile_type: 'type', ...profile };
    }),
  };
}

export const names = (answer: Answer): string[] => answer.body.values.map((value: { name: string }) => value.name);

/** The field violations of a 400, as `field: description`. */
export function violations(answer: Answer): string[] {
  const found = answer.body.details.find((detail: { '@type': string }) => detail['@type'].endsWith('BadRequest'));
  return (found?.field_violations ?? []).map(
    (violation: { field: string; description: string }) => `${violation.field}: ${violation.description}`,
  );
}
