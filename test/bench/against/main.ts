import { loadavg } from 'node:os';
import { join } from '../candidate.ts';
import { measure } from '../measure.ts';
import { printReport } from '../report.ts';
import { finish, prepare } from '../setting.ts';
import { field } from './candidates.ts';
import { install } from './install.ts';
import { printSummary } from './summary.ts';

const setting = await prepare();
const { options, say } = setting;
install(say);
const { contestants, missing } = await field();
const isWanted = (name: string) => options.only.some((part) => name.toLowerCase().includes(part.toLowerCase()));
const chosen = contestants.filter(
  ({ candidate: { name, peer } }) => peer !== true || options.only.length === 0 || isWanted(name),
);
const cells = options.cells.filter(({ api }) => api === 'takes ids');
const measured = await measure('takes ids', [...chosen.map(({ candidate }) => candidate), join], cells, setting);
process.stdout.write(
  `${printSummary(chosen, measured, missing)}\nLoad average at the end ${loadavg()[0]?.toFixed(1)}.\n\n`,
);
process.stdout.write(`## In full\n\n${printReport(measured)}`);
finish(setting);
