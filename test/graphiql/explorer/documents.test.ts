import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../src/graphiql/explorer/ask/ask.ts';
import { askAffectedPeople, askEffect } from '../../../src/graphiql/explorer/ask/change.ts';
import { askComparison } from '../../../src/graphiql/explorer/ask/comparison.ts';
import { dryRunMutation, profileQuery } from '../../../src/graphiql/explorer/ask/editor-queries.ts';
import { askFindings } from '../../../src/graphiql/explorer/ask/findings.ts';
import { askGranting } from '../../../src/graphiql/explorer/ask/granting.ts';
import { askPeople, askProfile } from '../../../src/graphiql/explorer/ask/profile.ts';
import {
  askEntities,
  askProfilesEverywhere,
  askProfilesNamed,
  askProfilesWithIds,
} from '../../../src/graphiql/explorer/ask/search.ts';
import { askTenant } from '../../../src/graphiql/explorer/ask/tenant.ts';
import { watchDocument } from '../../../src/graphiql/explorer/ask/watch.ts';
import { askWorld } from '../../../src/graphiql/explorer/ask/world.ts';
import type { Change } from '../../../src/graphiql/explorer/graph/change.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
const change: Change = { kind: 'drop', child: 'a', parent: 'b' };
const entity = { datasourceId: 'd', entityType: 't', entityId: 'e' };

const questions: readonly (readonly [name: string, ask: (ask: Ask) => Promise<unknown>])[] = [
  ['the tenant', askTenant],
  ['everything', (ask) => askWorld(ask, null)],
  ['a profile', (ask) => askProfile(ask, 'a')],
  ['profiles by their ids', (ask) => askProfilesWithIds(ask, ['a'])],
  ['profiles by name', (ask) => askProfilesNamed(ask, 'say "x"')],
  ['who grants', (ask) => askGranting(ask, entity)],
  ['findings', (ask) => askFindings(ask)],
  ['a change', (ask) => askEffect(ask, [change])],
  ['a comparison', (ask) => askComparison(ask, 'a', 'b')],
  ['profiles by any text', (ask) => askProfilesEverywhere(ask, 'x')],
  ['entities', (ask) => askEntities(ask, 'x')],
  ['people affected', (ask) => askAffectedPeople(ask, [change])],
  ['people', (ask) => askPeople(ask, 'a')],
];

/** The document that a question sends. */
async function documentOf(question: (ask: Ask) => Promise<unknown>): Promise<string> {
  let sent = '';
  await question((query) => {
    sent = query;
    return Promise.reject(new Error('not asked'));
  }).catch(() => undefined);
  return sent;
}

describe('the questions of the explorer', () => {
  it.each(questions)('about %s are valid', async (_name, question) => {
    expect(validate(schema, parse(await documentOf(question)))).toEqual([]);
  });

  it('watch for changes, and open as a query', () => {
    expect(validate(schema, parse(profileQuery))).toEqual([]);
    expect(validate(schema, parse(watchDocument))).toEqual([]);
    expect(validate(schema, parse(dryRunMutation(2)))).toEqual([]);
  });
});
