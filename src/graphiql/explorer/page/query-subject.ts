import { type DocumentNode, Kind, type OperationDefinitionNode, parse, valueFromASTUntyped } from 'graphql';
import { isRecord, type JsonObject, records, strings, text } from '../../json.ts';
import { bareId } from '../../response/graph.ts';
import type { Change } from '../graph/change.ts';
import type { EntityRef } from '../text/entitlement-name.ts';
import type { Address } from './address.ts';

/**
 * The view that has a form of its own for the answer to a query, as a part of an address: told by the root fields and their arguments,
 * because the answer need not say it. Undefined for any other query.
 */
export function subjectOf(
  query: string,
  operationName: string | null | undefined,
  variables: string,
): Partial<Address> | undefined {
  const fields = rootFields(query, operationName, variables);
  const main = fields.filter(({ name }) => name !== 'entity');
  const [first] = main;
  if (first === undefined || main.some(({ name }) => name !== first.name)) return undefined;
  if (first.name === 'inheritanceFindings') return main.length === 1 ? { view: 'findings' } : undefined;
  if (first.name === 'accessProfilesGranting') {
    const entity = readEntity(first.input['entity']);
    return entity && main.length === 1 && first.input['includeInherited'] !== false
      ? { view: 'grants', entity }
      : undefined;
  }
  const changes = main.map(({ name, input }) => changesIn(name, input));
  const known = changes.flatMap((each) => each ?? []);
  return changes.includes(undefined) || known.length === 0
    ? undefined
    : { view: 'change', id: known[0]?.child, changes: known };
}

interface RootField {
  readonly name: string;
  /** Its arguments. */
  readonly input: JsonObject;
}

function rootFields(query: string, operationName: string | null | undefined, variables: string): readonly RootField[] {
  let document: DocumentNode;
  let values: unknown;
  try {
    document = parse(query, { noLocation: true });
    values = JSON.parse(variables || '{}');
  } catch {
    return [];
  }
  const operations = document.definitions.filter(
    (it): it is OperationDefinitionNode => it.kind === Kind.OPERATION_DEFINITION,
  );
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  return (operation?.selectionSet.selections ?? []).flatMap((field) => {
    if (field.kind !== Kind.FIELD || field.name.value === '__typename') return [];
    const given = (field.arguments ?? []).map(({ name, value }) => [
      name.value,
      valueFromASTUntyped(value, isRecord(values) ? values : {}),
    ]);
    return [{ name: field.name.value, input: Object.fromEntries(given) }];
  });
}

/** Undefined for what was no dry run, and for what can't be shown as ticks. */
function changesIn(name: string, { input, changes }: JsonObject): readonly Change[] | undefined {
  if (name === 'updateAccessProfileVersion')
    return isRecord(input) && input['dryRun'] === true ? changesOf(input) : undefined;
  if (name !== 'simulateAccessProfileChanges') return undefined;
  const versions = records(changes).map(({ updateVersion }) =>
    isRecord(updateVersion) ? changesOf(updateVersion) : undefined,
  );
  return versions.includes(undefined) ? undefined : versions.flatMap((each) => each ?? []);
}

function changesOf(input: JsonObject): readonly Change[] | undefined {
  const {
    id,
    dryRun: _dryRun,
    addInheritsFrom,
    removeInheritsFrom,
    addEntitlements,
    removeEntitlements,
    ...more
  } = input;
  if (typeof id !== 'string' || Object.keys(more).length > 0) return undefined;
  const child = bareId(id);
  const parents = (kind: 'add' | 'drop', ids: unknown) =>
    strings(ids).map((parent): Change => ({ kind, child, parent: bareId(parent) }));
  const entities = (kind: 'grant' | 'revoke', list: unknown) =>
    records(list).flatMap((item): Change[] => {
      const entity = readEntity(item);
      return entity === undefined ? [] : [{ kind, child, entity }];
    });
  return [
    ...parents('add', addInheritsFrom),
    ...parents('drop', removeInheritsFrom),
    ...entities('grant', addEntitlements),
    ...entities('revoke', removeEntitlements),
  ];
}

function readEntity(value: unknown): EntityRef | undefined {
  if (!isRecord(value)) return undefined;
  const [datasourceId, entityType, entityId] = ['datasourceId', 'entityType', 'entityId'].map((key) =>
    text(value[key]),
  );
  if (datasourceId === undefined || entityType === undefined || entityId === undefined) return undefined;
  return { datasourceId, entityType, entityId };
}
