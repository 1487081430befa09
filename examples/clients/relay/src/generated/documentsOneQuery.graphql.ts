/**
 * @generated SignedSource<<bdd246ef155721e09655578617c00e3b>>
 * @relayHash 1920aac5987428912f51811340ad8c40
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 51430a4a7c0f987bfe2c1d458c7f7cfd315e47cb480039e687df3e79407e4efd

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type documentsOneQuery$variables = {
  id: string;
};
export type documentsOneQuery$data = {
  readonly accessProfile: {
    readonly " $fragmentSpreads": FragmentRefs<"documents_row">;
  } | null | undefined;
};
export type documentsOneQuery = {
  response: documentsOneQuery$data;
  variables: documentsOneQuery$variables;
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
    "kind": "Variable",
    "name": "id",
    "variableName": "id"
  }
],
v2 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "id",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "name",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "labels",
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsOneQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "AccessProfile",
        "kind": "LinkedField",
        "name": "accessProfile",
        "plural": false,
        "selections": [
          {
            "kind": "InlineDataFragmentSpread",
            "name": "documents_row",
            "selections": (v2/*:: as any*/),
            "args": null,
            "argumentDefinitions": []
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "documentsOneQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "AccessProfile",
        "kind": "LinkedField",
        "name": "accessProfile",
        "plural": false,
        "selections": (v2/*:: as any*/),
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "51430a4a7c0f987bfe2c1d458c7f7cfd315e47cb480039e687df3e79407e4efd",
    "metadata": {},
    "name": "documentsOneQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "af77903c4d2cd4bb642411557a735dcc";

export default node;
