import type { Datasource } from '../model/datasource.ts';
import type { LifecyclePolicy } from '../model/policy.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { neighbours } from '../upstream/neighbour-endpoints.ts';
import type { ReferenceSource } from './reference-list.ts';

/** No call reads one type. */
export const typeSource: ReferenceSource<ProfileType> = {
  list: endpoints.listProfileTypes,
  one: null,
  idOf: ({ typeId }) => typeId,
};

export const datasourceSource: ReferenceSource<Datasource> = {
  list: neighbours.listDatasources,
  one: neighbours.readDatasource,
  idOf: ({ datasourceId }) => datasourceId,
};

export const policySource: ReferenceSource<LifecyclePolicy> = {
  list: neighbours.listPolicies,
  one: neighbours.readPolicy,
  idOf: ({ policyId }) => policyId,
};
