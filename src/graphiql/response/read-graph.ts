import { groupBy } from '../group-by.ts';
import { isRecord, records, text } from '../json.ts';
import { type Mention, Statements } from './collect.ts';
import { edgesOf } from './edges.ts';
import type { InheritanceGraph, ProfileNode } from './graph.ts';
import { settleIdentities } from './identity.ts';
import { readShape, type Shape } from './shape.ts';

/** The `data` of a response, and the shape that its query gives it. */
export interface ResponseData {
  readonly data: unknown;
  readonly shape: Shape;
}

/**
 * The inheritance graph that a response holds, in whatever form: `inheritsFrom`, `inheritedBy`, `ancestors`, `descendants`, paths,
 * `inheritanceGraph`, findings, the preview of a change. Deterministic: nodes and edges come in the order of the response.
 */
export function readGraph({ data, shape }: ResponseData): InheritanceGraph {
  const statements = new Statements(data, shape);
  const { keys, notices } = settleIdentities(statements);
  const keyOf = (mention: number) => keys[mention] ?? '';
  const byKey = groupBy(statements.mentions.entries(), ([index]) => keyOf(index));
  return {
    nodes: [...byKey].map(([key, entries]) =>
      mergeMentions(
        key,
        entries.map(([, mention]) => mention),
      ),
    ),
    edges: edgesOf(statements, keyOf),
    notices: [...statements.notices, ...notices],
  };
}

/** What came first counts, where mentions differ. */
function mergeMentions(key: string, mentions: readonly Mention[]): ProfileNode {
  const first = <Field extends keyof Mention>(field: Field): Mention[Field] | undefined =>
    mentions.find((mention) => mention[field] !== undefined)?.[field];
  return {
    key,
    id: first('id') ?? first('profileId'),
    name: first('name'),
    type: first('type'),
    state: first('state'),
    labels: first('labels'),
    gained: first('gained'),
    lost: first('lost'),
    isMissing: mentions.every((mention) => mention.isMissing === true),
  };
}

/** What the response editor holds, as far as a drawing is concerned. */
export type ReadResponse =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  | { readonly kind: 'data'; readonly response: ResponseData; readonly errors: readonly string[] };

export function readResponse(body: string, query: string, operationName: string | null | undefined): ReadResponse {
  if (body.trim() === '') return { kind: 'none' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { kind: 'unreadable' };
  }
  if (!isRecord(parsed)) return { kind: 'unreadable' };
  const errors = records(parsed['errors']);
  const messages = errors.map((error) => text(error['message']) ?? 'unknown error');
  const data = parsed['data'];
  if (isRecord(data) && Object.values(data).some((value) => value !== null)) {
    return { kind: 'data', response: { data, shape: readShape(query, operationName) }, errors: messages };
  }
  const [message] = messages;
  if (message === undefined)
    return isRecord(data) ? { kind: 'data', response: emptyResponse, errors: [] } : { kind: 'unreadable' };
  const extensions = errors[0]?.['extensions'];
  return { kind: 'failed', message, code: isRecord(extensions) ? text(extensions['code']) : undefined };
}

const emptyResponse: ResponseData = { data: {}, shape: readShape('') };
