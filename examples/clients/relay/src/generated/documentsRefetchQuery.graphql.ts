/**
 * @generated SignedSource<<9f22ba13c116edec1eaf3cdab1c3f7e1>>
 * @relayHash 527283e30339fb35b39c559c4de4915f
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID cd676bcedbce26da359526b4765ae7978fbac85658c93a83a7ce5edb6792a58d

import type { ConcreteRequest } from 'relay-runtime';
export type documentsRefetchQuery$variables = {
  id: string;
};
export type documentsRefetchQuery$data = {
  readonly node: {
    readonly __typename: string;
    readonly id: string;
    readonly labels?: ReadonlyArray<string>;
  } | null | undefined;
};
export type documentsRefetchQuery = {
  response: documentsRefetchQuery$data;
  variables: documentsRefetchQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "id"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "id",
        "variableName": "id"
      }
    ],
    "concreteType": null,
    "kind": "LinkedField",
    "name": "node",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "id",
        "storageKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "labels",
            "storageKey": null
          }
        ],
        "type": "AccessProfile",
        "abstractKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsRefetchQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "documentsRefetchQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "cd676bcedbce26da359526b4765ae7978fbac85658c93a83a7ce5edb6792a58d",
    "metadata": {},
    "name": "documentsRefetchQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "e49acef736a7d8cd80ef25149c73cc51";

export default node;
