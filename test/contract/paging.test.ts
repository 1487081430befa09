import { filterAttributes } from './cases.ts';
import { pagingDeviants } from './deviants/paging.ts';
import { answersAlike } from './suite.ts';

answersAlike(pagingDeviants, { filters: filterAttributes });
