import type { Datasource, LifecyclePolicy } from '../model/neighbours.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { neighbours } from '../upstream/neighbour-endpoints.ts';
import type { ReferenceSource } from './reference-list.ts';

export const typeSource: ReferenceSource<ProfileType> = {
  list: endpoints.listProfileTypes,
  idOf: ({ typeId }) => typeId,
};

export const datasourceSource: ReferenceSource<Datasource> = {
  list: neighbours.listDatasources,
  idOf: ({ datasourceId }) => datasourceId,
};

export const policySource: ReferenceSource<LifecyclePolicy> = {
  list: neighbours.listPolicies,
  idOf: ({ policyId }) => policyId,
};
