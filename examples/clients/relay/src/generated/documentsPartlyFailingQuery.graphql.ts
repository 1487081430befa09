/**
 * @generated SignedSource<<2179a924de17574c7203b6ccf12cdcf6>>
 * @relayHash d420f6323e7a4697963b5d748c1aa1ec
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID cc7d4d4886dc1a7c97c42e0d164ed88e186f2424484a7108f76492ae573695e0

import type { ConcreteRequest } from 'relay-runtime';
import type { Result } from "relay-runtime";
export type documentsPartlyFailingQuery$variables = Record<PropertyKey, never>;
export type documentsPartlyFailingQuery$data = {
  readonly accessProfiles: Result<{
    readonly nodes: ReadonlyArray<{
      readonly id: string;
    }>;
  }, unknown>;
  readonly integrations: ReadonlyArray<string> | null | undefined;
};
export type documentsPartlyFailingQuery = {
  response: documentsPartlyFailingQuery$data;
  variables: documentsPartlyFailingQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "integrations",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": [
    {
      "kind": "Literal",
      "name": "after",
      "value": "foreign"
    }
  ],
  "concreteType": "AccessProfileConnection",
  "kind": "LinkedField",
  "name": "accessProfiles",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "AccessProfile",
      "kind": "LinkedField",
      "name": "nodes",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "id",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": "accessProfiles(after:\"foreign\")"
};
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsPartlyFailingQuery",
    "selections": [
      (v0/*:: as any*/),
      {
        "kind": "CatchField",
        "field": (v1/*:: as any*/),
        "to": "RESULT"
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "documentsPartlyFailingQuery",
    "selections": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ]
  },
  "params": {
    "id": "cc7d4d4886dc1a7c97c42e0d164ed88e186f2424484a7108f76492ae573695e0",
    "metadata": {},
    "name": "documentsPartlyFailingQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "56c41cd3de4a44e2b7a4d8385c9f8f24";

export default node;
