import { attributeOfField } from '../../filter/attributes.ts';
import { operatorOf } from '../../filter/typed-filter.ts';
import { defaultFirst, maxFirst } from '../../schema/connection.ts';

/** Rows of one page of the API, and ids in one question for profiles. */
export const pageSize = 100;
/** What reading every profile is taken to cost, in calls: a tenant of a thousand. */
export const scanCalls = 10;
/** A scan with the types that it reads to be sure that it has all profiles. */
export const scanAndCountCalls = scanCalls + 1;
/** What the first look-up by id of an operation may cost besides: profiles that exist have to be found, and asked for alone. */
export const witnessCalls = 3;
/** What a gateway tries before it knows that an API does not take ids; then it reads the list, and again for ids that are not in it. */
export const trialCalls = 3;
/** So many objects put together here weigh as much as one call. */
export const objectsPerCall = 1000;

/** Arguments as the caller wrote them; not checked yet, so of any kind. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What a field costs. A field without a row costs nothing but the objects that it returns. */
export interface FieldCost {
  /** Calls for each object that the field is asked of. */
  readonly each?: (args: Arguments) => number;
  /** Reads profiles by id, together with all others that are as deep in the operation; how many for each object. */
  readonly profilesById?: (args: Arguments) => number;
  /** Whether the caller names those ids, so that there may be any number of them and none may exist. */
  readonly namesIds?: true;
  /** Read once in an operation, however often it is asked for. */
  readonly once?: 'types' | 'scan' | 'integrations';
  /** Objects in its list for each object that it is asked of; 1 where it is no list. */
  readonly size?: (args: Arguments) => number;
  /** Rows of the connection that it returns. */
  readonly rows?: (args: Arguments) => number;
}

const always = (count: number) => () => count;

const slice = ({ first }: Arguments): number =>
  typeof first === 'number' && Number.isFinite(first) ? Math.min(Math.max(first, 0), maxFirst) : defaultFirst;

/** A slice of the list. Where the gateway has to check the filter, it may read all pages to fill the slice. */
const list: FieldCost = {
  each: (args) => {
    const pages = Math.max(1, Math.ceil(slice(args) / pageSize));
    const isChecked = args['scimFilter'] != null || !isDocumented(args['filter']);
    // Several pages may turn out to be all there is.
    return isChecked ? Math.max(pages, scanCalls) + 1 : pages + (pages > 1 ? 1 : 0);
  },
  rows: slice,
};

/** Whether the API's documents offer all of a typed filter, so that no page is read in vain. */
function isDocumented(filter: unknown): boolean {
  if (filter === null || filter === undefined) return true;
  if (Array.isArray(filter)) return filter.every(isDocumented);
  if (typeof filter !== 'object') return false;
  return Object.entries(filter).every(([key, value]) =>
    key === 'and' || key === 'or' ? isDocumented(value) : isMemberDocumented(key, value),
  );
}

function isMemberDocumented(field: string, conditions: unknown): boolean {
  const { documented = [] } = attributeOfField(field) ?? {};
  if (typeof conditions !== 'object' || conditions === null) return conditions === null;
  return Object.entries(conditions).every(([member, value]) => {
    const operator = operatorOf(member);
    return operator !== null && documented.includes(operator) && value !== '';
  });
}

/** Walks of the graph that weigh as much as one call: they are made in memory, on one reading. */
const walksPerCall = 5;

/** Something that is worked out on the graph of all profiles, for each object it is asked of. */
const walk = (size: number): FieldCost => ({ once: 'scan', each: always(1 / walksPerCall), size: always(size) });

/**
 * One read of a profile, a second one right before the write, the write, and a read to be sure. A read asks by id, and reads the
 * list where that tells nothing.
 */
const readWriteRead: FieldCost = { each: always(3 * 2 + 1) };

/** What matches, then each hundred of it read, written and read again. Where the caller does not say how many, a hundred. */
function bulkCalls({ input }: Arguments): number {
  const { profiles, maxMatches } = objectOf(input);
  const { ids } = objectOf(profiles);
  const count = Array.isArray(ids) ? ids.length : typeof maxMatches === 'number' ? Math.max(maxMatches, 0) : pageSize;
  return scanAndCountCalls + count + 2 * scanAndCountCalls * Math.ceil(count / pageSize);
}

function objectOf(value: unknown): Arguments {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

const size = (count: number): FieldCost => ({ size: always(count) });
const parents: FieldCost = { profilesById: always(3), size: always(3) };
const members: FieldCost = { each: always(1), size: always(20) };
const typesOnce: FieldCost = { once: 'types' };
const isEntityId = (id: unknown) => typeof id === 'string' && id.startsWith('Entity:');
/** Only a scan can tell whether some profile grants an entity. */
const anything: FieldCost = {
  once: 'types',
  profilesById: always(1),
  namesIds: true,
  each: ({ id }) => (isEntityId(id) ? scanAndCountCalls : 0),
};

/**
 * The table of README.md beside this file. Sizes of lists that only the API knows are guesses at a large tenant: they
 * decide how fast a query grows with its depth.
 */
export const fieldCosts: Readonly<Record<string, FieldCost>> = {
  'Query.accessProfiles': list,
  'Query.accessProfile': { profilesById: always(1), namesIds: true },
  'Query.accessProfileType': typesOnce,
  'Query.accessProfileTypes': { once: 'types', rows: (args) => Math.min(slice(args), 20) },
  'Query.integrations': { once: 'integrations' },
  'Query.node': anything,
  'Query.nodes': {
    once: 'types',
    each: ({ ids }) => ([ids].flat().some(isEntityId) ? scanAndCountCalls : 0),
    namesIds: true,
    profilesById: ({ ids }) => (Array.isArray(ids) ? ids.length : 1),
    size: ({ ids }) => (Array.isArray(ids) ? ids.length : 1),
  },
  'Query.inheritanceGraph': { once: 'scan', each: always(1) },
  'Query.accessProfilesGranting': walk(20),
  'Query.entity': walk(1),
  'Entity.accessProfiles': walk(20),
  'Query.inheritanceFindings': walk(100),

  'AccessProfile.type': typesOnce,
  'AccessProfile.inheritsFrom': parents,
  'AccessProfile.missingParentIds': { profilesById: always(3) },
  // A filter for each 25 of them, or a scan, proves that the API lists all children.
  'AccessProfile.inheritedBy': { profilesById: always(5), size: always(5), once: 'scan', each: always(1 / 25) },
  'AccessProfile.entitlements': size(10),
  'AccessProfile.members': members,
  'AccessProfile.ancestors': walk(10),
  'AccessProfile.descendants': walk(25),
  'AccessProfile.effectiveEntitlements': walk(50),
  'AccessProfile.inheritancePath': walk(5),
  'AccessProfileVersion.inheritsFrom': parents,
  'AccessProfileVersion.entitlements': size(10),
  'AccessProfileVersion.members': members,
  'AccessProfileType.accessProfiles': list,
  'AccessProfileType.allowInheritedFromTypes': { once: 'types', size: always(5) },
  'AccessProfileConnection.totalCount': { each: always(scanAndCountCalls) },
  'EffectiveEntitlement.grantedBy': size(2),
  'EffectiveEntitlement.paths': size(8),
  'InheritanceGraph.mermaid': { each: always(1) },
  'InheritanceGraph.dot': { each: always(1) },
  'InheritanceGraph.nodes': size(scanCalls * pageSize),
  'InheritanceGraph.edges': size(3 * scanCalls * pageSize),

  'Mutation.addAccessProfileLabels': readWriteRead,
  'Mutation.removeAccessProfileLabels': readWriteRead,
  'Mutation.setAccessProfileLabels': readWriteRead,
  'Mutation.updateAccessProfile': readWriteRead,
  'Mutation.addAccessProfileMembers': readWriteRead,
  'Mutation.removeAccessProfileMembers': readWriteRead,
  'Mutation.labelAccessProfiles': { each: bulkCalls },
  'LabelAccessProfilesPayload.results': size(pageSize),
  'Mutation.createAccessProfileType': { each: always(1) },
  'Mutation.createAccessProfile': { each: always(2), once: 'scan' },
  'Mutation.updateAccessProfileVersion': { each: always(8), once: 'scan' },
  'UpdateAccessProfileVersionPayload.preview': walk(1),
  'VersionChangePreview.affectedProfiles': size(25),

  '__Schema.types': size(150),
  '__Schema.directives': size(8),
  '__Type.fields': size(20),
  '__Type.inputFields': size(10),
  '__Type.enumValues': size(10),
  '__Type.possibleTypes': size(5),
  '__Field.args': size(3),
  '__Directive.args': size(3),
};

/** The size of any other list of objects. */
export const otherListSize = 5;
