import { type Fact, type Facts, nanoseconds } from './facts.ts';
import { directory, salesforce } from './world.ts';

/** A filter as the gateway takes it, and its meaning in plain code. */
export interface FilterCase {
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly scimFilter?: string;
  readonly holds: (fact: Fact, facts: Facts) => boolean;
}

const name = ({ record }: Fact) => record.name;
const labels = ({ record }: Fact) => record.labels;
const created = ({ record }: Fact) => nanoseconds(record.created_at);
const updated = ({ record }: Fact) => nanoseconds(record.updated_at);

const membersOf = ({ version }: Fact) => (version?.members ?? []).map(({ identity_id }) => identity_id);

const entitiesToFind: readonly { datasourceId: string; entityType?: string; entityId: string }[] = [
  { datasourceId: salesforce, entityType: 'SalesforceProfile', entityId: 'f10' },
  { datasourceId: salesforce, entityId: 'f10' },
  { datasourceId: salesforce, entityType: 'SalesforceGroup', entityId: 'f10' },
  { datasourceId: directory, entityId: 'f10' },
];

/** Letter case doesn't count; enough for the names of this world. */
const folded = (text: string) => text.replaceAll('ß', 'ss').toLowerCase();

const noon = '2024-01-01T00:00:00.0000005Z';
const noonElsewhere = '2024-01-01T05:30:00.000000500+05:30';

export const typedFilters: readonly FilterCase[] = [
  { filter: {}, holds: () => true },
  { filter: { and: [] }, holds: () => true },
  { filter: { or: [] }, holds: () => false },
  { filter: { not: {} }, holds: () => false },
  { filter: { name: {}, labels: {}, id: {}, state: {}, createdAt: {} }, holds: () => true },

  { filter: { id: { eq: 'base' } }, holds: ({ record }) => record.id === 'base' },
  { filter: { id: { eq: 'AccessProfile:left' } }, holds: ({ record }) => record.id === 'left' },
  { filter: { id: { eq: 'no such' } }, holds: () => false },
  { filter: { id: { eq: 'id "or" id eq "base' } }, holds: ({ record }) => record.id === 'id "or" id eq "base' },
  { filter: { id: { eq: 'ünï/漢?x=1&y#z%2f' } }, holds: ({ record }) => record.id === 'ünï/漢?x=1&y#z%2f' },
  {
    filter: { id: { in: ['urn:x:7', 'AccessProfile:base', 'no such', 'full', 'base'] } },
    holds: ({ record }) => ['urn:x:7', 'base', 'full'].includes(record.id),
  },
  { filter: { id: { in: [] } }, holds: () => false },
  { filter: { id: { eq: 'base', in: ['left'] } }, holds: () => false },
  {
    filter: {
      id: { in: Array.from({ length: 200 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`) },
    },
    holds: ({ record }) => record.id.startsWith('00000000-'),
  },

  ...[
    'Base',
    'base',
    'He said "hi" or name eq "Base"',
    'back\\slash\\',
    'Grüße — 漢字 🎉',
    'a+b & c=d?e#f%20g',
    ' spaces  inside ',
    'separators \u2028 and \u2029',
    'nobody',
    '',
  ].map(
    (value): FilterCase => ({
      filter: { name: { eq: value, caseSensitive: true } },
      holds: (fact) => name(fact) === value,
    }),
  ),
  { filter: { name: { ne: 'Base', caseSensitive: true } }, holds: (fact) => name(fact) !== 'Base' },
  {
    filter: { name: { in: ['Left', 'Right', 'Left', 'nobody'], caseSensitive: true } },
    holds: (fact) => ['Left', 'Right'].includes(name(fact)),
  },
  { filter: { name: { in: [], caseSensitive: true } }, holds: () => false },
  { filter: { name: { contains: 'as', caseSensitive: true } }, holds: (fact) => name(fact).includes('as') },
  { filter: { name: { contains: '"', caseSensitive: true } }, holds: (fact) => name(fact).includes('"') },
  { filter: { name: { contains: '', caseSensitive: true } }, holds: () => true },
  { filter: { name: { startsWith: 'B', caseSensitive: true } }, holds: (fact) => name(fact).startsWith('B') },
  {
    filter: { name: { startsWith: 'Filler 1', endsWith: '1', caseSensitive: true } },
    holds: (fact) => name(fact).startsWith('Filler 1') && name(fact).endsWith('1'),
  },
  { filter: { name: { endsWith: '\\', caseSensitive: true } }, holds: (fact) => name(fact).endsWith('\\') },
  {
    filter: { name: { contains: 'e', ne: 'Base', startsWith: 'L', caseSensitive: true } },
    holds: (fact) => name(fact) === 'Left',
  },
  {
    filter: { description: { eq: 'co "x" and', caseSensitive: true } },
    holds: ({ record }) => record.description === 'co "x" and',
  },
  {
    filter: { description: { contains: '\n', caseSensitive: true } },
    holds: ({ record }) => record.description.includes('\n'),
  },
  {
    filter: { description: { ne: 'null', caseSensitive: true } },
    holds: ({ record }) => record.description !== 'null',
  },
  {
    filter: { description: { startsWith: '\\"', caseSensitive: true } },
    holds: ({ record }) => record.description.startsWith('\\"'),
  },

  ...['Base', 'BASE', 'GRÜSSE — 漢字 🎉', 'grüße — 漢字 🎉', 'NOBODY', '漢字', ''].map(
    (value): FilterCase => ({ filter: { name: { eq: value } }, holds: (fact) => folded(name(fact)) === folded(value) }),
  ),
  { filter: { name: { ne: 'bASE', caseSensitive: false } }, holds: (fact) => folded(name(fact)) !== 'base' },
  { filter: { name: { in: ['LEFT', 'right'] } }, holds: (fact) => ['Left', 'Right'].includes(name(fact)) },
  { filter: { name: { contains: 'SS' } }, holds: (fact) => folded(name(fact)).includes('ss') },
  { filter: { name: { startsWith: 'b' } }, holds: (fact) => folded(name(fact)).startsWith('b') },
  { filter: { name: { contains: '1' } }, holds: (fact) => name(fact).includes('1') },
  { filter: { description: { endsWith: 'AND' } }, holds: ({ record }) => folded(record.description).endsWith('and') },
  { filter: { createdBy: { eq: 'CREATOR@example.com' } }, holds: ({ record }) => record.created_by !== '' },
  ...[true, false].map(
    (wanted): FilterCase => ({
      filter: { hasMembers: wanted },
      holds: (fact) => membersOf(fact).length > 0 === wanted,
    }),
  ),
  { filter: { member: 'ada' }, holds: (fact) => membersOf(fact).includes('ada') },
  {
    filter: { not: { member: 'grâce "g"' }, labels: { has: 'requestable' } },
    holds: (fact) => !membersOf(fact).includes('grâce "g"') && labels(fact).includes('requestable'),
  },
  ...entitiesToFind.map(
    (grants): FilterCase => ({
      filter: { grants },
      holds: ({ version }) =>
        (version?.entities_to_create_relationships_to ?? []).some(
          (entity) =>
            entity.entity_id === grants.entityId &&
            entity.datasource_id === grants.datasourceId &&
            [undefined, entity.entity_type].includes(grants.entityType),
        ),
    }),
  ),
  { filter: { createdBy: { ne: 'nobody' } }, holds: () => true },
  ...[true, false].flatMap((wanted): FilterCase[] => [
    { filter: { requestable: wanted }, holds: ({ record }) => record.requestable === wanted },
    { filter: { usedByWorkflow: wanted }, holds: ({ record }) => record.used_by_workflow === wanted },
    { filter: { hasDraft: wanted }, holds: ({ record }) => record.draft_version_number > 0 === wanted },
  ]),

  ...['INITIAL', 'RUNNING', 'PAUSED', 'DRY_RUN', 'PENDING', 'UNRECOGNIZED'].map(
    (state): FilterCase => ({ filter: { state: { eq: state } }, holds: ({ record }) => record.state === state }),
  ),
  { filter: { state: { ne: 'RUNNING' } }, holds: ({ record }) => record.state !== 'RUNNING' },
  {
    filter: { state: { in: ['PENDING', 'DRY_RUN', 'UNRECOGNIZED'] } },
    holds: ({ record }) => ['PENDING', 'DRY_RUN'].includes(record.state),
  },
  { filter: { state: { in: [] } }, holds: () => false },

  { filter: { type: { eq: 'type-app' } }, holds: ({ record }) => record.profile_type === 'type-app' },
  { filter: { type: { eq: 'AccessProfileType:type-app' } }, holds: ({ record }) => record.profile_type === 'type-app' },
  { filter: { type: { eq: 'TYPE-APP' } }, holds: () => false },
  { filter: { type: { in: ['type-app', 'type-hidden'] } }, holds: ({ record }) => record.profile_type !== 'type-role' },
  { filter: { type: { eq: 'type/ünused?' } }, holds: () => false },
  { filter: { not: { type: { eq: 'type-role' } } }, holds: ({ record }) => record.profile_type !== 'type-role' },

  ...[
    'prod',
    'production',
    'PROD',
    'Prod',
    'pro',
    'a\\b',
    'c"d',
    'étiquette',
    '標籤',
    'a+b',
    '100%',
    'x&y=z',
    '(',
    'or not',
    '',
  ].map((label): FilterCase => ({ filter: { labels: { has: label } }, holds: (fact) => labels(fact).includes(label) })),
  {
    filter: { labels: { hasAny: ['sensitive', 'étiquette', 'none'] } },
    holds: (fact) => labels(fact).some((it) => ['sensitive', 'étiquette'].includes(it)),
  },
  { filter: { labels: { hasAny: [] } }, holds: () => false },
  {
    filter: { labels: { hasAll: ['prod', 'requestable'] } },
    holds: (fact) => ['prod', 'requestable'].every((it) => labels(fact).includes(it)),
  },
  { filter: { labels: { hasAll: [] } }, holds: () => true },
  { filter: { labels: { isEmpty: true } }, holds: (fact) => labels(fact).length === 0 },
  {
    filter: { labels: { isEmpty: false, hasAny: ['tier-1', 'tier-2'] } },
    holds: (fact) => labels(fact).some((it) => ['tier-1', 'tier-2'].includes(it)),
  },
  { filter: { not: { labels: { has: 'prod' } } }, holds: (fact) => !labels(fact).includes('prod') },
  {
    filter: {
      labels: { hasAny: Array.from({ length: 150 }, (_, i) => `tier-${i} ${'x'.repeat(40)}`).concat('tier-3') },
    },
    holds: (fact) => labels(fact).includes('tier-3'),
  },

  { filter: { integrations: { has: 'SALESFORCE' } }, holds: (fact) => fact.integrations.includes('SALESFORCE') },
  { filter: { integrations: { has: 'SALES' } }, holds: () => false },
  {
    filter: { integrations: { hasAll: ['SALESFORCE', 'ACTIVE_DIRECTORY'] } },
    holds: (fact) => ['SALESFORCE', 'ACTIVE_DIRECTORY'].every((it) => fact.integrations.includes(it)),
  },
  { filter: { integrations: { isEmpty: true } }, holds: (fact) => fact.integrations.length === 0 },
  { filter: { providerIds: { has: 'p-1' } }, holds: (fact) => fact.providerIds.includes('p-1') },
  {
    filter: { providerIds: { hasAny: ['p-1-test', 'p-2'] } },
    holds: (fact) => fact.providerIds.some((it) => it !== 'p-1'),
  },
  {
    filter: { datasourceIds: { has: 'ds-salesforce' } },
    holds: (fact) => fact.datasourceIds.includes('ds-salesforce'),
  },
  {
    filter: { datasourceIds: { hasAny: ['ds-unknown', 'ds-salesforce-test'] } },
    holds: (fact) => fact.datasourceIds.some((it) => ['ds-unknown', 'ds-salesforce-test'].includes(it)),
  },

  { filter: { createdAt: { gt: noon } }, holds: (fact) => created(fact) > nanoseconds(noon) },
  { filter: { createdAt: { gte: noon } }, holds: (fact) => created(fact) >= nanoseconds(noon) },
  { filter: { createdAt: { lt: noonElsewhere } }, holds: (fact) => created(fact) < nanoseconds(noon) },
  { filter: { createdAt: { lte: noonElsewhere } }, holds: (fact) => created(fact) <= nanoseconds(noon) },
  {
    filter: { createdAt: { gte: '2023-12-31T23:59:59Z', lt: '2024-01-01T00:00:00.0000005Z' } },
    holds: (fact) => created(fact) < nanoseconds(noon),
  },
  {
    filter: { updatedAt: { gt: '2024-06-01t12:00:00.999999998z' } },
    holds: (fact) => updated(fact) > nanoseconds('2024-06-01T12:00:00.999999998Z'),
  },
  { filter: { updatedAt: { lte: '0001-01-01T00:00:00Z' } }, holds: () => false },

  ...['base', 'left', 'cycle-a', 'self', 'gone', 'id "or" id eq "base', 'no such'].flatMap((id): FilterCase[] => [
    { filter: { inheritsFrom: { eq: id } }, holds: (fact) => fact.parents.includes(id) },
    {
      filter: { inheritedBy: { eq: id } },
      holds: ({ record }, facts) => facts.has(id) && facts.profile(id).parents.includes(record.id),
    },
  ]),
  {
    filter: { inheritsFrom: { in: ['AccessProfile:left', 'cycle-b'] } },
    holds: ({ parents }) => parents.includes('left') || parents.includes('cycle-b'),
  },
  {
    filter: { inheritedBy: { in: ['bottom', 'orphan', 'no such'] } },
    holds: ({ record }) => ['left', 'right', 'base'].includes(record.id),
  },
  { filter: { inheritedBy: { in: [] } }, holds: () => false },
  { filter: { not: { inheritsFrom: { eq: 'base' } } }, holds: ({ parents }) => !parents.includes('base') },
  { filter: { not: { inheritedBy: { eq: 'bottom' } } }, holds: ({ record }) => !['left', 'right'].includes(record.id) },

  {
    filter: { or: [{ labels: { has: 'prod' } }, { labels: { has: 'PROD' } }], type: { eq: 'type-role' } },
    holds: (fact) =>
      labels(fact).some((it) => it === 'prod' || it === 'PROD') && fact.record.profile_type === 'type-role',
  },
  {
    filter: { or: [{ labels: { has: 'prod' } }, { name: { eq: 'Left' } }] },
    holds: (fact) => labels(fact).includes('prod') || name(fact) === 'Left',
  },
  {
    filter: {
      or: [
        { state: { eq: 'PAUSED' } },
        { not: { or: [{ type: { eq: 'type-role' } }, { labels: { has: 'tier-0' } }] } },
      ],
    },
    holds: (fact) =>
      fact.record.state === 'PAUSED' || !(fact.record.profile_type === 'type-role' || labels(fact).includes('tier-0')),
  },
  {
    filter: {
      and: [
        { not: { not: { labels: { has: 'tier-1' } } } },
        { or: [{ state: { eq: 'RUNNING' } }, { state: { eq: 'INITIAL' } }] },
      ],
    },
    holds: (fact) => labels(fact).includes('tier-1') && ['RUNNING', 'INITIAL'].includes(fact.record.state),
  },
  {
    filter: {
      labels: { hasAny: ['prod', 'tier-2'] },
      integrations: { isEmpty: true },
      state: { ne: 'PAUSED' },
      createdAt: { gt: noon },
    },
    holds: (fact) =>
      labels(fact).some((it) => ['prod', 'tier-2'].includes(it)) &&
      fact.integrations.length === 0 &&
      fact.record.state !== 'PAUSED' &&
      created(fact) > nanoseconds(noon),
  },
];

/** Raw SCIM, as RFC 7644 reads it; where an API may read a documented filter otherwise, the values leave no room for that. */
export const rawFilters: readonly FilterCase[] = [
  { scimFilter: 'labels co "sensitive"', holds: (fact) => labels(fact).includes('sensitive') },
  { scimFilter: 'profile_type eq "type-app"', holds: ({ record }) => record.profile_type === 'type-app' },
  { scimFilter: 'PROFILE_TYPE EQ "type-hidden"', holds: ({ record }) => record.profile_type === 'type-hidden' },
  {
    scimFilter: '(labels co "tier-1" or labels co "tier-2") and profile_type eq "type-app"',
    holds: (fact) =>
      labels(fact).some((it) => it === 'tier-1' || it === 'tier-2') && fact.record.profile_type === 'type-app',
  },
  {
    scimFilter: 'labels co "tier-1" or labels co "tier-2" and profile_type eq "type-app"',
    holds: (fact) =>
      labels(fact).includes('tier-1') || (labels(fact).includes('tier-2') && fact.record.profile_type === 'type-app'),
  },
  { scimFilter: 'labels co "c\\"d"', holds: (fact) => labels(fact).includes('c"d') },
  {
    scimFilter: 'labels co "a\\\\b" or labels co "\\u00e9tiquette"',
    holds: (fact) => labels(fact).some((it) => it === 'a\\b' || it === 'étiquette'),
  },
  { scimFilter: 'provider_ids co "p-2"', holds: (fact) => fact.providerIds.includes('p-2') },
  { scimFilter: 'integrations co "ACTIVE_DIRECTORY"', holds: (fact) => fact.integrations.includes('ACTIVE_DIRECTORY') },
  { scimFilter: 'not (profile_type eq "type-role")', holds: ({ record }) => record.profile_type !== 'type-role' },
  { scimFilter: 'name sw "Cycle"', holds: (fact) => name(fact).startsWith('Cycle') },
  { scimFilter: 'name eq "LEFT"', holds: (fact) => name(fact) === 'Left' },
  { scimFilter: 'name ew "ALF" or name co "BOTTO"', holds: (fact) => name(fact) === 'Bottom' },
  { scimFilter: 'id eq "full"', holds: ({ record }) => record.id === 'full' },
  {
    scimFilter: 'state eq "PAUSED" and labels co "tier-1"',
    holds: (fact) => fact.record.state === 'PAUSED' && labels(fact).includes('tier-1'),
  },
  {
    scimFilter: 'state ne "RUNNING" and state ne "PAUSED"',
    holds: ({ record }) => !['RUNNING', 'PAUSED'].includes(record.state),
  },
  { scimFilter: 'requestable eq true', holds: ({ record }) => record.requestable },
  { scimFilter: 'last_synced_at pr', holds: ({ record }) => record.last_synced_at !== null },
  { scimFilter: 'not (labels pr)', holds: (fact) => labels(fact).length === 0 },
  {
    scimFilter: 'created_at gt "2024-01-01T00:00:00.0000005Z" and created_at lt "2024-04-01T00:00:00Z"',
    holds: (fact) => created(fact) > nanoseconds(noon) && created(fact) < nanoseconds('2024-04-01T00:00:00Z'),
  },
  { scimFilter: 'access_profiles_inherited eq "cycle-a"', holds: ({ parents }) => parents.includes('cycle-a') },
  { scimFilter: 'name eq "He said \\"hi\\" or name eq \\"Base\\""', holds: (fact) => name(fact).startsWith('He said') },
  {
    scimFilter: 'profile_type eq "type-app"',
    filter: { labels: { has: 'tier-0' } },
    holds: (fact) => fact.record.profile_type === 'type-app' && labels(fact).includes('tier-0'),
  },
  {
    scimFilter: 'name co "er 1"',
    filter: { state: { eq: 'PAUSED' }, inheritsFrom: { eq: 'base' } },
    holds: (fact) => name(fact).includes('er 1') && fact.record.state === 'PAUSED' && fact.parents.includes('base'),
  },
];
