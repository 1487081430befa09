import { filteringDeviants } from './deviants/filtering.ts';
import { answersAlike } from './suite.ts';

answersAlike(filteringDeviants);
