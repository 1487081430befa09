import { isRecord, type JsonObject, records, text } from '../../json.ts';
import { type Change, type VersionChange, versionChanges } from '../graph/change.ts';
import type { Profile } from '../graph/profile-graph.ts';
import { type Entitlement, entitlementKey } from '../text/entitlement-name.ts';
import { type Ask, AskError, rootField } from './ask.ts';
import { type Finding, findingFields, readFinding } from './findings.ts';
import { entitlementFields, profileFields, readEntitlement, readProfile } from './profile-fields.ts';

const simulation = `query ExplorerSimulation($changes: [AccessProfileChangeInput!]!) {
  simulateAccessProfileChanges(changes: $changes) {
    affectedProfiles {
      profile { ${profileFields} }
      gained { ${entitlementFields} }
      lost { ${entitlementFields} }
    }
    violations { rule description }
    newFindings { ${findingFields} }
    resolvedFindings { ${findingFields} }
  }
}`;

const people = `query ExplorerAffectedPeople($changes: [AccessProfileChangeInput!]!) {
  simulateAccessProfileChanges(changes: $changes) {
    affectedMembers {
      identityId
      identityName
      gained { ${entitlementFields} }
      lost { ${entitlementFields} }
    }
  }
}`;

interface Difference {
  readonly gained: readonly Entitlement[];
  readonly lost: readonly Entitlement[];
}

export interface AffectedProfile extends Difference {
  readonly profile: Profile;
}

export interface AffectedPerson extends Difference {
  readonly identityId: string;
  readonly name: string;
}

export interface Effect {
  readonly affected: readonly AffectedProfile[];
  /** Rules that the change would break: the gateway would refuse it. */
  readonly violations: readonly string[];
  readonly newFindings: readonly Finding[];
  readonly resolvedFindings: readonly Finding[];
}

export const noEffect: Effect = { affected: [], violations: [], newFindings: [], resolvedFindings: [] };

/** What changes would do, all together. Nothing is written. */
export async function askEffect(ask: Ask, changes: readonly Change[]): Promise<Effect> {
  const inputs = versionChanges(changes);
  const result = rootField(await ask(simulation, simulationVariables(inputs)), 'simulateAccessProfileChanges');
  return readEffect(isRecord(result) ? result : {});
}

export async function askAffectedPeople(ask: Ask, changes: readonly Change[]): Promise<readonly AffectedPerson[]> {
  const answered = await ask(people, simulationVariables(versionChanges(changes)));
  const result = rootField(answered, 'simulateAccessProfileChanges');
  const members = isRecord(result) ? result['affectedMembers'] : undefined;
  if (!Array.isArray(members)) throw answered.errorAt('affectedMembers') ?? new AskError('People could not be read.');
  return records(members).map((member) => ({
    identityId: text(member['identityId']) ?? '',
    name: text(member['identityName']) ?? 'Name not known',
    ...readDifference(member),
  }));
}

function simulationVariables(inputs: readonly VersionChange[]): JsonObject {
  return { changes: inputs.map((input) => ({ updateVersion: input })) };
}

function readEffect(value: JsonObject): Effect {
  return {
    affected: records(value['affectedProfiles']).flatMap((item) => {
      const profile = readProfile(item['profile']);
      return profile === undefined ? [] : [{ profile, ...readDifference(item) }];
    }),
    violations: records(value['violations']).flatMap((item) => text(item['description']) ?? text(item['rule']) ?? []),
    newFindings: records(value['newFindings']).map(readFinding),
    resolvedFindings: records(value['resolvedFindings']).map(readFinding),
  };
}

function readDifference({ gained, lost }: JsonObject): Difference {
  const read = (value: unknown) => records(value).flatMap((item) => readEntitlement(item) ?? []);
  return { gained: read(gained), lost: read(lost) };
}

/** How many different entitlements some profile gains, and how many some profile loses. */
export function totalsOf(affectedProfiles: readonly AffectedProfile[]): {
  readonly gained: number;
  readonly lost: number;
} {
  const different = (side: 'gained' | 'lost') =>
    new Set(affectedProfiles.flatMap((each) => each[side].map(entitlementKey))).size;
  return { gained: different('gained'), lost: different('lost') };
}
