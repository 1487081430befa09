/**
 * @generated SignedSource<<1206b553376107c941bd7b319684ae7d>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderInlineDataFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type documents_row$data = {
  readonly id: string;
  readonly labels: ReadonlyArray<string>;
  readonly name: string;
  readonly " $fragmentType": "documents_row";
};
export type documents_row$key = {
  readonly " $data"?: documents_row$data;
  readonly " $fragmentSpreads": FragmentRefs<"documents_row">;
};

const node: ReaderInlineDataFragment = {
  "kind": "InlineDataFragment",
  "name": "documents_row"
};

(node as any).hash = "ea6b112eaa0951e4f53a36bebb31b062";

export default node;
