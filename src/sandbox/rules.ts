import { ancestry } from './access-graph.ts';
import type { Caller } from './caller.ts';
import type { FieldViolation } from './errors.ts';
import type { Entity, TypeRecord, VersionRecord } from './record.ts';
import type { Settings } from './settings.ts';
import { currentVersion, entityKey, type Store } from './store.ts';

/** A version's content as it would be after a write, and where it belongs. */
export interface Candidate {
  readonly version: VersionRecord;
  readonly type: TypeRecord;
  /** Absent: the profile does not exist yet. */
  readonly profileId?: string;
  readonly caller: Caller;
  /** Parents that the version had before: those may be gone, or hidden from this caller. */
  readonly heldParents?: readonly string[];
}

const entitiesField = 'entities_to_create_relationships_to';
const parentsField = 'inherit_entities_from_access_profiles';

/** The rules of type and graph that a version breaks (API notes §6.2, §6.3). The reply, a 400 with these fields, is INF. */
export function checkVersion(store: Store, settings: Settings, candidate: Candidate): readonly FieldViolation[] {
  return [
    ...checkEntities(store, candidate),
    ...checkParents(store, settings, candidate),
    ...checkLimit(store, candidate),
    ...checkApplication(candidate),
    ...checkAccessRequestPolicy(candidate),
  ];
}

function* checkEntities(store: Store, { version, type }: Candidate): Iterable<FieldViolation> {
  const entities = version.entities_to_create_relationships_to;
  if (entities.length === 0) return;
  if (!type.allow_create_relationships || type.no_entitlements) {
    yield violation(entitiesField, `Profiles of type "${type.name}" cannot hold entities.`);
  }
  // Entities of data sources that the sandbox does not know are accepted; each such data source is an integration of its own.
  const integrationOf = (id: string) => store.datasource(id)?.integration ?? id;
  const [first] = entities;
  for (const [index, { datasource_id: id }] of entities.entries()) {
    const field = `${entitiesField}[${index}].datasource_id`;
    if (type.require_single_datasource && id !== first?.datasource_id) {
      yield violation(field, `Profiles of type "${type.name}" hold entities of a single data source.`);
    } else if (type.require_single_integration && integrationOf(id) !== integrationOf(first?.datasource_id ?? '')) {
      yield violation(field, `Profiles of type "${type.name}" hold entities of a single integration.`);
    }
  }
}

function* checkParents(
  store: Store,
  settings: Settings,
  { version, type, profileId, caller, heldParents = [] }: Candidate,
): Iterable<FieldViolation> {
  const parents = version.inherit_entities_from_access_profiles;
  if (parents.length > 0 && !type.allow_inherit_entities) {
    yield violation(parentsField, `Profiles of type "${type.name}" cannot inherit.`);
  }
  const allowedTypes = type.allow_inherited_from_types;
  for (const [index, id] of parents.entries()) {
    const field = `${parentsField}[${index}]`;
    const parent = store.profile(id);
    if (parent === undefined || !caller.canSee(parent)) {
      if (!heldParents.includes(id)) yield violation(field, `There is no access profile "${id}".`);
    } else if (allowedTypes.length > 0 && !allowedTypes.includes(parent.profile_type)) {
      yield violation(field, `Profiles of type "${type.name}" cannot inherit from the type of "${parent.name}".`);
    } else if (!settings.allowCycles && profileId !== undefined && ancestry(store, [id]).has(profileId)) {
      const cause = id === profileId ? 'itself' : `"${parent.name}", which inherits from it`;
      yield violation(field, `A profile cannot inherit from ${cause}.`);
    }
  }
}

/** Inherited entitlements count (INF): the documented Business Role has a limit and no entitlements of its own. */
function* checkLimit(store: Store, { version, type }: Candidate): Iterable<FieldViolation> {
  const limit = type.max_entitlements ?? 0;
  if (limit === 0) return;
  const grants = new Set<string>();
  const addAll = (entities: readonly Entity[]) => {
    for (const entity of entities) grants.add(entityKey(entity));
  };
  addAll(version.entities_to_create_relationships_to);
  for (const id of ancestry(store, version.inherit_entities_from_access_profiles)) {
    const ancestor = store.profile(id);
    addAll((ancestor && currentVersion(ancestor)?.entities_to_create_relationships_to) ?? []);
  }
  if (grants.size <= limit) return;
  const count = `${grants.size} entitlements, with the inherited ones`;
  yield violation(
    entitiesField,
    `Profiles of type "${type.name}" hold at most ${limit} entitlements; these are ${count}.`,
  );
}

/** DOC (API notes §1.2): an application only where the type permits neither entities nor inheritance. */
function* checkApplication({ version, type }: Candidate): Iterable<FieldViolation> {
  if (version.application_datasource_id === '') return;
  if (type.no_entitlements || !(type.allow_create_relationships || type.allow_inherit_entities)) return;
  yield violation(
    'application_datasource_id',
    `Profiles of type "${type.name}" grant entitlements, not an application.`,
  );
}

function* checkAccessRequestPolicy({ version, type }: Candidate): Iterable<FieldViolation> {
  const chosen = version.access_request_policy_id;
  if (chosen === '' || type.allow_overwrite_of_access_request_policy || chosen === type.access_request_policy_id)
    return;
  yield violation('access_request_policy_id', `Profiles of type "${type.name}" cannot choose another policy.`);
}

function violation(field: string, description: string): FieldViolation {
  return { field, description };
}
