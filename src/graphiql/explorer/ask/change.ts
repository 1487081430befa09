import { isRecord, type JsonObject, records, text } from '../../json.ts';
import { type Change, type VersionChange, versionChanges } from '../graph/change.ts';
import type { Profile } from '../graph/profile-graph.ts';
import { type Entitlement, entitlementKey } from '../text/entitlement-name.ts';
import { type Ask, AskError, rootField } from './ask.ts';
import { type Finding, readFinding } from './findings.ts';
import { entitlementFields, profileFields, readEntitlement, readProfile } from './profile-fields.ts';

const affected = `affectedProfiles {
      profile { ${profileFields} }
      gained { ${entitlementFields} }
      lost { ${entitlementFields} }
    }
    violations { rule description }`;

const finding = `{ kind message profiles { ${profileFields} } entitlements { ${entitlementFields} } }`;

const simulation = `query ExplorerSimulation($changes: [AccessProfileChangeInput!]!) {
  simulateAccessProfileChanges(changes: $changes) {
    ${affected}
    newFindings ${finding}
    resolvedFindings ${finding}
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

/** A change as a mutation that only tells what it would do. Also what "As a mutation…" opens in the editor. */
export const dryRunMutation = `mutation DryRunVersionChange($input: UpdateAccessProfileVersionInput!) {
  updateAccessProfileVersion(input: $input) {
    ... on UpdateAccessProfileVersionPayload {
      preview {
    ${affected}
      }
    }
    ... on RuleViolationError { violations { rule description } }
    ... on InvalidInputError { fields { field description } }
    ... on Error { message }
  }
}
`;

export interface AffectedProfile {
  readonly profile: Profile;
  readonly gained: readonly Entitlement[];
  readonly lost: readonly Entitlement[];
}

export interface AffectedPerson {
  readonly identityId: string;
  readonly name: string;
  readonly gained: readonly Entitlement[];
  readonly lost: readonly Entitlement[];
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
export async function askEffect(ask: Ask, changes: readonly Change[], canSimulate: boolean): Promise<Effect> {
  const inputs = versionChanges(changes);
  if (inputs.length === 0) return noEffect;
  if (!canSimulate) return askDryRun(ask, inputs);
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
    gained: readEntitlements(member['gained']),
    lost: readEntitlements(member['lost']),
  }));
}

function simulationVariables(inputs: readonly VersionChange[]): JsonObject {
  return { changes: inputs.map((input) => ({ updateVersion: input })) };
}

async function askDryRun(ask: Ask, inputs: readonly VersionChange[]): Promise<Effect> {
  const [input, ...more] = inputs;
  if (input === undefined) return noEffect;
  if (more.length > 0) throw new AskError('This gateway tries out the change of one profile at a time.');
  const answered = await ask(dryRunMutation, { input: { ...input, dryRun: true } });
  const result = rootField(answered, 'updateAccessProfileVersion');
  if (!isRecord(result)) return noEffect;
  if (isRecord(result['preview'])) return readEffect(result['preview']);
  const reasons = [...records(result['violations']), ...records(result['fields'])];
  const messages = reasons.flatMap((reason) => text(reason['description']) ?? []);
  return { ...noEffect, violations: messages.length > 0 ? messages : [text(result['message']) ?? 'No reason given.'] };
}

function readEffect(value: JsonObject): Effect {
  return {
    affected: records(value['affectedProfiles']).flatMap((item) => {
      const profile = readProfile(item['profile']);
      if (profile === undefined) return [];
      return [{ profile, gained: readEntitlements(item['gained']), lost: readEntitlements(item['lost']) }];
    }),
    violations: records(value['violations']).flatMap((item) => text(item['description']) ?? text(item['rule']) ?? []),
    newFindings: records(value['newFindings']).map(readFinding),
    resolvedFindings: records(value['resolvedFindings']).map(readFinding),
  };
}

function readEntitlements(value: unknown): readonly Entitlement[] {
  return records(value).flatMap((item) => readEntitlement(item) ?? []);
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
