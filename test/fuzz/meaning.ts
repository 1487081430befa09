import { foldCase } from '../../src/scim/fold-case.ts';
import { type Fact, nanoseconds } from '../contract/facts.ts';
import { facts } from './arena.ts';

/** What `AccessProfileFilter` means, written down once more and as directly as it goes. */

interface Ids {
  readonly eq?: string;
  readonly in?: readonly string[];
}

interface Text extends Ids {
  readonly ne?: string;
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly caseSensitive?: boolean;
}

interface List {
  readonly has?: string;
  readonly hasAny?: readonly string[];
  readonly hasAll?: readonly string[];
  readonly isEmpty?: boolean;
}

interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
}

export interface Filter {
  readonly and?: readonly Filter[];
  readonly or?: readonly Filter[];
  readonly not?: Filter;
  readonly id?: Ids;
  readonly name?: Text;
  readonly description?: Text;
  readonly state?: Text;
  readonly type?: Ids;
  readonly labels?: List;
  readonly integrations?: List;
  readonly providerIds?: List;
  readonly datasourceIds?: List;
  readonly createdAt?: Range;
  readonly updatedAt?: Range;
  readonly inheritsFrom?: Ids;
  readonly inheritedBy?: Ids;
  readonly createdBy?: Text;
  readonly requestable?: boolean;
  readonly usedByWorkflow?: boolean;
  readonly hasDraft?: boolean;
  readonly hasMembers?: boolean;
  readonly member?: string;
  readonly grants?: { readonly datasourceId: string; readonly entityId: string; readonly entityType?: string };
}

export function satisfies(filter: Filter, fact: Fact): boolean {
  const { record, parents } = fact;
  const members = (fact.version?.members ?? []).map((member) => member.identity_id);
  const inheritors = facts.childrenOf(record.id);
  return (
    (filter.and ?? []).every((each) => satisfies(each, fact)) &&
    (filter.or === undefined || filter.or.some((each) => satisfies(each, fact))) &&
    (filter.not === undefined || !satisfies(filter.not, fact)) &&
    isExactly(filter.id, record.id) &&
    isText(filter.name, record.name) &&
    isText(filter.description, record.description) &&
    isExactly(filter.state, record.state) &&
    isExactly(filter.type, record.profile_type) &&
    isList(filter.labels, record.labels) &&
    isList(filter.integrations, fact.integrations) &&
    isList(filter.providerIds, fact.providerIds) &&
    isList(filter.datasourceIds, fact.datasourceIds) &&
    isInstant(filter.createdAt, record.created_at) &&
    isInstant(filter.updatedAt, record.updated_at) &&
    isAmong(filter.inheritsFrom, parents) &&
    isAmong(filter.inheritedBy, inheritors) &&
    isText(filter.createdBy, record.created_by) &&
    isSame(filter.requestable, record.requestable) &&
    isSame(filter.usedByWorkflow, record.used_by_workflow) &&
    isSame(filter.hasDraft, record.draft_version_number > 0) &&
    isSame(filter.hasMembers, members.length > 0) &&
    (filter.member === undefined || members.includes(filter.member)) &&
    isGranted(filter.grants, fact)
  );
}

function isSame(wanted: boolean | undefined, value: boolean): boolean {
  return wanted === undefined || wanted === value;
}

function isGranted(grants: Filter['grants'], { version }: Fact): boolean {
  if (grants === undefined) return true;
  return (version?.entities_to_create_relationships_to ?? []).some(
    (entity) =>
      entity.entity_id === grants.entityId &&
      entity.datasource_id === grants.datasourceId &&
      (grants.entityType === undefined || entity.entity_type === grants.entityType),
  );
}

/** Letter case does not count; that this is Unicode's folding is shown in scim/case.test.ts. */
function isText({ caseSensitive = false, ...filter }: Text = {}, text = ''): boolean {
  const fold = (part: string) => (caseSensitive ? part : foldCase(part));
  const value = fold(text);
  return (
    (filter.eq === undefined || value === fold(filter.eq)) &&
    (filter.ne === undefined || value !== fold(filter.ne)) &&
    (filter.in === undefined || filter.in.map(fold).includes(value)) &&
    (filter.contains === undefined || value.includes(fold(filter.contains))) &&
    (filter.startsWith === undefined || value.startsWith(fold(filter.startsWith))) &&
    (filter.endsWith === undefined || value.endsWith(fold(filter.endsWith)))
  );
}

/** Ids and enums. */
function isExactly(filter: Text | undefined, value: string): boolean {
  return isText({ ...filter, caseSensitive: true }, value);
}

function isList(filter: List | undefined, values: readonly string[]): boolean {
  return (
    filter === undefined ||
    ((filter.has === undefined || values.includes(filter.has)) &&
      (filter.hasAny === undefined || filter.hasAny.some((each) => values.includes(each))) &&
      (filter.hasAll === undefined || filter.hasAll.every((each) => values.includes(each))) &&
      (filter.isEmpty === undefined || filter.isEmpty === (values.length === 0)))
  );
}

function isInstant(filter: Range | undefined, value: string): boolean {
  const at = nanoseconds(value);
  return (
    filter === undefined ||
    ((filter.gt === undefined || at > nanoseconds(filter.gt)) &&
      (filter.gte === undefined || at >= nanoseconds(filter.gte)) &&
      (filter.lt === undefined || at < nanoseconds(filter.lt)) &&
      (filter.lte === undefined || at <= nanoseconds(filter.lte)))
  );
}

/** `eq` and `in` speak of the same relative, as everything in one object does of the same thing. */
function isAmong(filter: Ids | undefined, relatives: readonly string[]): boolean {
  if (filter?.eq === undefined && filter?.in === undefined) return true;
  return relatives.some((each) => isExactly(filter, each));
}
