import { encodingDeviants } from './deviants/encoding.ts';
import { answersAlike } from './suite.ts';
import { walks } from './walks.ts';

answersAlike(encodingDeviants, walks.slice(0, 1));
