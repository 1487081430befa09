import type { Operation } from '../operation.ts';
import { paginate, readPageRequest } from '../paging.ts';

/** E2. That it takes `page_size` and `page_token` is INF from the paging fields of its reply (API notes §1.5). */
export const listTypes: Operation = (tenant, { query }) => {
  const { store, settings, present } = tenant;
  const page = readPageRequest(query, settings.pageSize, ['types']);
  const { values, ...rest } = paginate([...store.types()], page, { ragged: settings.raggedPages });
  return { values: values.map((type) => present.type(type)), ...rest };
};
