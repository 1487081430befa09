import * as documents from './documents.ts';
import {
  expectedExtraInfo,
  expectedInheritance,
  expectedProfile,
  expectedType,
  expectedVersion,
  idOnly,
} from './expected.ts';
import { factsOf } from './facts.ts';
import { type FilterCase, rawFilters, typedFilters } from './filters.ts';
import { listCases } from './lists.ts';
import type { Deviant } from './upstream.ts';
import { trickyWorld } from './world.ts';

/** A question and its whole answer, whatever API is asked. */
export interface Case {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly errors?: readonly { readonly code: string; readonly path: readonly (string | number)[] }[];
  /** Only of APIs for which this holds. */
  readonly of?: (deviant: Deviant) => boolean;
}

const facts = factsOf(trickyWorld);
const ids = facts.all.map(({ record }) => record.id);
const withVersions = ['base', 'with-draft', 'draft-only', 'application', 'full', 'twice', 'ünï/漢?x=1&y#z%2f'];

/** Fields and what they hold. */
export const fieldCases: readonly Case[] = [
  {
    name: 'every field of every profile',
    query: documents.everyField,
    data: {
      accessProfiles: {
        nodes: facts.all.map(expectedProfile),
        edges: ids.map((id) => ({ node: idOnly(id) })),
        pageInfo: { hasNextPage: false, hasPreviousPage: false },
        scimFilter: null,
        totalCount: ids.length,
      },
    },
  },
  {
    name: 'what entities are called',
    query: documents.extraInfo,
    data: { accessProfiles: { nodes: facts.all.map((fact) => expectedExtraInfo(fact, facts)) } },
  },
  {
    name: 'types, parents, children',
    query: documents.inheritance,
    data: { accessProfiles: { nodes: facts.all.map((fact) => expectedInheritance(fact, facts)) } },
  },
  {
    name: 'versions and members',
    query: documents.versions,
    variables: { ids: withVersions },
    data: {
      accessProfiles: {
        nodes: facts.all
          .filter(({ record }) => withVersions.includes(record.id))
          .map((fact) => expectedVersion(fact, facts)),
      },
    },
  },
  {
    name: 'every field of every type, with its profiles',
    query: documents.types,
    data: {
      accessProfileTypes: {
        nodes: facts.types.map((type) => expectedType(type, facts)),
        pageInfo: { hasNextPage: false },
      },
    },
  },
  {
    name: 'words whose list is open',
    query: documents.openEnums,
    data: {
      accessProfileTypes: { nodes: facts.types.map((type) => ({ onCreateBehavior: type.on_create_behavior })) },
      accessProfile: { members: [{ createdFrom: 'BIRTHRIGHT' }] },
    },
    of: ({ numbersEnums }) => numbersEnums !== true,
  },
  {
    name: 'integrations',
    query: '{ integrations }',
    data: { integrations: trickyWorld.integrations },
  },
];

const lookups: readonly Case[] = [
  ...['base', 'id "or" id eq "base', 'ünï/漢?x=1&y#z%2f', 'urn:x:7', 'AccessProfile:full'].map((id): Case => {
    const { record } = facts.profile(id.replace('AccessProfile:', ''));
    const node = { __typename: 'AccessProfile', id: `AccessProfile:${record.id}` };
    return {
      name: `the profile ${id}`,
      query: documents.byId,
      variables: { id },
      data: { accessProfile: { profileId: record.id, name: record.name }, node },
    };
  }),
  ...['gone', '*', '" or id pr or id eq "', '../base', 'BASE'].map(
    (id): Case => ({
      name: `no profile ${id}`,
      query: documents.byId,
      variables: { id },
      data: { accessProfile: null, node: null },
    }),
  ),
  {
    name: 'many things by id',
    query: documents.nodes,
    variables: {
      ids: [
        'AccessProfile:left',
        'type-app',
        'gone',
        'AccessProfileVersion:with-draft:2',
        'right',
        'AccessProfileType:type/ünused?',
        'left',
        'AccessProfileType:gone',
        'AccessProfileVersion:gone:1',
        'AccessProfileVersion:urn:x:7:1',
      ],
    },
    data: {
      nodes: [
        { __typename: 'AccessProfile', id: 'AccessProfile:left', name: 'Left' },
        { __typename: 'AccessProfileType', id: 'AccessProfileType:type-app', name: 'Application' },
        null,
        {
          __typename: 'AccessProfileVersion',
          id: 'AccessProfileVersion:with-draft:2',
          versionNumber: 2,
          accessProfile: { name: 'With a draft' },
        },
        { __typename: 'AccessProfile', id: 'AccessProfile:right', name: 'Right' },
        { __typename: 'AccessProfileType', id: 'AccessProfileType:type/ünused?', name: 'Nobody & nothing' },
        { __typename: 'AccessProfile', id: 'AccessProfile:left', name: 'Left' },
        null,
        null,
        {
          __typename: 'AccessProfileVersion',
          id: 'AccessProfileVersion:urn:x:7:1',
          versionNumber: 1,
          accessProfile: { name: 'Id with colons' },
        },
      ],
    },
  },
  {
    name: 'what can not be looked up, beside what can',
    query: documents.nodes,
    variables: { ids: ['AccessProfileVersion:with-draft:3', 'AccessProfile:', 'AccessProfileVersion:base', 'base'] },
    data: { nodes: [null, null, null, { __typename: 'AccessProfile', id: 'AccessProfile:base', name: 'Base' }] },
    errors: [
      { code: 'NOT_SUPPORTED', path: ['nodes', 0] },
      { code: 'BAD_USER_INPUT', path: ['nodes', 1] },
      { code: 'BAD_USER_INPUT', path: ['nodes', 2] },
    ],
  },
  {
    name: 'every profile by its id',
    query: documents.nodes,
    variables: { ids: ids.map((id) => `AccessProfile:${id}`) },
    data: {
      nodes: facts.all.map(({ record }) => ({
        __typename: 'AccessProfile',
        id: `AccessProfile:${record.id}`,
        name: record.name,
      })),
    },
  },
];

/** What is looked up by id, searched or sorted. */
export const lookUpCases: readonly Case[] = [...lookups, ...listCases(facts)];

/** A filter, and the profiles that it chooses. */
export interface FilterQuestion {
  readonly variables: { readonly filter?: object; readonly scimFilter?: string };
  readonly matches: readonly { readonly profileId: string }[];
}

export const filterQuestions: readonly FilterQuestion[] = [...typedFilters, ...rawFilters].map(filterQuestion);

/** One filter of each kind: the first with its attributes and operators. */
export const filterKinds: readonly FilterQuestion[] = firstOfEach(({ variables }) =>
  JSON.stringify(variables).replace(/:("(\\.|[^"])*"|\[[^\]]*\])/g, ''),
);

/** Fewer still: one for each set of attributes. */
export const filterAttributes: readonly FilterQuestion[] = firstOfEach(({ variables }) =>
  Object.values(variables)
    .map((each) => (typeof each === 'string' ? 'SCIM' : Object.keys(each).join()))
    .join(),
);

/** One operation that asks for the lists of some filters, two of each. */
export function filterCase(questions: readonly FilterQuestion[]): Case {
  return {
    name: `profiles with ${questions.map(({ variables }) => JSON.stringify(variables).slice(1, 120)).join(', ')}`,
    query: documents.filtered(questions.length),
    variables: Object.fromEntries(
      questions.flatMap(({ variables }, i) => Object.entries(variables).map(([name, value]) => [name + i, value])),
    ),
    data: Object.fromEntries(
      questions.flatMap(({ matches }, i) => [
        [`few${i}`, { nodes: matches.slice(0, 2), pageInfo: { hasNextPage: matches.length > 2 } }],
        [`all${i}`, { nodes: matches, pageInfo: { hasNextPage: false }, totalCount: matches.length }],
      ]),
    ),
  };
}

function firstOfEach(kindOf: (each: FilterQuestion) => string): readonly FilterQuestion[] {
  return [...new Map(filterQuestions.toReversed().map((each) => [kindOf(each), each])).values()].reverse();
}

function filterQuestion({ filter, scimFilter, holds }: FilterCase): FilterQuestion {
  const matches = facts.all.filter((fact) => holds(fact, facts)).map(({ record }) => idOnly(record.id));
  return { variables: { ...(filter && { filter }), ...(scimFilter !== undefined && { scimFilter }) }, matches };
}
