import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { type DocumentNode, getOperationAST } from 'graphql';
import type { ComponentProps } from 'react';
import { sendRequest } from './fetcher.ts';
import { firstQuery } from './first-query.ts';
import { inheritancePlugin } from './inheritance/plugin.tsx';
import { questionPlugin } from './question/plugin.tsx';
import { subscribe } from './subscribe.ts';

function isSubscription(document: DocumentNode | undefined, operationName: string | null | undefined): boolean {
  return document !== undefined && getOperationAST(document, operationName)?.operation === 'subscription';
}

// Module constants, because GraphiQL starts over when it is handed another fetcher or another list of panels.
const plugins = [questionPlugin, inheritancePlugin, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];
const fetcher: ComponentProps<typeof GraphiQL>['fetcher'] = (request, options) =>
  isSubscription(options?.documentAST, request.operationName)
    ? subscribe(request, options?.headers)
    : sendRequest(request, options?.headers);

export function Page() {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      defaultQuery={firstQuery}
      defaultEditorToolsVisibility="variables"
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>Access profiles</GraphiQL.Logo>
    </GraphiQL>
  );
}
