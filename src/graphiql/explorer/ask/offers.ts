import { type GraphQLSchema, isObjectType } from 'graphql';

/** What the served schema offers beyond what every gateway has: a gateway can be set up without some of it. */
export interface Offers {
  readonly entities: boolean;
  /** Profiles by words in any of their texts. */
  readonly searchWords: boolean;
  readonly simulation: boolean;
  readonly affectedPeople: boolean;
  readonly people: boolean;
  readonly datasources: boolean;
  readonly findingEntitlements: boolean;
  readonly changes: boolean;
}

/** Without a schema (introspection is off, or failed) nothing is offered. */
export function offersOf(schema: GraphQLSchema | null | undefined): Offers {
  const has = (typeName: string, field: string) => {
    const type = schema?.getType(typeName);
    return isObjectType(type) && Object.hasOwn(type.getFields(), field);
  };
  const profiles = schema?.getQueryType()?.getFields()['accessProfiles'];
  return {
    entities: has('Query', 'entities'),
    searchWords: profiles?.args.some(({ name }) => name === 'search') ?? false,
    simulation: has('Query', 'simulateAccessProfileChanges'),
    affectedPeople: has('AccessSimulation', 'affectedMembers'),
    people: has('AccessProfile', 'effectiveMembers'),
    datasources: has('Entitlement', 'datasource'),
    findingEntitlements: has('InheritanceFinding', 'entitlements'),
    changes: has('Subscription', 'accessProfileChanges'),
  };
}
