import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { startEdge } from './edge-support.ts';

describe('the GraphQL over HTTP specification', () => {
  it('is kept: every MUST of the audit, and every SHOULD', async () => {
    await using edge = await startEdge();
    const results = await Promise.all(serverAudits({ url: `${edge.url}/graphql` }).map((audit) => audit.fn()));
    const broken = results.flatMap((result) =>
      result.status === 'ok' ? [] : [`${result.status} ${result.id}: ${result.name}: ${result.reason}`],
    );
    expect(results.length).toBeGreaterThan(50);
    expect(broken).toEqual([]);
  });
});
