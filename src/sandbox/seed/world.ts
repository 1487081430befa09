import type { World } from '../world.ts';
import { applications } from './applications.ts';
import { buildProfiles } from './company.ts';
import { departments } from './departments.ts';
import { foundation } from './foundation.ts';
import { identities } from './identities.ts';
import { accessRequests, policies } from './policies.ts';
import { systems } from './systems.ts';
import { types } from './types.ts';

/** The company that a sandbox holds when it is given no world: the same at every start. */
export function builtInWorld(): World {
  return {
    types,
    profiles: buildProfiles([...foundation, ...applications, ...departments]),
    datasources: Object.values(systems),
    identities,
    policies,
    accessRequests,
  };
}
