import type { AffectedProfile } from '../inheritance/analysis/access-difference.ts';
import { affectedBetween } from '../inheritance/analysis/simulation.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import { finishInSlices, type Pauses, type Steps } from '../inheritance/steps.ts';
import type { Profile } from '../model/profile.ts';
import type { SeparationRule } from '../model/separation-rule.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { PlannedChange } from './planned-changes.ts';
import { enforcedViolations } from './separation.ts';
import type { ChangeSession } from './session.ts';
import { applyInMemory, type SimulatedStep } from './simulation.ts';
import { readVersion } from './version-target.ts';

/** The effect of a list of changes. */
export interface Simulation {
  readonly before: Hierarchy;
  readonly after: Hierarchy;
  /** Profiles whose effective entitlements change: those of the list first, then those that inherit from them. */
  readonly affected: readonly AffectedProfile[];
  readonly violations: readonly RuleViolation[];
  /** In the order given. */
  readonly steps: readonly SimulatedStep[];
  /** Names the list and the world that this was worked out on. */
  readonly fingerprint: string;
}

/** The data that a list is simulated on. */
export interface SimulationWorld {
  readonly session: Pick<ChangeSession, 'loaders'>;
  /** Every profile that the caller sees, with all types. */
  readonly hierarchy: Hierarchy;
  readonly separationRules: readonly SeparationRule[];
  /** Lets other requests run while this one works. */
  readonly pauses: Pauses;
}

/**
 * Applies a list to a world in memory and tells what that does. `field`: where the list stands in the arguments. Throws as
 * `applyInMemory` does.
 */
export async function simulate(
  { session, hierarchy, separationRules, pauses }: SimulationWorld,
  changes: readonly PlannedChange[],
  field: string,
): Promise<Simulation> {
  const giveWay = async () => {
    if (pauses.mustPause) await pauses.pause();
  };
  const { steps, altered, touched } = await applyInMemory(
    {
      hierarchy,
      readVersion: async (profileId, versionNumber) => {
        const profile = hierarchy.find(profileId);
        return profile && readVersion(session, profile, versionNumber);
      },
      giveWay,
    },
    changes,
    field,
  );
  const after = await finishInSlices(afterwards(hierarchy, altered), pauses);
  const affected = await finishInSlices(affectedBetween(hierarchy, after, touched.regranted), pauses);
  const violations = await finishInSlices(touched.violations(after), pauses);
  const enforced = separationRules.filter(({ enforce }) => enforce);
  const find = (id: string) => after.find(id);
  const separation = enforcedViolations(enforced, hierarchy, after, affected, find);
  return {
    before: hierarchy,
    after,
    affected,
    violations: [...violations, ...(await finishInSlices(separation, pauses))],
    steps,
    fingerprint: await finishInSlices(fingerprintOf(hierarchy, separationRules, changes, steps), pauses),
  };
}

/** The hierarchy with some profiles in other shape, or new. */
function* afterwards(before: Hierarchy, altered: ReadonlyMap<string, Profile>): Steps<Hierarchy> {
  const created = [...altered.values()].filter(({ profileId }) => before.indexOf(profileId) < 0);
  const profiles = before.profiles.map((profile) => altered.get(profile.profileId) ?? profile);
  return (yield* Hierarchy.inSteps([...profiles, ...created])).withTypes(before.types);
}
