import type { UpdateProfileInput } from '../model/change-input.ts';
import type { StringMap } from '../model/entitlement.ts';
import type { CatalogItem, Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { isSameSet } from '../model/same-set.ts';
import type { ProfileChanges } from '../wire/encode.ts';
import { InvalidInput, refuseIf } from './failure.ts';
import { plainIds } from './plain-ids.ts';
import { type ChangeSession, readFresh, sendProfileChanges } from './session.ts';
import { kindOfChange } from './update-masks.ts';
import { apiId, checkIds, checkLabels, checkName, checkNotNull, checkState } from './validate.ts';
import { checkUnchanged, untilBegun, writeAndRead } from './write.ts';

/** The fields that an input changes. Throws InvalidInput for mistakes that the input alone shows. */
export function checkedProfileInput(input: UpdateProfileInput): {
  readonly profileId: string;
  readonly changes: ProfileChanges;
} {
  const profileId = apiId('AccessProfile', input.id, 'input.id');
  const { name, state, labels, requireApprovalToStart, description, catalogItem, customProperties } = input;
  const datasourceIds = input.datasourceIds && plainIds('Datasource', input.datasourceIds, 'input.datasourceIds');
  refuseIf([
    ...checkName(name, 'input.name'),
    ...checkState(state, 'input.state'),
    ...checkLabels(labels, 'input.labels'),
    ...checkIds(datasourceIds, 'input.datasourceIds'),
    ...checkNotNull({ state, labels, datasourceIds, requireApprovalToStart }),
  ]);
  const changes: ProfileChanges = {
    name: name ?? undefined,
    description: description === null ? '' : description,
    state: state ?? undefined,
    labels: labels ? [...new Set(labels)] : undefined,
    datasourceIds: datasourceIds ?? undefined,
    requireApprovalToStart: requireApprovalToStart ?? undefined,
    catalogItem,
    customProperties: customProperties === null ? {} : customProperties,
  };
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new InvalidInput([{ field: 'input', description: 'must name at least one change.' }]);
  }
  return { profileId, changes };
}

/** Changes what the input names, and nothing else. */
export async function updateProfile(session: ChangeSession, input: UpdateProfileInput): Promise<Profile> {
  const { profileId, changes } = checkedProfileInput(input);
  const { name } = input;
  const kind = kindOfChange('profile', changes);
  const attempt = async () => {
    const before = await readFresh(session, profileId);
    checkUnchanged(before, input.ifUpdatedAt);
    const written = fieldsOf(changes, await unruledName(session, before, name));
    const isUnchanged = (field: keyof ProfileChanges, now: Profile) =>
      JSON.stringify(before[field]) === JSON.stringify(now[field]);
    return writeAndRead(session, {
      profileId,
      before,
      kind,
      send: (mask) => sendProfileChanges(session, profileId, changes, mask),
      isShown: (profile) => written.every(([, isShownBy]) => isShownBy(profile)),
      // The rules of a type may alter a name, an approval may hold a state back, data sources may follow from elsewhere:
      // what has changed at all is then the API's to say.
      isConflict: (profile) =>
        written.some(
          ([field, isShownBy]) => !isShownBy(profile) && (!mayBeRuled.has(field) || isUnchanged(field, profile)),
        ),
      isUntouched: (_before, now) => written.every(([field, isShownBy]) => isShownBy(now) || isUnchanged(field, now)),
    });
  };
  return session.queue.run([profileId], () => untilBegun(attempt));
}

const mayBeRuled = new Set<keyof ProfileChanges>(['name', 'state', 'datasourceIds']);

/** Whether a profile shows everything that a change names. `mayRuleNames`: its type may have put a prefix before the name. */
export function showsChanges(profile: Profile, changes: ProfileChanges, mayRuleNames: boolean): boolean {
  const unruled = mayRuleNames || profile.name === changes.name ? null : profile.name;
  return fieldsOf(changes, unruled).every(([, isShownBy]) => isShownBy(profile));
}

/** Whether a type may alter the names of its profiles; one that is not known may. */
export function mayRuleNames(type: ProfileType | null): boolean {
  return type === null || type.addIntegrationPrefixToAccessProfileNames || type.nameTransformer !== null;
}

/**
 * The name before a change, if it ends like the new one and no rule of the type says why: read again, it shows that the
 * API ignored the change. null: any name that ends like the new one shows it.
 */
async function unruledName(
  session: ChangeSession,
  before: Profile,
  name: UpdateProfileInput['name'],
): Promise<string | null> {
  if (!name || before.name === name || !before.name.endsWith(name)) return null;
  const type = before.typeId === null ? null : await session.loaders().types.load(before.typeId);
  return mayRuleNames(type) ? null : before.name;
}

/** The fields that a change names, each with whether a profile shows it as written. `unruled`: as `unruledName` has it. */
function fieldsOf(
  changes: ProfileChanges,
  unruled: string | null,
): readonly [keyof ProfileChanges, (profile: Profile) => boolean][] {
  const { name, description, state, labels, datasourceIds, requireApprovalToStart } = changes;
  const { catalogItem, customProperties } = changes;
  const fields: [keyof ProfileChanges, (profile: Profile) => boolean][] = [
    // A type may put a prefix before it.
    ['name', (profile) => name === undefined || (profile.name.endsWith(name) && profile.name !== unruled)],
    ['description', (profile) => (profile.description ?? '') === description],
    ['state', (profile) => profile.state === state],
    ['labels', (profile) => isSameSet(profile.labels, labels ?? [])],
    ['datasourceIds', (profile) => isSameSet(profile.datasourceIds, datasourceIds ?? [])],
    ['requireApprovalToStart', (profile) => (profile.requireApprovalToStart ?? false) === requireApprovalToStart],
    ['catalogItem', (profile) => isSameItem(profile.catalogItem, catalogItem)],
    ['customProperties', (profile) => isSameMap(profile.customProperties ?? {}, customProperties ?? {})],
  ];
  return fields.filter(([field]) => changes[field] !== undefined);
}

/** Whether an item shows what was written of it; an item without a text is as good as none. */
function isSameItem(shown: CatalogItem | null, written: ProfileChanges['catalogItem']): boolean {
  return (['name', 'description', 'markdownDescription', 'icon', 'recommended'] as const).every(
    (field) => (written && written[field] === undefined) || (written?.[field] || null) === (shown?.[field] || null),
  );
}

function isSameMap(a: StringMap, b: StringMap): boolean {
  return isSameSet(Object.entries(a).map(String), Object.entries(b).map(String));
}
