import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { Assessment } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';

/** What the model has written so far, while it writes. Calls `onEnd` when there is no more to come. */
export function useStream(
  { id, status }: Assessment,
  onEnd: () => void,
): string {
  const { assessments } = useApi(cubemigApiRef);
  const [text, setText] = useState('');
  const isUnderWay = status === 'queued' || status === 'running';
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const abort = new AbortController();
    const follow = async () => {
      try {
        const events = assessments.followAssessment(id, {
          signal: abort.signal,
        });
        for await (const event of events) {
          if (event.type === 'restarted') setText('');
          if (event.type === 'text') setText(known => known + event.text);
        }
      } catch {
        // A stream that broke off says nothing of the assessment: its state is read anew.
      }
      if (!abort.signal.aborted) onEnd();
    };
    setText('');
    follow();
    return () => abort.abort();
  }, [assessments, id, isUnderWay, onEnd]);
  return text;
}
