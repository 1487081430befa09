import { createRandom, type Random, stableId } from '../random.ts';
import type { Entity } from '../record.ts';
import type { World, WorldProfile } from '../world.ts';
import { instant } from './company.ts';
import { adGroup, awsRole, googleGroup, oktaGroup, permissionSet, snowflakeRole, systems } from './systems.ts';
import { typeId, types } from './types.ts';

const regions = ['Global', 'EMEA', 'Americas', 'APAC', 'Nordics', 'Iberia', 'DACH', 'Benelux'];
const functions = ['Sales', 'Support', 'Finance', 'Engineering', 'Data', 'Security', 'Legal', 'People', 'Logistics'];
const levels = ['Associate', 'Specialist', 'Lead', 'Manager', 'Director', 'Vice President'];
const labels = ['production', 'development', 'sensitive', 'requestable', 'auto-approved', 'finance', 'engineering'];

/** The share of profiles in each layer, from the grants at the bottom to the heads at the top. */
const layers = [0.4, 0.25, 0.15, 0.1, 0.06, 0.04];
const parentsPerProfile = 3;

/**
 * A company of any size, the same for the same count: a bottom layer that holds grants, and five layers of business roles that
 * inherit from about three profiles each, mostly of the layer beneath. Linear; 10,000 profiles take a fraction of a second.
 */
export function generateWorld(count: number): World {
  const random = createRandom(count);
  const profiles: WorldProfile[] = [];
  /** The number of everybody who is a member of something, by id. */
  const people = new Map<string, number>();
  const ends = layerEnds(count);
  for (const [layer, end] of ends.entries()) {
    const beneath = { start: ends[layer - 2] ?? 0, end: ends[layer - 1] ?? 0 };
    while (profiles.length < end) profiles.push(invent(random, people, profiles.length, layer, beneath));
  }
  return {
    // Without a limit, as the roles at the top add up to more than fifty grants.
    types: types.map((type) => ({ ...type, max_entitlements: null })),
    profiles,
    datasources: Object.values(systems),
    identities: [...people].map(([id, number]) => ({
      id,
      name: `Person ${number}`,
      entity_id: `W-${number}`,
      email: `person.${number}@evergreen.example`,
    })),
    policies: [
      {
        id: stableId('policy', 'Generated'),
        name: 'Generated lifecycle',
        datasource_ids: [systems.workday.id],
        workflows: [
          {
            name: 'New hire',
            trigger_string: '',
            access_profile_ids: profiles.filter(({ used_by_workflow }) => used_by_workflow).map(({ id }) => id),
          },
        ],
      },
    ],
  };
}

/** The position after the last profile of each layer. */
function layerEnds(count: number): readonly number[] {
  let share = 0;
  return layers.map((layer, index) => {
    share += layer;
    return index === layers.length - 1 ? count : Math.ceil(count * share);
  });
}

function invent(
  random: Random,
  people: Map<string, number>,
  index: number,
  layer: number,
  beneath: { readonly start: number; readonly end: number },
): WorldProfile {
  const number = String(index).padStart(5, '0');
  const name = `${pick(random, regions)} ${pick(random, functions)} ${levels[layer]} ${number}`;
  const createdAt = instant(index % 365, index);
  const isBottom = layer === 0;
  return {
    id: generatedId(index),
    name,
    description: `Generated, layer ${layer}.`,
    profile_type: typeId(isBottom ? 'Profile' : 'Business Role'),
    labels: [...new Set([pick(random, labels), pick(random, labels)])],
    state: random.below(20) === 0 ? 'PAUSED' : 'RUNNING',
    created_at: createdAt,
    ...(isBottom ? { entities: grants(random, number) } : { inherits: parents(random, layer, beneath) }),
    members: layer > 2 ? [member(random, people)] : [],
    used_by_workflow: layer === layers.length - 1 && index % 10 === 0,
  };
}

function member(random: Random, people: Map<string, number>): string {
  const number = random.below(5_000);
  const id = stableId('generated identity', String(number));
  people.set(id, number);
  return id;
}

/** Mostly of the layer beneath; one in three of the one under that, which makes diamonds and long jumps. */
function parents(random: Random, layer: number, beneath: { readonly start: number; readonly end: number }): string[] {
  const chosen = new Set<number>();
  const wanted = parentsPerProfile - 1 + random.below(3);
  for (let attempt = 0; attempt < wanted; attempt += 1) {
    const deep = layer > 1 && random.below(3) === 0;
    // A tiny company leaves some layers empty.
    const start = deep || beneath.start === beneath.end ? 0 : beneath.start;
    chosen.add(start + random.below(beneath.end - start));
  }
  return [...chosen].map(generatedId);
}

function grants(random: Random, number: string): Entity[] {
  const makers = [adGroup, oktaGroup, googleGroup, permissionSet, snowflakeRole, (name: string) => awsRole(name)];
  return Array.from({ length: 1 + random.below(3) }, (_, index) =>
    pick(random, makers)(`Generated ${number}-${index}`),
  );
}

function generatedId(index: number): string {
  return stableId('generated profile', String(index));
}

function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[random.below(choices.length)];
  if (choice === undefined) throw new RangeError('nothing to choose from');
  return choice;
}
