import type { Api, ApiReply, ApiRequest, Deviant, Json } from '../upstream.ts';
import { withQuery } from '../upstream.ts';
import { changed, isList, isObject, isTypeList, rewriting, without } from './rewrite.ts';

/** How lists may be cut. */
export const pagingDeviants: readonly Deviant[] = [
  {
    name: 'pages are ragged, some empty',
    sandbox: { raggedPages: true },
  },
  { name: 'pages have at most 7 rows', answer: clampedTo(7), callBudget: { list: 9, rounds: 9, byId: 18 } },
  { name: 'pages have at most 50 rows', answer: clampedTo(50) },
  {
    name: 'every page comes after an empty one',
    answer: afterEmptyPages,
    callBudget: { list: 4, rounds: 3, byId: 6 },
  },
  { name: 'the last page is empty', answer: emptyLastPage },
  {
    name: 'the last page has no token',
    answer: rewriting((json) =>
      isObject(json) && json['has_more'] === false ? without(json, 'next_page_token') : json,
    ),
  },
  {
    name: 'the last page has no has_more',
    answer: rewriting((json) =>
      isObject(json) && json['has_more'] === false ? without(json, 'next_page_token', 'has_more') : json,
    ),
  },
  { name: 'types come one by one', answer: typesOneByOne, callBudget: { list: 8, rounds: 8, byId: 4 } },
  { name: 'answers take 20 ms', delayMs: 20 },
];

function clampedTo(most: number): NonNullable<Deviant['answer']> {
  return async (request, next) => {
    if (!isList(request)) return next(request);
    const asked = Number(request.query.get('page_size') ?? most);
    return next(withQuery(request, { page_size: String(Math.min(asked, most)) }));
  };
}

/** Half of the tokens lead to nothing but another token. */
async function afterEmptyPages(request: ApiRequest, next: Api): Promise<ApiReply> {
  if (!isList(request)) return next(request);
  const token = request.query.get('page_token') ?? '';
  if (!token.startsWith('go ')) {
    return { status: 200, json: { values: [], has_more: true, next_page_token: `go ${token}` } };
  }
  return next(withQuery(request, { page_token: token === 'go ' ? null : token.slice(3) }));
}

async function emptyLastPage(request: ApiRequest, next: Api): Promise<ApiReply> {
  if (!isList(request)) return next(request);
  if (request.query.get('page_token') === 'end') return { status: 200, json: { values: [], has_more: false } };
  return changed(await next(request), (json: Json) =>
    isObject(json) && json['has_more'] === false ? { ...json, has_more: true, next_page_token: 'end' } : json,
  );
}

async function typesOneByOne(request: ApiRequest, next: Api): Promise<ApiReply> {
  return next(isTypeList(request) ? withQuery(request, { page_size: '1' }) : request);
}
