import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import {
  InquiryRequest,
  InquiryState,
  ReportKey,
  RevealRequest,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../../api';
import { readRefusal } from '../../problem';
import { useWords } from '../../translation';

const PERIOD = 1000;

/** Asks something of a stored checkpoint and waits for the answer. */
export function useInquiry(key: ReportKey) {
  const t = useWords();
  const { forensics } = useApi(cubemigApiRef);
  const [state, setState] = useState<InquiryState>();
  const [error, setError] = useState<unknown>();
  const [isAsking, setAsking] = useState(false);
  const { migration, container } = key;

  const begin = useCallback(async (asked: Promise<InquiryState>) => {
    setState(undefined);
    setError(undefined);
    setAsking(true);
    try {
      setState(await asked);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setAsking(false);
    }
  }, []);
  const ask = useCallback(
    (request: InquiryRequest) =>
      begin(forensics.startInquiry({ migration, container }, request)),
    [begin, forensics, migration, container],
  );
  const reveal = useCallback(
    (request: RevealRequest) =>
      begin(forensics.revealVariable({ migration, container }, request)),
    [begin, forensics, migration, container],
  );

  const isUnderWay = state?.status === 'running';
  useEffect(() => {
    if (!state || !isUnderWay) return undefined;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      try {
        const next = await forensics.getInquiry(state.id);
        if (isCurrent) setState(next);
      } catch (thrown) {
        if (!isCurrent) return;
        setError(thrown);
        setState(undefined);
      }
    }, PERIOD);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [forensics, state, isUnderWay]);

  const failure = error === undefined ? undefined : readRefusal(error, t);
  const forget = useCallback(() => setState(undefined), []);
  return {
    ask,
    reveal,
    forget,
    isBusy: isAsking || isUnderWay,
    result: state?.result,
    /** Why there is no answer. */
    problem:
      failure?.message ??
      (state?.status === 'failed' ? state.problem?.message : undefined),
    remedy: state?.problem?.remedy,
  };
}
