import { loadavg } from 'node:os';
import { field } from './against/candidates.ts';
import { install } from './against/install.ts';
import { join, ours, variant } from './candidate.ts';
import { measure } from './measure.ts';
import { printReport } from './report.ts';
import { finish, prepare } from './setting.ts';

const setting = await prepare();
const { options, say } = setting;
if (options.peers) install(say);
const peers = options.peers ? await field(options.only) : [];
const measured = await measure([ours, ...options.variants.map(variant), ...peers, join], setting);
process.stdout.write(`${printReport(measured)}\nLoad average at the end ${loadavg()[0]?.toFixed(1)}.\n`);
finish(setting);
