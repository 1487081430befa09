import type { Operation } from '../operation.ts';

/** E9: not wrapped in `value` or `values` (DOC: API notes §1.7). */
export const listIntegrations: Operation = (tenant) => ({ integrations: tenant.store.integrations() });
