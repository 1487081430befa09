import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, changeKey, toggleChange, versionChanges } from '../../../src/graphiql/explorer/graph/change.ts';
import { columns, noFilters } from '../../../src/graphiql/explorer/graph/filter.ts';
import {
  type Address,
  cardTabs,
  firstAddress,
  printAddress,
  readAddress,
  views,
} from '../../../src/graphiql/explorer/page/address.ts';

const id = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('__proto__', 'a~b', '%7E', '3f3587a2', '<b>', 'a&b=c#d'),
);
const entity = fc.record({ datasourceId: id, entityType: id, entityId: id });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom('drop' as const, 'add' as const), child: id, parent: id }),
  fc.record({ kind: fc.constantFrom('revoke' as const, 'grant' as const), child: id, entity }),
);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const address: fc.Arbitrary<Address> = fc.record({
  view: fc.constantFrom(...views),
  id: optional(id),
  to: optional(id),
  levels: optional(fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY)),
  entity: optional(entity),
  changes: fc.uniqueArray(change, { selector: changeKey, maxLength: 4 }),
  finding: optional(fc.nat(1_000)),
  rest: fc.boolean(),
  chosen: optional(id),
  tab: optional(fc.constantFrom(...cardTabs)),
  sort: optional(fc.record({ column: fc.constantFrom(...columns), isDescending: fc.boolean() })),
  filters: fc.record({
    types: fc.uniqueArray(id),
    states: fc.uniqueArray(fc.constantFrom('RUNNING', 'PAUSED')),
    labels: fc.constant([]),
    withFindings: fc.boolean(),
    words: fc.constant(''),
  }),
});

describe('the address', () => {
  it('gives back what it was made of', () => {
    fc.assert(
      fc.property(address, (each) => {
        // In the answer of a query, boxes may go by their names.
        const kept = each.view === 'query' ? { ...each, chosen: undefined } : each;
        expect(readAddress(printAddress(each))).toEqual(kept);
      }),
    );
  });

  it('is read from any text without failing, and only from its own', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readAddress(`#explorer?${text}`)).toBeDefined();
        expect(readAddress(`#${text}`) === undefined || text.startsWith('explorer')).toBe(true);
      }),
    );
    expect(readAddress('#explorer')).toEqual({
      ...firstAddress,
      id: undefined,
      to: undefined,
      levels: undefined,
      entity: undefined,
      finding: undefined,
      chosen: undefined,
      tab: undefined,
      sort: undefined,
    });
    expect(readAddress('#explorer?change=drop~%E0%A4%A&view=constructor')?.changes).toEqual([]);
  });

  it('holds no words of the tenant', () => {
    const printed = printAddress({ ...firstAddress, filters: { ...noFilters, words: 'secret', labels: ['secret'] } });
    expect(printed).not.toContain('secret');
  });
});

describe('changes to try out', () => {
  const drop: Change = { kind: 'drop', child: 'a', parent: 'b' };

  it('are taken back by the same click', () => {
    const once = toggleChange([], drop);
    expect(once).toEqual([drop]);
    expect(toggleChange(once, drop)).toEqual([]);
  });

  it('become one input for each profile', () => {
    const role = { datasourceId: 'd', entityType: 'Role', entityId: 'r' };
    expect(
      versionChanges([
        drop,
        { kind: 'grant', child: 'x', entity: role },
        { kind: 'add', child: 'a', parent: 'c' },
        { kind: 'revoke', child: 'a', entity: role },
      ]),
    ).toEqual([
      { id: 'a', addInheritsFrom: ['c'], removeInheritsFrom: ['b'], removeEntitlements: [role] },
      { id: 'x', addEntitlements: [role] },
    ]);
  });
});
