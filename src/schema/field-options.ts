import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { FieldNeeds } from '../loaders/index.ts';

/** Arguments as the caller wrote them. They are not validated yet, so a value can have any type. */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Data that an operation reads once, however many of its fields need it. `field-cost.ts` has the calls for each. `requestable`
 * is one more page, which is read until the API has shown that it takes `include_requestable`.
 */
export type SharedRead = 'types' | 'integrations' | 'scan' | 'members' | 'requestable' | 'datasources' | 'policies';

/** The cost of a field. `server/limits/cost.ts` adds up an operation; README.md beside that file explains the rules. */
export interface FieldCost {
  /** Calls per object that the field is selected on. */
  readonly each?: (args: Arguments) => number;
  /** Calls that load the object that the field is selected on: once, however many such fields are selected. */
  readonly object?: number;
  /** Profiles that the field loads by id per object. All fields at one depth of the operation load them in one batch. */
  readonly profilesById?: (args: Arguments) => number;
  /** Whether the caller names those ids: then their number has no limit, and profiles may not exist. */
  readonly namesIds?: true;
  /** Data that the operation reads once for all its fields. */
  readonly once?: SharedRead;
  /** The same, where it follows from the arguments. */
  readonly onceFor?: (args: Arguments) => readonly SharedRead[];
  /** Objects that the field returns per object that it is selected on. Default: 1. */
  readonly size?: (args: Arguments) => number;
  /** Rows of the connection that the field returns. */
  readonly rows?: (args: Arguments) => number;
  /** Whether the field returns the rows of its connection. */
  readonly isRows?: true;
  /** Whether the field reads every page of the profile list around it: all such fields of a list read them once. */
  readonly readsWholeList?: true;
  /** Calls that read the rest of the list that the field returns, where a field of that list needs all of it. */
  readonly restOfList?: (args: Arguments) => number;
}

/** The needs that a field adds to those of an operation, or a function of its arguments that gives them; null: none. */
export type FieldNeed = Needed | ((args: Arguments) => Needed | null);
type Needed = keyof FieldNeeds | readonly (keyof FieldNeeds)[];

/** Facts that a field states beside its type: options of the Pothos field, and `extensions` of the schema's field. */
interface OwnFieldOptions {
  /** The cost of the field. Required for root fields, lists of objects and fields whose resolver takes the context. */
  cost?: FieldCost;
  /** A need that the loaders must know before the first call if an operation selects the field. */
  needs?: FieldNeed;
  /** The field is null only with an error. `print` adds `@semanticNonNull` to it. */
  semanticNonNull?: true;
}

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> extends Readonly<OwnFieldOptions> {}
}

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      fieldOptions: FieldOptionsPlugin<Types>;
    }
    interface FieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      ParentShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveShape = unknown,
      ResolveReturnShape = unknown,
    > extends OwnFieldOptions {}
  }
}

/** Puts our options of each field into its `extensions`, where the server reads them. */
class FieldOptionsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { cost, needs, semanticNonNull } = config.pothosOptions;
    const own = { ...(cost && { cost }), ...(needs && { needs }), ...(semanticNonNull && { semanticNonNull }) };
    return { ...config, extensions: { ...config.extensions, ...own } };
  }
}

// GraphQL Code Generator loads the schema twice in one process.
SchemaBuilder.allowPluginReRegistration = true;
SchemaBuilder.registerPlugin('fieldOptions', FieldOptionsPlugin);
