import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longer than most of the rest together, such as a browser or a process for each test. */
const long =
  /\/(browser|contract|chaos|cli)\/|\/(package|redis-topology|many-gateways|mutation-(faults|masks)|edge-shutdown|shared-store)\.test\.ts$/;

/** Starts the long files first, so that none is left to run alone. Vitest knows which they are from the second run on only. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [
      ...sorted.filter(({ moduleId }) => long.test(moduleId)),
      ...sorted.filter((each) => !long.test(each.moduleId)),
    ];
  }
}
