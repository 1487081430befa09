import { invalidArgument, notFound } from '../errors.ts';
import { compileListFilter } from '../filter.ts';
import { changesOf, defined, Fields } from '../input.ts';
import { flag, type Operation, profileOf } from '../operation.ts';
import { readOrder } from '../order.ts';
import { pageOf } from '../paging.ts';
import { type CatalogItemInfo, type ProfileRecord, profileStates } from '../record.ts';
import { checkVersion } from '../rules.ts';
import { currentVersion, versionOf } from '../store.ts';
import { readVersionContent } from '../version-input.ts';
import { completeProfile } from '../world.ts';

/** E4. There is no total (DOC). */
export const listProfiles: Operation = (tenant, request) => {
  const { store, settings, present } = tenant;
  const { caller, query } = request;
  const filter = query.get('filter') ?? '';
  const orderBy = query.get('order_by') ?? '';
  const matches = compileListFilter(filter, store, settings);
  const order = readOrder(orderBy);
  const entityExtraInfo = flag(request, 'entity_extra_info');
  // Accepted without effect: whether it fills fields or widens the list is UNK (API notes §1.1).
  flag(request, 'include_requestable');

  const found = [...store.profiles()].filter((profile) => caller.canSee(profile) && matches(profile));
  if (order !== undefined) found.sort(order);
  return pageOf(query, settings, {
    all: found,
    boundTo: ['profiles', filter, orderBy, caller.user],
    present: (profile) => present.profile(profile, { entityExtraInfo }),
  });
};

/**
 * Not described anywhere, although the docs speak of "Get Access Profile" and of a `version` parameter (API notes §1.0): what the
 * parameter does is `versionParameter`.
 */
export const getProfile: Operation = (tenant, request) => {
  const profile = profileOf(tenant, request);
  const entityExtraInfo = flag(request, 'entity_extra_info');
  const text = request.query.get('version') ?? '';
  const { versionParameter: reading } = tenant.settings;
  if (text === '' || reading === 'off' || reading === 'ignored') {
    return { value: tenant.present.profile(profile, { entityExtraInfo }) };
  }
  if (reading === 'refused') throw invalidArgument('version', 'Unknown parameter.');
  const shown = versionOf(profile, /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);
  if (shown === undefined) throw notFound('access_profile_version', `${profile.id}/${text}`);
  if (reading === 'inside') return { value: tenant.present.profile(profile, { entityExtraInfo, shown }) };
  return {
    value: tenant.present.profile(profile, { entityExtraInfo }),
    version: tenant.present.version(profile, shown, { entityExtraInfo }),
  };
};

/** E3. Version 1 is published at once, whatever the state (DOC: API notes §6.1). */
export const createProfile: Operation = (tenant, { caller, body }) => {
  const { store, settings, clock, present } = tenant;
  const fields = Fields.ofBody(body);
  const name = fields.requiredString('name');
  const state = fields.requiredEnum('state', profileStates);
  const typeId = fields.requiredString('profile_type');
  const description = fields.string('description') ?? '';
  const labels = fields.strings('labels') ?? [];
  const properties = fields.stringMap('custom_properties') ?? {};
  const content = defined(readVersionContent(fields));
  const type = store.type(typeId);
  if (typeId !== '' && type === undefined) fields.violate('profile_type', `There is no type "${typeId}".`);
  fields.check();

  const createdAt = clock.now();
  const profile = completeProfile({
    id: tenant.newId(),
    name,
    description,
    profile_type: typeId,
    labels,
    custom_properties: properties,
    state,
    created_by: caller.user,
    created_at: createdAt,
    // The type's policy is the default (DOC).
    versions: [
      {
        access_request_policy_id: type?.access_request_policy_id ?? '',
        ...content,
        created_at: clock.now(),
        published_by: caller.user,
        published_at: clock.now(),
        updated_at: clock.now(),
      },
    ],
    updated_at: clock.now(),
  });
  const version = currentVersion(profile);
  if (type !== undefined && version !== undefined) {
    fields.note(checkVersion(store, settings, { version, type, caller }));
    fields.check();
  }
  store.putProfile(profile);
  return {
    value: present.profile(profile),
    ...(version === undefined ? {} : { version: present.version(profile, version) }),
  };
};

/** E5. Changes the keys that the body has; read-only ones are ignored (UNK: API notes §1.3). */
export const updateProfile: Operation = (tenant, request) => {
  const { store, settings, clock, present } = tenant;
  const before = profileOf(tenant, request);
  const fields = Fields.ofBody(request.body);
  const changes = changesOf(request.query, {
    name: fields.string('name'),
    description: fields.string('description'),
    state: fields.enum('state', profileStates),
    profile_type: fields.string('profile_type'),
    labels: fields.strings('labels'),
    datasource_ids: fields.strings('datasource_ids'),
    require_approval_to_start: fields.boolean('require_approval_to_start'),
    catalog_item_info: fields.object('catalog_item_info', readCatalogItem),
    profile_type_rbac_id: fields.string('profile_type_rbac_id'),
    custom_properties: fields.stringMap('custom_properties'),
  });
  if (changes.name === '') fields.violate('name', 'This field is required.');
  if (changes.profile_type !== undefined && changes.profile_type !== before.profile_type) {
    const type = store.type(changes.profile_type);
    const version = currentVersion(before);
    if (type === undefined) fields.violate('profile_type', `There is no type "${changes.profile_type}".`);
    // The new type has to allow what is there already (a guess).
    else if (version !== undefined) {
      const heldParents = version.inherit_entities_from_access_profiles;
      const candidate = { version, type, profileId: before.id, caller: request.caller, heldParents };
      for (const { description } of checkVersion(store, settings, candidate))
        fields.violate('profile_type', description);
    }
  }
  fields.check();

  const now = clock.now();
  const starts = changes.state === 'RUNNING' && before.started_at === null;
  const after: ProfileRecord = {
    ...before,
    ...changes,
    ...(starts ? { started_at: now, started_by: request.caller.user } : {}),
    ...(changes.catalog_item_info === undefined ? {} : { requestable: changes.catalog_item_info !== null }),
    updated_at: now,
  };
  store.putProfile(after);
  return { value: present.profile(after) };
};

function readCatalogItem(fields: Fields): CatalogItemInfo {
  return {
    name: fields.string('name') ?? '',
    description: fields.string('description') ?? '',
    markdown_description: fields.string('markdown_description') ?? '',
    icon: fields.string('icon') ?? '',
    recommended: fields.boolean('recommended') ?? false,
  };
}
