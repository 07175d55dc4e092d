import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import {
  InquiryRequest,
  InquiryState,
  ReportKey,
  RevealRequest,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../../api';
import { readRefusal, Refusal } from '../../problem';

const PERIOD = 1000;

/** Asks something of a stored checkpoint and waits for the answer. */
export function useInquiry(key: ReportKey) {
  const { forensics } = useApi(cubemigApiRef);
  const [state, setState] = useState<InquiryState>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isAsking, setAsking] = useState(false);
  const { migration, container } = key;

  const begin = useCallback(async (asked: Promise<InquiryState>) => {
    setState(undefined);
    setRefusal(undefined);
    setAsking(true);
    try {
      setState(await asked);
    } catch (error) {
      setRefusal(readRefusal(error));
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
      } catch (error) {
        if (!isCurrent) return;
        setRefusal(readRefusal(error));
        setState(undefined);
      }
    }, PERIOD);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [forensics, state, isUnderWay]);

  const forget = useCallback(() => setState(undefined), []);
  return {
    ask,
    reveal,
    forget,
    isBusy: isAsking || isUnderWay,
    result: state?.result,
    /** Why there is no answer. */
    problem:
      refusal?.message ??
      (state?.status === 'failed' ? state.problem?.message : undefined),
    remedy: state?.problem?.remedy,
  };
}
