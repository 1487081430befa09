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
}

export function satisfies(filter: Filter, fact: Fact): boolean {
  const { record, parents } = fact;
  const inheritors = facts.childrenOf(record.id);
  return (
    (filter.and ?? []).every((each) => satisfies(each, fact)) &&
    (filter.or === undefined || filter.or.some((each) => satisfies(each, fact))) &&
    (filter.not === undefined || !satisfies(filter.not, fact)) &&
    isText(filter.id, record.id) &&
    isText(filter.name, record.name) &&
    isText(filter.description, record.description) &&
    isText(filter.state, record.state) &&
    isText(filter.type, record.profile_type) &&
    isList(filter.labels, record.labels) &&
    isList(filter.integrations, fact.integrations) &&
    isList(filter.providerIds, fact.providerIds) &&
    isList(filter.datasourceIds, fact.datasourceIds) &&
    isInstant(filter.createdAt, record.created_at) &&
    isInstant(filter.updatedAt, record.updated_at) &&
    isAmong(filter.inheritsFrom, parents) &&
    isAmong(filter.inheritedBy, inheritors)
  );
}

function isText(filter: Text | undefined, value: string): boolean {
  return (
    filter === undefined ||
    ((filter.eq === undefined || value === filter.eq) &&
      (filter.ne === undefined || value !== filter.ne) &&
      (filter.in === undefined || filter.in.includes(value)) &&
      (filter.contains === undefined || value.includes(filter.contains)) &&
      (filter.startsWith === undefined || value.startsWith(filter.startsWith)) &&
      (filter.endsWith === undefined || value.endsWith(filter.endsWith)))
  );
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
  return relatives.some((each) => isText(filter, each));
}
