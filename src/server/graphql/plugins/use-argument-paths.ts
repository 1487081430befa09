import { type ASTNode, BREAK, type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/** Names the argument path in each validation error about a value in the document, as all other errors about input do. */
export function useArgumentPaths(): Plugin<ServerContext> {
  return {
    onValidate({ params: { documentAST } }) {
      return ({ result, setResult }) => {
        if (result.length > 0) setResult(result.map((error) => withPath(error, documentAST)));
      };
    },
  };
}

function withPath(error: GraphQLError, document: DocumentNode): GraphQLError {
  const [node] = error.nodes ?? [];
  const field = node === undefined ? null : argumentPathOf(document, node);
  if (field === null) return error;
  return new GraphQLError(`${field}: ${error.message}`, {
    nodes: error.nodes ?? null,
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT', field },
  });
}

/** The path of a node within an argument, such as `filter.createdAt.gte`; null for a node outside of arguments. */
function argumentPathOf(document: DocumentNode, wanted: ASTNode): string | null {
  let names: readonly (string | number)[] = [];
  visit(document, {
    enter(node, _key, parent, keys, ancestors) {
      if (node !== wanted) return undefined;
      // Each key leads from one of these to the next.
      names = [...ancestors, parent ?? [], node].flatMap((each, i, way) => {
        if ('kind' in each && (each.kind === Kind.ARGUMENT || each.kind === Kind.OBJECT_FIELD))
          return [each.name.value];
        const list = way[i - 2] ?? [];
        return 'kind' in list && list.kind === Kind.LIST ? (keys[i - 1] ?? []) : [];
      });
      return BREAK;
    },
  });
  return names.length === 0 ? null : names.join('.');
}
