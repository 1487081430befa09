import { filterAttributes } from './cases.ts';
import { encodingDeviants } from './deviants/encoding.ts';
import { answersAlike } from './suite.ts';
import { walks } from './walks.ts';

answersAlike(encodingDeviants, { filters: filterAttributes, lists: walks.slice(0, 1) });
