import { GatewayError } from '../errors.ts';
import { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import { finishInSlices } from '../inheritance/steps.ts';
import type { ProfileChangeInput } from '../model/change-input.ts';
import type { Profile } from '../model/profile.ts';
import { orderOf } from './change-order.ts';
import { createProfile } from './creation.ts';
import { type AnyChangeFailure, Conflict, isChangeFailure, RuleViolated } from './failure.ts';
import { fieldsOf } from './fingerprint.ts';
import { withParentIds } from './plain-ids.ts';
import { checkedChanges, inPlace } from './planned-changes.ts';
import { updateProfile } from './profile.ts';
import { type ChangeSession, readFresh } from './session.ts';
import { type SimulationWorld, simulate } from './simulate.ts';
import type { SimulatedStep } from './simulation.ts';
import { expectedFailure } from './upstream-failure.ts';
import { updateVersion } from './version.ts';

/** The result of one change of a list. */
export interface AppliedChange {
  /** The profile after the change; null: it was not made. */
  readonly profile: Profile | null;
  /** null: the change is made, or was not needed. */
  readonly error: AnyChangeFailure | GatewayError | null;
}

/**
 * Carries out a list of changes whose simulation is known. Reads everything anew, and writes only where the list still does the
 * same. Then makes one change after the other, each as its mutation does, in an order that breaks no rule on the way, and stops
 * at the first that fails. No change is made to a profile that is not as it was read, or as this list left it. Throws Conflict,
 * RuleViolated and InvalidInput before any write.
 */
export async function applyChanges(
  session: ChangeSession,
  changes: readonly ProfileChangeInput[],
  fingerprint: string,
  options: Pick<SimulationWorld, 'separationRules' | 'pauses'>,
): Promise<readonly AppliedChange[]> {
  const field = 'input.changes';
  const planned = checkedChanges(changes, field);
  const loaders = session.refresh();
  const [profiles, types] = await Promise.all([loaders.inheritance.all(), loaders.types.all()]);
  const hierarchy = (await finishInSlices(Hierarchy.inSteps(profiles), options.pauses)).withTypes(types);
  const simulation = await simulate({ session, hierarchy, ...options }, planned, field);
  if (simulation.fingerprint !== fingerprint) {
    throw new Conflict(
      'The profiles, types or rules are no longer as they were simulated, or the list is another one. Nothing was written. Simulate the list again.',
    );
  }
  if (simulation.violations.length > 0) throw new RuleViolated(simulation.violations);
  const run = new Run(session, hierarchy);
  const results = new Map<SimulatedStep, AppliedChange>();
  let failed: SimulatedStep | null = null;
  for (const step of await orderOf(simulation.steps, hierarchy, session.enforcedRules, options.pauses)) {
    const result: AppliedChange = failed === null ? await run.make(step) : notBegun(failed);
    if (failed === null && result.error !== null) failed = step;
    results.set(step, result);
  }
  return simulation.steps.flatMap((step) => results.get(step) ?? []);
}

function notBegun({ path }: SimulatedStep): AppliedChange {
  return {
    profile: null,
    error: new Conflict(`Not begun, since ${path} failed. Nothing was written for this change.`),
  };
}

/** The writes of one list. */
class Run {
  readonly #session: ChangeSession;
  readonly #hierarchy: Hierarchy;
  /** `#2` to the id that the API has given. */
  readonly #created = new Map<string, string>();
  /** Profiles as this list left them. */
  readonly #written = new Map<string, Profile>();

  constructor(session: ChangeSession, hierarchy: Hierarchy) {
    this.#session = session;
    this.#hierarchy = hierarchy;
  }

  async make(step: SimulatedStep): Promise<AppliedChange> {
    try {
      const profile = step.isDone ? this.#known(step.profileId) : await this.#write(step);
      if (profile !== null) this.#written.set(profile.profileId, profile);
      return { profile, error: null };
    } catch (error) {
      const failure = inPlace(expectedFailure(error) ?? error, step.path);
      if (failure instanceof GatewayError || isChangeFailure(failure)) return { profile: null, error: failure };
      throw error;
    }
  }

  async #write({ change, profileId }: SimulatedStep): Promise<Profile> {
    const real = (ids: readonly string[]) => ids.map((each) => this.#real(each));
    if (change.kind === 'createAccessProfile') {
      const profile = await createProfile(this.#session, withParentIds(change.input, real));
      this.#created.set(change.id, profile.profileId);
      return profile;
    }
    const id = this.#real(profileId);
    const ifUpdatedAt = await this.#lastSeen(id);
    if (change.kind === 'updateAccessProfile')
      return updateProfile(this.#session, { ...change.input, id, ifUpdatedAt });
    const input = { ...withParentIds(change.input, real), id, ifUpdatedAt };
    const { profile } = await updateVersion(this.#session, input, { wantsPreview: false, wantsMembers: false });
    return profile;
  }

  /** When a profile was updated last, as far as this list knows. Throws Conflict where only its content tells of another change. */
  async #lastSeen(id: string): Promise<string | undefined> {
    const known = this.#known(id);
    if (known === null || known.updatedAt !== null) return known?.updatedAt ?? undefined;
    const now = await readFresh(this.#session, id);
    if (JSON.stringify(fieldsOf(now)) !== JSON.stringify(fieldsOf(known))) {
      throw new Conflict(`Profile ${id} has changed since it was read. Nothing was written for this change.`);
    }
    return undefined;
  }

  #known(id: string): Profile | null {
    const real = this.#real(id);
    return this.#written.get(real) ?? this.#hierarchy.find(real);
  }

  #real(id: string): string {
    return this.#created.get(id) ?? id;
  }
}
