import { useMemo } from 'react';
import { type FindingIndex, indexFindings } from '../graph/finding-index.ts';
import { useFindings } from './questions.ts';

const noFindings: FindingIndex = { byProfile: new Map(), unneeded: new Set() };

/** Findings by profile, as far as they have been read. */
export function useFindingIndex(): FindingIndex {
  const findings = useFindings(false).shown;
  return useMemo(() => (findings === undefined ? noFindings : indexFindings(findings)), [findings]);
}
