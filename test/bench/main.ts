import { candidatesFor, variant } from './candidate.ts';
import { measure } from './measure.ts';
import { printReport, printStarts } from './report.ts';
import { finish, prepare } from './setting.ts';

const setting = await prepare();
const { options } = setting;
for (const api of new Set(options.cells.map((cell) => cell.api))) {
  const cells = options.cells.filter((cell) => cell.api === api);
  const contestants = [...candidatesFor(api), ...options.variants.map(variant)];
  const measured = await measure(api, contestants, cells, setting);
  process.stdout.write(`## An API whose filters ${api === 'takes ids' ? 'take' : 'refuse'} ids\n\n`);
  process.stdout.write(`${printStarts(measured, contestants)}\n${printReport(measured)}\n`);
}
finish(setting);
