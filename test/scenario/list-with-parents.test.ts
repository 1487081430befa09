import { describe, expect, it } from 'vitest';
import { graphql } from '../generated/gql.ts';
import { rounds } from '../support/call-log.ts';
import { startGateway } from '../support/gateway.ts';

const listWithParents = graphql(`
  query ListWithParents {
    accessProfiles(first: 50) {
      nodes { name type { name } inheritsFrom { name type { name } } }
    }
  }
`);

describe('a list of profiles with their types, parents and the types of those', () => {
  it('takes at most four calls in three rounds on an API that refuses ids, and fewer once that is known', async () => {
    await using gateway = await startGateway({ latencyMs: 5 });
    const first = await gateway.ask(listWithParents);
    expect(first.errors).toBeUndefined();
    expect(first.data?.accessProfiles?.nodes).toHaveLength(50);
    const calls = gateway.sandbox.calls.map(({ path, query, status }) => ({
      path,
      filter: query.get('filter')?.slice(0, 5),
      status,
    }));
    expect(calls).toHaveLength(2);
    expect(rounds(gateway.sandbox.calls)).toBeLessThanOrEqual(3);
  });
});
