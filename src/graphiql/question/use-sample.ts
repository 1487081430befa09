import { useCallback, useRef } from 'react';
import { errorMessage, sendRequest } from '../fetcher.ts';
import { useHeaders } from '../use-headers.ts';
import {
  chosenQuery,
  placeholders,
  readSample,
  readSampleEntity,
  type Sample,
  sampleGrantQuery,
  sampleQuery,
  withChosen,
} from './sample.ts';

/** What the reader chose to ask about. */
export interface Chosen {
  readonly name: string;
  readonly profileId?: string;
  readonly entity?: Sample['entity'];
}

/**
 * Asks the gateway for values to fill in, when first needed and again for another choice. Rejects with the gateway's own words if it
 * refuses, so that the next question asks again (a header may have been missing).
 */
export function useSample(): (chosen: Chosen | undefined) => Promise<Sample> {
  const readHeaders = useHeaders();
  const known = useRef<{ readonly chosen: Chosen | undefined; readonly sample: Sample }>(undefined);
  return useCallback(
    async (chosen) => {
      if (known.current !== undefined && known.current.chosen === chosen) return known.current.sample;
      const headers = readHeaders();
      const profiles = await sendRequest({ query: sampleQuery }, headers);
      let sample = readSample(profiles['data']);
      if (sample === placeholders) throw new Error(errorMessage(profiles) ?? 'the gateway returned no profiles');
      if (chosen?.profileId !== undefined) {
        const one = await sendRequest({ query: chosenQuery, variables: { id: chosen.profileId } }, headers);
        sample = withChosen(sample, one['data']);
      }
      const grants = await sendRequest({ query: sampleGrantQuery, variables: { id: sample.profileId } }, headers);
      sample = { ...sample, entity: chosen?.entity ?? readSampleEntity(grants['data']) };
      known.current = { chosen, sample };
      return sample;
    },
    [readHeaders],
  );
}
