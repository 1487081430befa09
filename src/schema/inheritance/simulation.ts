import { GatewayError, UserInputError } from '../../errors.ts';
import { defaultKinds } from '../../inheritance/analysis/findings/finding.ts';
import { findingChanges } from '../../inheritance/analysis/simulation.ts';
import type { ProfileChangeInput } from '../../model/change-input.ts';
import type { Profile } from '../../model/profile.ts';
import { affectedMembersOf } from '../../mutations/affected-members.ts';
import { isChangeFailure } from '../../mutations/failure.ts';
import { checkedChanges } from '../../mutations/planned-changes.ts';
import { type Simulation, simulate } from '../../mutations/simulate.ts';
import { refuseUnsetVariables } from '../arguments.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
import { RuleViolationRef } from '../failure.ts';
import { findings, graphWalk, listOf, membersOf } from '../field-cost.ts';
import type { FieldCost, FieldNeed } from '../field-options.ts';
import { AffectedMemberRef, AffectedProfileRef } from '../refs.ts';
import { inSlices, typedHierarchy } from '../snapshot.ts';
import { AccessProfileChangeInputRef, changesDescription } from './change-input.ts';
import { type InheritanceFinding, InheritanceFindingRef, includePeopleArg, shown } from './finding.ts';
import { findingsIn } from './finding-search.ts';

interface FindingLists {
  readonly appear: readonly InheritanceFinding[];
  readonly disappear: readonly InheritanceFinding[];
}

/** Findings of simulations, without and with people, which are worked out only if they are selected, and once for both fields. */
const searches = {
  profiles: new WeakMap<Simulation, Promise<FindingLists>>(),
  people: new WeakMap<Simulation, Promise<FindingLists>>(),
};

async function findingsOf(
  simulation: Simulation,
  includePeople: boolean | null | undefined,
  context: Context,
): Promise<FindingLists> {
  const known = includePeople ? searches.people : searches.profiles;
  const searching = known.get(simulation) ?? searchFindings(simulation, includePeople ?? false, context);
  known.set(simulation, searching);
  return searching;
}

async function searchFindings(
  { before, after }: Simulation,
  includePeople: boolean,
  context: Context,
): Promise<FindingLists> {
  // A profile that exists is shown as it is, since a client caches it under its id; so are its members.
  const asItIs = ({ profileId }: Profile) => before.find(profileId);
  const request = { kinds: defaultKinds, isNamed: false, includePeople, condition: null, asItIs };
  const old = await findingsIn(before, request, context);
  const now = await findingsIn(after, request, context);
  const { appear, disappear } = await inSlices(context, findingChanges(old, now));
  const find = (id: string) => before.find(id) ?? after.find(id);
  return { appear: appear.map((each) => shown(each, find)), disappear: disappear.map((each) => shown(each, find)) };
}

const findingsOptions: { cost: FieldCost; needs: FieldNeed } = {
  cost: { ...findings(25), onceFor: () => ['datasources', 'policies'] },
  needs: ['datasources', 'policies'],
};

const SimulationRef = builder.objectRef<Simulation>('AccessSimulation').implement({
  description: 'Effect of a list of changes, computed in memory. Profiles that exist are shown as they are now.',
  fields: (t) => ({
    affectedProfiles: t.field({
      type: [AffectedProfileRef],
      cost: listOf(25),
      description:
        'Profiles whose effective entitlements change: the changed profiles first, then their descendants. Fields of a simulated profile that need another request to the Veza API fail.',
      resolve: ({ before, after, affected }) =>
        affected.flatMap(({ profileId, gained, lost }) => {
          const profile = before.find(profileId) ?? after.find(profileId);
          return profile === null ? [] : [{ profile, gained, lost, isCurrent: true } as const];
        }),
    }),
    affectedMembers: t.field({
      ...nullOnlyOnError,
      type: [AffectedMemberRef],
      cost: membersOf(10),
      description:
        'People who gain or lose an entitlement, all their memberships considered. Profiles of every state count, and conditions of entitlements are not evaluated. Requires one request per profile that has such an entitlement, unless the profile list includes members.',
      resolve: async ({ before, after, affected }, _args, { loaders }) => {
        const find = (id: string) => before.find(id);
        const members = await affectedMembersOf(loaders, { before, after, affected, find });
        if (members instanceof GatewayError) throw members;
        return members;
      },
    }),
    violations: t.expose('violations', {
      type: [RuleViolationRef],
      cost: listOf(5),
      description:
        'Rules of types, cycles and enforced rules of separation that the list as a whole would break by what it adds. `applyAccessProfileChanges` refuses such a list.',
    }),
    newFindings: t.field({
      ...findingsOptions,
      type: [InheritanceFindingRef],
      description:
        'Findings that exist only after the changes, of all kinds but UNUSED_PROFILE. Findings about data sources and policies are left out if your key cannot list those.',
      args: { includePeople: t.arg.boolean(includePeopleArg) },
      resolve: async (simulation, { includePeople }, context) =>
        (await findingsOf(simulation, includePeople, context)).appear,
    }),
    resolvedFindings: t.field({
      ...findingsOptions,
      type: [InheritanceFindingRef],
      description: 'Findings that exist only before the changes, of the same kinds.',
      args: { includePeople: t.arg.boolean(includePeopleArg) },
      resolve: async (simulation, { includePeople }, context) =>
        (await findingsOf(simulation, includePeople, context)).disappear,
    }),
    fingerprint: t.exposeString('fingerprint', {
      description:
        'Fingerprint of the changes and of everything that their effect on profiles depends on; members are not part of it. Pass it to `applyAccessProfileChanges`. After a mutation that stopped, simulate the same list again: changes that were applied already change nothing and count as applied.',
    }),
  }),
});

builder.queryField('simulateAccessProfileChanges', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: SimulationRef,
    cost: { ...graphWalk(1), once: 'scan', onceFor: () => ['types'] },
    needs: 'wantsWhole',
    description:
      'Computes what a list of changes would do, without changing anything. Requires one scan of all profiles and one of all types. An update of a draft also reads that draft, if the Veza API has a call for that.',
    args: {
      changes: t.arg({ type: [AccessProfileChangeInputRef], required: true, description: changesDescription }),
    },
    resolve: async (_root, { changes }, context, info) => {
      refuseUnsetRemovals(info, 'changes', changes);
      try {
        const planned = checkedChanges(changes, 'changes');
        const hierarchy = await typedHierarchy(context);
        const { separationRules, resultLimit, changes: session } = context;
        return await simulate({ session, hierarchy, separationRules, pauses: resultLimit }, planned, 'changes');
      } catch (error) {
        throw asError(error);
      }
    },
  }),
);

/** A forgotten variable must not remove what was not named. */
export function refuseUnsetRemovals(
  info: Parameters<typeof refuseUnsetVariables>[0],
  field: string,
  changes: readonly ProfileChangeInput[],
): void {
  for (const i of changes.keys()) refuseUnsetVariables(info, `${field}.${i}.updateVersion.removeEntitlements`);
}

/** A query throws the error that a mutation returns as its result. */
function asError(error: unknown): unknown {
  if (!isChangeFailure(error)) return error;
  if (error.name === 'ConflictError') return new GatewayError('CONFLICT', error.message, { cause: error });
  const field =
    error.name === 'InvalidInputError' ? error.fields[0]?.field : error.name === 'NotFoundError' ? error.field : null;
  const message = error.name === 'NotFoundError' && field ? `${field}: ${error.message}` : error.message;
  return new UserInputError(field ?? 'changes', message, { cause: error });
}
