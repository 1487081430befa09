import { collectFindings } from './collect.ts';
import { edgesOf } from './edges.ts';
import { Findings, type Mention } from './findings.ts';
import type { InheritanceGraph, ProfileNode } from './graph.ts';
import { settleIdentities } from './identity.ts';
import type { Shape } from './shape.ts';

/** The `data` of a response, and the shape that its query gives it. */
export interface ResponseData {
  readonly data: unknown;
  readonly shape: Shape;
}

/**
 * The inheritance graph that responses hold together, in whatever form: `inheritsFrom`, `inheritedBy`, `ancestors`, `descendants`,
 * paths, `inheritanceGraph`, findings, the preview of a change. Deterministic: nodes and edges come in the order of the responses.
 */
export function readGraph(responses: readonly ResponseData[]): InheritanceGraph {
  const findings = new Findings();
  for (const [index, { data, shape }] of responses.entries()) collectFindings(data, shape, findings, String(index));
  const { keys, notices } = settleIdentities(findings);

  const mentionsOfKey = new Map<string, Mention[]>();
  for (const [index, mention] of findings.mentions.entries()) {
    const key = keys[index] ?? '';
    const known = mentionsOfKey.get(key);
    if (known === undefined) mentionsOfKey.set(key, [mention]);
    else known.push(mention);
  }
  const nodes = [...mentionsOfKey].map(([key, mentions]) => mergeMentions(key, mentions));
  const keyOf = (mention: number) => keys[mention] ?? '';
  return { nodes, edges: edgesOf(findings, keyOf), notices: [...findings.notices, ...notices] };
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
