import { expect } from 'vitest';
import { parseFilter } from '../../src/scim/parser.ts';
import { factsOf } from '../contract/facts.ts';
import { trickyWorld } from '../contract/world.ts';
import { type Answer, type SandboxedGateway, startGateway } from '../support/gateway.ts';

export const facts = factsOf(trickyWorld);

/** What a caller can be told about what they asked for. */
const callersFault = new Set<unknown>(['BAD_USER_INPUT', 'NOT_FOUND', 'NOT_SUPPORTED']);

const base = '/api/private/lifecycle_management';
const paths = new Set([
  `${base}/access_profiles`,
  `${base}/access_profiles_types`,
  `${base}/access_profiles:available_integrations`,
]);

export interface Arena extends AsyncDisposable {
  /** Asks anything, and sees to it that only data and typed errors come of it and only known calls go out. */
  ask<Data>(query: string, variables: object): Promise<Answer<Data>>;
}

/** A gateway in front of an API that takes every filter, or only those that are documented. */
export async function openArena(openFilters: boolean): Promise<Arena> {
  const gateway = await startGateway({ world: trickyWorld, openFilters });
  return {
    async ask<Data>(query: string, variables: object): Promise<Answer<Data>> {
      gateway.sandbox.clearCalls();
      const answer = await gateway.ask<Data, object>(query, variables);
      checkAnswer(answer);
      checkCalls(gateway);
      return answer;
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

function checkAnswer(answer: Answer): void {
  for (const { message, extensions } of answer.errors ?? []) {
    expect(callersFault, message).toContain(extensions['code']);
    expect(message).not.toMatch(/127\.0\.0\.1|node_modules|\.ts:\d/);
    expect(message.length).toBeLessThan(1000);
  }
  expect(answer.data !== undefined || answer.errors !== undefined).toBe(true);
}

function checkCalls({ sandbox }: SandboxedGateway): void {
  for (const { method, path, query } of sandbox.calls) {
    expect(method).toBe('GET');
    const [, id, number] = /\/access_profiles\/([^/]+)\/versions\/([^/]+)\/members$/.exec(path) ?? [];
    // A version other than the current one is read in ways that the documents only hint at.
    const [, read] = /\/access_profiles\/([^/]+)(?:\/versions(?:\/\d+)?)?$/.exec(path) ?? [];
    if (read !== undefined) expect(facts.profile(decodeURIComponent(read)).record.id).toBe(decodeURIComponent(read));
    else if (id === undefined) expect(paths).toContain(path);
    else expect(facts.profile(decodeURIComponent(id)).version?.version_number).toBe(Number(number));
    const filter = query.get('filter');
    if (filter !== null) expect(() => parseFilter(filter), filter).not.toThrow();
  }
}
