import { GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/** Where introspection is off, the schema is not asked for, and mistakes are not answered with names out of it. */
export function useIntrospectionSwitch(isOn: boolean): Plugin<ServerContext> {
  if (isOn) return {};
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoSchemaIntrospectionCustomRule);
      return ({ result, setResult }) => {
        setResult(result.map((error) => new GraphQLError(error.message.replace(/ Did you mean .*\?$/s, ''), error)));
      };
    },
  };
}
