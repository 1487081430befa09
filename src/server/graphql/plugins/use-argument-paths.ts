import {
  type ArgumentNode,
  type ASTNode,
  BREAK,
  type DocumentNode,
  GraphQLError,
  Kind,
  type ObjectFieldNode,
  type ValueNode,
  visit,
} from 'graphql';
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
  let found: string | null = null;
  visit(document, {
    Argument(argument) {
      found = pathIn(argument, argument.name.value, wanted);
      return found === null ? undefined : BREAK;
    },
  });
  return found;
}

function pathIn(node: ValueNode | ArgumentNode | ObjectFieldNode, path: string, wanted: ASTNode): string | null {
  if (node === wanted) return path;
  switch (node.kind) {
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
      return pathIn(node.value, path, wanted);
    case Kind.LIST:
      return first(node.values, (item, i) => pathIn(item, `${path}.${i}`, wanted));
    case Kind.OBJECT:
      return first(node.fields, (member) => pathIn(member, `${path}.${member.name.value}`, wanted));
    default:
      return null;
  }
}

function first<T>(items: readonly T[], find: (item: T, index: number) => string | null): string | null {
  for (const [i, item] of items.entries()) {
    const path = find(item, i);
    if (path !== null) return path;
  }
  return null;
}
