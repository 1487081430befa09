import { compileListFilter } from '../filter.ts';
import { flag, type Operation, profileOf } from '../operation.ts';
import { readOrder } from '../order.ts';
import { paginate, readPageRequest } from '../paging.ts';

/** E4. There is no total (DOC). */
export const listProfiles: Operation = (tenant, request) => {
  const { store, settings, present } = tenant;
  const { caller, query } = request;
  const filter = query.get('filter') ?? '';
  const orderBy = query.get('order_by') ?? '';
  const matches = compileListFilter(filter, store, settings);
  const order = readOrder(orderBy);
  const entityExtraInfo = flag(request, 'entity_extra_info');
  // Accepted without effect: whether it fills fields or widens the list is UNK (API notes §1.1).
  flag(request, 'include_requestable');
  const page = readPageRequest(query, settings.pageSize, ['profiles', filter, orderBy, caller.user]);

  const found = [...store.profiles()].filter((profile) => caller.canSee(profile) && matches(profile));
  if (order !== undefined) found.sort(order);
  const { values, ...rest } = paginate(found, page, { ragged: settings.raggedPages });
  return { values: values.map((profile) => present.profile(profile, { entityExtraInfo })), ...rest };
};

/** Behind `unlistedReads`: the docs speak of "Get Access Profile" and describe none (API notes §1.0). */
export const getProfile: Operation = (tenant, request) => ({
  value: tenant.present.profile(profileOf(tenant, request), {
    entityExtraInfo: flag(request, 'entity_extra_info'),
  }),
});
