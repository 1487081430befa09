import { describe, expect, it } from 'vitest';
import { dryRunMutation } from '../../../src/graphiql/explorer/ask/editor-queries.ts';
import { findingsIn } from '../../../src/graphiql/explorer/graph/from-response.ts';
import { subjectOf } from '../../../src/graphiql/explorer/page/query-subject.ts';
import { readShape } from '../../../src/graphiql/response/shape.ts';

const entity = { datasourceId: 'd', entityType: 't', entityId: 'e' };
const of = (query: string, variables: object = {}) => subjectOf(query, null, JSON.stringify(variables));

describe('the view for a query', () => {
  it('is that of findings for findings, and of who grants for an entity', () => {
    expect(of('{ __typename inheritanceFindings { kind } }')).toEqual({ view: 'findings' });
    expect(
      of('query ($e: EntityRefInput!) { entity(ref: $e) { id } who: accessProfilesGranting(entity: $e) { id } }', {
        e: entity,
      }),
    ).toEqual({ view: 'grants', entity });
    expect(
      of('{ accessProfilesGranting(entity: { datasourceId: "d", entityType: "t", entityId: "e" }) { id } }'),
    ).toEqual({ view: 'grants', entity });
  });

  it('is that of a change for dry runs of versions and for simulations', () => {
    const inputs = {
      input1: {
        id: 'AccessProfile:a',
        removeInheritsFrom: ['AccessProfile:b'],
        addEntitlements: [entity],
        dryRun: true,
      },
      input2: { id: 'x', addInheritsFrom: ['y'], dryRun: true },
    };
    const changes = [
      { kind: 'drop', child: 'a', parent: 'b' },
      { kind: 'grant', child: 'a', entity },
      { kind: 'add', child: 'x', parent: 'y' },
    ];
    expect(of(dryRunMutation(2), inputs)).toEqual({ view: 'change', id: 'a', changes });
    expect(
      of('query ($c: [AccessProfileChangeInput!]!) { simulateAccessProfileChanges(changes: $c) { __typename } }', {
        c: Object.values(inputs).map(({ dryRun: _dryRun, ...input }) => ({ updateVersion: input })),
      }),
    ).toEqual({ view: 'change', id: 'a', changes });
  });

  it.each([
    ['a write', 'mutation { updateAccessProfileVersion(input: { id: "a", addInheritsFrom: ["b"] }) { __typename } }'],
    [
      'other fields',
      'mutation { updateAccessProfileVersion(input: { id: "a", state: PUBLISHED, dryRun: true }) { __typename } }',
    ],
    [
      'a new profile',
      '{ simulateAccessProfileChanges(changes: [{ createAccessProfile: { name: "n" } }]) { __typename } }',
    ],
    ['two questions', '{ inheritanceFindings { kind } accessProfiles { nodes { id } } }'],
    [
      'direct entitlements only',
      '{ accessProfilesGranting(entity: { datasourceId: "d", entityType: "t", entityId: "e" }, includeInherited: false) { id } }',
    ],
    ['an entity of any type', '{ accessProfilesGranting(entity: { datasourceId: "d", entityId: "e" }) { id } }'],
    ['text that is no query', '{ inheritanceFindings'],
  ])('is none for %s', (_what, query) => {
    expect(of(query)).toBeUndefined();
  });
});

describe('findings of a response', () => {
  const read = (query: string, data: object) => findingsIn({ data, shape: readShape(query) });

  it('are read under any alias', () => {
    const query =
      '{ all: inheritanceFindings { what: kind message who: profiles { id name type { name } } entitlements { entityId } } }';
    const who = [{ id: 'AccessProfile:a', name: 'A', type: { name: 'Role' } }];
    const [finding] =
      read(query, { all: [{ what: 'CYCLE', message: 'm', who, entitlements: [{ entityId: 'e' }] }] }) ?? [];
    expect(finding).toMatchObject({
      kind: 'CYCLE',
      message: 'm',
      profiles: [{ id: 'a', name: 'A', typeName: 'Role', isMissing: false }],
      entitlements: [{ entityId: 'e' }],
    });
  });

  it('are none where kinds or ids were not selected', () => {
    expect(read('{ inheritanceFindings { message } }', { inheritanceFindings: [{ message: 'm' }] })).toBeUndefined();
    expect(
      read('{ inheritanceFindings { kind profiles { name } } }', {
        inheritanceFindings: [{ kind: 'CYCLE', profiles: [{ name: 'A' }] }],
      }),
    ).toBeUndefined();
  });
});
