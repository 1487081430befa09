import { describe, expect, it } from 'vitest';
import type { Page } from '../../src/model/page.ts';
import { paginate } from '../../src/upstream/paginate.ts';

/** Reads all pages of a list whose tokens lead as `next` says, and notes which were asked for. */
async function read(
  next: (token: string | null) => string | null,
  options: { from?: string; maxPages?: number } = {},
): Promise<{ asked: (string | null)[]; values: string[]; error: string | null }> {
  const asked: (string | null)[] = [];
  const values: string[] = [];
  const fetch = async (token: string | null): Promise<Page<string>> => {
    asked.push(token);
    return { values: token === 'empty' ? [] : [`row of ${token}`], next: next(token) };
  };
  try {
    for await (const page of paginate('list things', fetch, options.from, options.maxPages))
      values.push(...page.values);
  } catch (error) {
    return { asked, values, error: error instanceof Error ? error.message : 'unknown' };
  }
  return { asked, values, error: null };
}

/** Tokens that follow one another. */
const chain =
  (...tokens: string[]) =>
  (token: string | null) =>
    tokens[token === null ? 0 : tokens.indexOf(token) + 1] ?? null;

describe('paginate', () => {
  it('reads to the end', async () => {
    expect(await read(chain('a', 'b'))).toEqual({
      asked: [null, 'a', 'b'],
      values: ['row of null', 'row of a', 'row of b'],
      error: null,
    });
  });

  it('goes on behind an empty page', async () => {
    expect((await read(chain('empty', 'b'))).values).toEqual(['row of null', 'row of b']);
  });

  it('begins where it is told', async () => {
    expect((await read(chain('a', 'b'), { from: 'b' })).asked).toEqual(['b']);
  });

  it.each<[name: string, next: (token: string | null) => string, from: string | undefined, calls: number]>([
    ['a page that names itself', () => 'a', undefined, 2],
    ['a circle', (token) => (token === 'a' ? 'b' : 'a'), undefined, 3],
    ['a circle back to where it began', (token) => (token === 'a' ? 'b' : 'a'), 'a', 2],
  ])('ends at %s', async (_name, next, from, calls) => {
    const { asked, error } = await read(next, from === undefined ? {} : { from });
    expect(error).toBe(
      'The gateway asked the Veza API to list things and cannot use the reply: a page token came twice.',
    );
    expect(asked).toHaveLength(calls);
  });

  it('ends where a list does not', async () => {
    let count = 0;
    const { asked, error } = await read(() => `token ${count++}`, { maxPages: 5 });
    expect(asked).toHaveLength(5);
    expect(error).toContain('there are more than 5 pages');
  });

  it('reads no page before it is wanted', async () => {
    let asked = 0;
    const pages = paginate('list things', async () => ({ values: [], next: `token ${asked++}` }));
    await pages.next();
    expect(asked).toBe(1);
    await pages.return();
    expect(asked).toBe(1);
  });
});
