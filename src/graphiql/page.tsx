import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { type DocumentNode, getOperationAST } from 'graphql';
import type { ComponentProps } from 'react';
import { readAddress } from './explorer/page/address.ts';
import { pressPanelButton } from './explorer/page/panel-button.ts';
import { inheritancePlugin } from './explorer/plugin.tsx';
import { sendRequest } from './fetcher.ts';
import { firstQuery } from './first-query.ts';
import { questionPlugin } from './question/panel.tsx';
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

// A link to the explorer opens it; one with ?query= opens the query in a tab. Neither runs anything.
const hasExplorerAddress = () => readAddress(window.location.hash) !== undefined;
const isExplorer = hasExplorerAddress();
// So does one that is followed while the page is open, and the browser's back.
window.addEventListener('hashchange', () => hasExplorerAddress() && pressPanelButton('Show'));
const parameters = new URLSearchParams(window.location.search);
const linkedQuery = parameters.get('query');
const linked =
  linkedQuery === null ? {} : { initialQuery: linkedQuery, initialVariables: parameters.get('variables') ?? '' };

export function Page() {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      defaultQuery={firstQuery}
      defaultEditorToolsVisibility="variables"
      inputValueDeprecation
      schemaDescription
      {...(isExplorer && { visiblePlugin: inheritancePlugin })}
      {...linked}
    >
      <GraphiQL.Logo>Access profiles</GraphiQL.Logo>
    </GraphiQL>
  );
}
