import { type Api, type Cost, inTurn, type Least } from './least.ts';
import { peopleCases } from './people-cases.ts';

/** A query, the least that the API lets it cost, and why. */
export interface Case {
  readonly name: string;
  readonly query: string;
  readonly least: (api: Api) => Cost;
  readonly because: string;
  /** Calls that what is cached for the caller saves the next time. */
  readonly cached?: number;
}

const one: Cost = { calls: 1, rounds: 1 };

export function canonicalCases(least: Least): readonly Case[] {
  const { profiles } = least;
  const everyTenth = profiles.flatMap(({ id }, place) => (place % 10 === 9 ? [id] : []));
  const head = profiles.find(({ name }) => name.includes('Vice President'))?.id ?? '';
  const isProduction = ({ labels = [] }: { labels?: readonly string[] }) => labels.includes('production');
  const childrenOf = (parents: readonly { id: string }[]) => {
    const ids = new Set(parents.map(({ id }) => id));
    return profiles.filter(({ inherits = [] }) => inherits.some((id) => ids.has(id))).map(({ id }) => id);
  };
  return [
    {
      name: 'integrations',
      query: '{ integrations }',
      least: () => one,
      because: 'One call lists them.',
    },
    {
      name: 'list of 50',
      query: '{ accessProfiles(first: 50) { nodes { name state labels } } }',
      least: () => one,
      because: 'They fit into one page.',
    },
    {
      name: 'list of 50, types, parents, their types',
      query: '{ accessProfiles(first: 50) { nodes { name type { name } inheritsFrom { name type { name } } } } }',
      least: (api) => {
        const rows = profiles.slice(0, 50);
        const reading = least.listWith(
          api,
          rows,
          rows.flatMap(({ inherits = [] }) => inherits),
        );
        return reading;
      },
      because:
        'The list names the parents, so they come a round later, all in one call or else with the rest of the list; types come beside them the first time, and are known then.',
    },
    {
      name: '100 profiles by id',
      query: `{ nodes(ids: ${JSON.stringify(everyTenth.map((id) => `AccessProfile:${id}`))}) { ... on AccessProfile { name } } }`,
      least: (api) => least.byId(api, everyTenth),
      because: 'A hundred ids make a filter of 5 KB and a page; without ids, the list is read up to the last of them.',
    },
    {
      name: 'first 50 by label and name',
      query:
        '{ accessProfiles(first: 50, filter: { labels: { has: "production" }, name: { contains: "Sales", caseSensitive: true } }) { nodes { name } } }',
      least: (api) =>
        api === 'takes ids'
          ? { calls: 2, rounds: 1 }
          : least.pagesOf(isProduction, (profile) => isProduction(profile) && profile.name.includes('Sales'), 50),
      because:
        'Labels are filtered by every API. Where names are, a second call beside the list proves it (unless letter case does not count); where they are not, the labelled ones are read until 50 match.',
    },
    {
      name: 'how many have a label',
      query: '{ accessProfiles(first: 10, filter: { labels: { has: "production" } }) { totalCount } }',
      least: () => least.wholeList(profiles.filter(isProduction).length),
      because:
        'There is no count: all pages of the filtered list, each named by the one before, and all but the last again, to see that no row moved between them.',
    },
    {
      name: 'children of 20',
      query: '{ accessProfiles(first: 20) { nodes { name inheritedBy { name } } } }',
      least: (api) => least.listWith(api, profiles.slice(0, 20), childrenOf(profiles.slice(0, 20))),
      because: 'Profiles name their children as they name their parents.',
    },
    {
      name: 'effective access of one head',
      query: `{ accessProfile(id: "${head}") { effectiveEntitlements { entitlement { entityId } paths { name } } } }`,
      least: (api) => least.upward(api, head),
      because: 'Each level is named by the one before, so each is a round; a list that has been read knows them all.',
    },
    {
      name: 'members of 10',
      query: '{ accessProfiles(first: 10) { nodes { name members { identityName } } } }',
      least: () => inTurn(one, { calls: 10, rounds: 1 }),
      because:
        'Members are listed for one version at a time, and the list says nothing that may be relied on; all ten at once.',
    },
    ...peopleCases(least),
    {
      name: 'dry run: a label for all of production',
      query:
        'mutation { labelAccessProfiles(input: { profiles: { filter: { labels: { has: "production" } } }, add: ["reviewed"], dryRun: true }) { ... on LabelAccessProfilesPayload { results { profileId labels } } } }',
      least: () => least.wholeList(profiles.filter(isProduction).length),
      because: 'It reads those whom it would change, page after page, all but the last again, and writes nothing.',
    },
  ];
}
