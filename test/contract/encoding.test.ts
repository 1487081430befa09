import { encodingDeviants } from './deviants/encoding.ts';
import { answersAlike } from './suite.ts';

answersAlike(encodingDeviants, { fewWalks: true });
