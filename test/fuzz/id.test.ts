import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { id, profileId } from './arbitrary.ts';
import { type Arena, facts, openArena } from './arena.ts';

const anything = `
  query ($id: ID!, $ids: [ID!]!) {
    node(id: $id) { id ... on AccessProfile { members { identityId } } }
    accessProfile(id: $id) { id inheritsFrom { name } members { identityId } currentVersion { members { identityId } } }
    accessProfileType(id: $id) { name accessProfiles(first: 1) { nodes { name } } }
    nodes(ids: $ids) { id }
  }`;

describe.each([false, true])('ids, of an API that takes all filters: %j', (openFilters) => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena(openFilters);
  });
  afterAll(() => arena[Symbol.asyncDispose]());

  it('whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(id, fc.array(id, { maxLength: 5 }), async (one, ids) => {
        await arena.ask(anything, { id: one, ids });
      }),
      { numRuns: runs(150) },
    );
  });

  it('find their profiles and no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(profileId, { maxLength: 30 }), async (ids) => {
        const answer = await arena.ask(
          'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on AccessProfile { profileId name } } }',
          {
            ids: ids.map((each) => `AccessProfile:${each}`),
          },
        );
        const expected = ids.map((each) =>
          facts.has(each) ? { profileId: each, name: facts.profile(each).record.name } : null,
        );
        expect(answer).toEqual({ data: { nodes: expected } });
      }),
      { numRuns: runs(60) },
    );
  });
});
